def f(x):
    y = x + 1
    z = yield y
    yield from g()
def g():
    yield 5
import inspect
a = f(1)
print(a.gi_running, a.gi_suspended, a.gi_yieldfrom, a.gi_code is f.__code__, a.gi_frame is None, a.gi_frame.f_code.co_name, a.gi_frame.f_lineno)
print(a.gi_frame.f_locals)
next(a)
print(a.gi_frame.f_locals, a.gi_frame.f_lineno, a.gi_frame.f_code is a.gi_code, a.gi_frame.f_globals is globals(), a.gi_frame.f_back, a.gi_suspended)
next(a)
print(a.gi_yieldfrom.__name__, a.gi_frame.f_lineno)
print(inspect.getgeneratorstate(a))
list(a)
print(a.gi_frame, a.gi_running, a.gi_yieldfrom, a.gi_suspended, a.gi_code.co_name)
print(inspect.getgeneratorstate(a))
def h():
    print(me.gi_running, me.gi_frame.f_code.co_name, me.gi_frame.f_lineno, me.gi_suspended, inspect.getgeneratorstate(me))
    try:
        next(me)
    except ValueError as e:
        print(e)
    yield
me = h()
next(me)
print(inspect.getgeneratorlocals(me))
me.close()
print(me.gi_frame, inspect.getgeneratorlocals(me))
b = (i * i for i in range(3))
print(b.__name__, b.__qualname__, b.gi_code.co_name, b.gi_frame.f_lineno)
b.__name__ = "x"
print(b.__name__)
try: b.__name__ = 3
except TypeError as e: print(e)
try: b.gi_code = 3
except AttributeError as e: print(e)
try: b.gi_running = 3
except AttributeError as e: print(e)
class It:
    def __iter__(self): return self
    def __next__(self): return 3
def k():
    yield from It()
c = k(); next(c); print(type(c.gi_yieldfrom).__name__)
def k():
    yield from [1,2]
c = k(); next(c); print(type(c.gi_yieldfrom).__name__)
