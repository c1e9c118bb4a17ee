import array, inspect, doctest, sys
a=array.array('i',[1,2,3]); a.append(4); print(a, a[1:3], len(a), a.tobytes(), sum(a), a.index(3), a+a, a*2, a==array.array('i',[1,2,3,4]))
try: a.append(2**40)
except OverflowError as e: print(e)
try: a.append('x')
except TypeError as e: print(e)
d=array.array('d',[0.0]*3); d[1]=5; print(d, d.itemsize, d.typecode)
try: array.array('B',[300])
except OverflowError as e: print(e)
def f(a, b=2, *args, c, d: int = 4, **kw) -> str: "doc"
def sq(x):
    """
    >>> sq(3)
    9
    >>> sq(2)
    5
    >>> sq('a')
    Traceback (most recent call last):
      ...
    TypeError: can't multiply sequence by non-int of type 'str'
    """
    return x*x
import traceback
try: 1/0
except ZeroDivisionError: print(traceback.format_exc().splitlines()[-1])
import glob, fnmatch
print(fnmatch.fnmatch('abc.py','*.py'), fnmatch.filter(['a1','b2'],'[a]*'))
