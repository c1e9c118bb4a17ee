# try/except/else/finally with every way out: return, break, continue, raise, in every position.
def log(*a): print(*a, end=" ")
def f(how, where):
    try:
        log("try")
        if where == "try":
            if how == "return": return "t"
            if how == "raise": raise ValueError("t")
    except ValueError as e:
        log("except", e)
        if where == "except": return "e"
        if how == "raise2": raise KeyError("e2")
    else:
        log("else")
        if where == "else":
            if how == "return": return "l"
            if how == "raise": raise ValueError("l")
    finally:
        log("finally")
        if where == "finally":
            if how == "return": return "f"
            if how == "raise": raise IndexError("f")
    return "end"
for where in ("try", "except", "else", "finally", "none"):
    for how in ("return", "raise", "raise2", "pass"):
        try: print(where, how, "->", f(how, where))
        except Exception as e: print("! ", repr(e), repr(e.__context__))
def loops():
    out = []
    for i in range(6):
        try:
            if i == 1: continue
            if i == 4: break
            out.append(i)
        except ZeroDivisionError: pass
        else: out.append("else")
        finally: out.append("f%d" % i)
    else: out.append("never")
    return out
print(loops())
def override1():
    try: return "try"
    finally: return "finally"
def override2():
    try: raise ValueError
    finally: return "swallowed"
def override3():
    for i in range(3):
        try: raise ValueError
        finally: continue
    return "loop"
def override4():
    while True:
        try: return 1
        finally: break
    return 2
def override5():
    for i in range(3):
        try: 1 / 0
        except ZeroDivisionError: return i
        finally:
            if i < 2: continue
print(override1(), override2(), override3(), override4(), override5())
def value():
    x = 1
    try: return x
    finally: x = 2
print(value())
def mutable():
    x = [1]
    try: return x
    finally: x.append(2)
print(mutable())
def nested():
    try:
        try:
            try: raise KeyError("deep")
            finally: print("f1")
        except ValueError: print("no")
        finally: print("f2")
    except KeyError as e: print("caught", e)
    finally: print("f3")
nested()
def select(e):
    try: raise e
    except (KeyError, IndexError) as x: return "lookup1", type(x).__name__
    except LookupError: return "lookup"
    except ArithmeticError: return "arith"
    except Exception: return "exception"
    except: return "bare"
for e in (KeyError(1), IndexError(), LookupError(), ZeroDivisionError(), OverflowError(), ValueError(), KeyboardInterrupt(), SystemExit(2), GeneratorExit()):
    print(type(e).__name__, select(e))
def unbound():
    try: raise ValueError
    except ValueError as e: pass
    try: e
    except UnboundLocalError as x: print(x)
unbound()
try: raise ValueError("v")
except ValueError as err: err2 = err
try: err
except NameError as x: print(x)
print(err2)
def reraise():
    try: 1 / 0
    except ZeroDivisionError:
        try: raise
        except ZeroDivisionError as e: print("inner", e)
        raise
try: reraise()
except ZeroDivisionError as e: print("outer", e)
try: raise
except RuntimeError as e: print(e)
def bad_match():
    try: raise ValueError("v")
    except 5: pass
try: bad_match()
except TypeError as e: print(e, repr(e.__context__))
try:
    try: raise ValueError
    except (ValueError, 5): print("matched first")
except TypeError as e: print(e)
def while_try():
    n = 5
    while n:
        n -= 1
        try:
            if n == 3: continue
            if n == 1: break
            print("n", n)
        finally: print("f", n)
    else: print("never")
while_try()
def deep(n):
    try:
        if n == 0: raise ValueError("bottom")
        return deep(n - 1)
    finally:
        acc.append(n)
acc = []
try: deep(5)
except ValueError as e: print(e, acc)
def handler_in_handler():
    try: {}["a"]
    except KeyError:
        try: [][0]
        except IndexError as e: return repr(e.__context__)
print(handler_in_handler())
import sys
def info():
    print(sys.exc_info()[0])
    try: 1 / 0
    except ZeroDivisionError:
        print(sys.exc_info()[0].__name__)
        try: [][1]
        except IndexError: print(sys.exc_info()[0].__name__)
        print(sys.exc_info()[0].__name__)
    print(sys.exc_info())
info()
