# Generators: send, throw, close, return values, delegation, exceptions, state.
def g():
    x = yield 1
    print("got", x)
    y = yield x
    print("got", y)
    return "result"
it = g()
print(next(it), it.send("a"))
try: it.send("b")
except StopIteration as e: print("stop", e.value)
print(next(it, "exhausted"))
it = g()
try: it.send(5)
except TypeError as e: print(e)
def catching():
    while True:
        try:
            v = yield "ready"
            print("v", v)
        except ValueError as e:
            print("caught", e)
            v = yield "recovered"
            print("then", v)
        finally:
            print("finally")
c = catching()
print(next(c)); print(c.throw(ValueError("boom"))); print(c.send(3)); print(c.send(4))
c.close(); print("closed")
try: next(c)
except StopIteration: print("done")
def stubborn():
    try: yield 1
    except GeneratorExit:
        yield 2
s = stubborn(); next(s)
try: s.close()
except RuntimeError as e: print(e)
def never(): yield 1
n = never(); n.close()
try: next(n)
except StopIteration: print("closed before the start")
n = never()
try: n.throw(KeyError("k"))
except KeyError as e: print("KeyError", e)
def inner():
    try:
        a = yield "i1"
        print("inner got", a)
        b = yield "i2"
        print("inner got", b)
    except ValueError as e:
        print("inner caught", e)
        yield "i3"
    finally:
        print("inner finally")
    return "inner result"
def outer():
    r = yield from inner()
    print("outer got", r)
    r = yield from [10, 20]
    print("list gives", r)
    return "outer result"
o = outer(); print(next(o), o.send(1), o.throw(ValueError("v")), next(o), next(o))
try: next(o)
except StopIteration as e: print(e.value)
o = outer(); next(o); o.close()
def raises():
    yield 1
    raise KeyError("oops")
r = raises(); next(r)
try: next(r)
except KeyError as e: print("KeyError", e)
print(list(r))
def stopit():
    yield 1
    raise StopIteration("inside")
try: list(stopit())
except RuntimeError as e: print(e, repr(e.__cause__))
def rec(n):
    if n > 0:
        yield n
        yield from rec(n - 1)
        yield n
print(list(rec(3)))
def again():
    yield next(me)
me = again()
try: next(me)
except ValueError as e: print(e)
def fibs():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
import itertools
print(list(itertools.islice(fibs(), 12)))
ge = (x * y for x in range(4) for y in range(x) if x != y)
print(list(ge), list(ge), type(ge).__name__, ge.__name__)
def primes():
    seen = []
    for n in itertools.count(2):
        if all(n % p for p in seen):
            seen.append(n); yield n
print([p for p, _ in zip(primes(), range(10))])
def averager():
    total = count = 0; avg = None
    while True:
        v = yield avg
        total += v; count += 1; avg = total / count
a = averager(); next(a); print(a.send(10), a.send(20), a.send(60))
def in_with():
    class M:
        def __enter__(self): print("enter")
        def __exit__(self, *a): print("exit", a[0].__name__ if a[0] else None)
    with M():
        yield 1
        yield 2
for x in in_with(): print(x)
w = in_with(); next(w); w.close()
def empty():
    return
    yield
print(list(empty()), g.__name__, it.gi_running, o.gi_running)
def loops():
    for i in range(3):
        got = yield i
        if got == "skip": continue
        if got == "stop": break
    else:
        yield "else"
    yield "end"
l = loops(); print(next(l), l.send("skip"), l.send(None), next(l), next(l))
l = loops(); print(next(l), l.send("stop"))
def tee_sum(it):
    s = 0
    for x in it: s += x; yield s
print(list(tee_sum(tee_sum(tee_sum(range(6))))))
def yielder():
    x = [(yield "a"), (yield "b")]
    print(x)
y = yielder(); next(y); y.send(1)
try: y.send(2)
except StopIteration: pass
def ctx():
    try:
        yield
    except ZeroDivisionError:
        print("zero"); raise
c = ctx(); next(c)
try: c.throw(ZeroDivisionError)
except ZeroDivisionError as e: print(repr(e))
try: c.throw("string")
except TypeError as e: print(e)
