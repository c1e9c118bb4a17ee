# Python 2.7: exceptions in their old syntax, tracebacks by sys.exc_info, generators with throw and close, closures.
import sys
import traceback


class AppError(Exception):
    def __init__(self, code, why=None):
        Exception.__init__(self, code, why)
        self.code = code


def risky(n):
    if n == 0:
        raise AppError(3, "zero")
    if n == 1:
        raise AppError, (4,)
    if n == 2:
        raise KeyError("k"), None
    if n == 3:
        return {}["missing"]
    if n == 4:
        assert n < 0, "negative only"
    if n == 5:
        return int("x")
    if n == 9:
        return [].pop()
    raise StandardError("rest")


for i in range(11):
    try:
        risky(i)
    except AppError, e:
        print i, "AppError", e.code, e.args, str(e)
    except (KeyError, AssertionError), e:
        print i, type(e).__name__, e
    except StandardError:
        kind, value, tb = sys.exc_info()
        print i, issubclass(kind, StandardError), value, tb is not None
    else:
        print "fine"
    finally:
        if i % 5 == 0:
            print "finally", i


def reraise():
    try:
        risky(3)
    except KeyError:
        kind, value, tb = sys.exc_info()
        raise RuntimeError, "wrapped %s" % value, tb


try:
    reraise()
except RuntimeError, e:
    print e, [f[2] for f in traceback.extract_tb(sys.exc_info()[2])][:2]
    print traceback.format_exception_only(type(e), e)


def conversation():
    got = []
    try:
        while True:
            try:
                got.append((yield len(got)))
            except ValueError, e:
                got.append("error %s" % e)
    finally:
        print "closed with", got


g = conversation()
print g.next(), g.send("a"), g.throw(ValueError, "bad"), g.throw(ValueError("worse"))
g.close()


def counter():
    n = [0]

    def step(by=1):
        n[0] += by
        return n[0]
    return step


step = counter()
print step(), step(5), step.__name__
print [f(10) for f in [lambda x, n=n: x * n for n in xrange(3)]]
