# contextlib: managers from generators, stacks, suppression, redirection.
class M:
    def __init__(self, n, suppress=False, fail=None): self.n, self.s, self.fail = n, suppress, fail
    def __enter__(self):
        print("enter", self.n)
        if self.fail == "enter": raise RuntimeError("enter " + self.n)
        return self.n
    def __exit__(self, t, v, tb):
        print("exit", self.n, t and t.__name__, v, tb is not None)
        if self.fail == "exit": raise RuntimeError("exit " + self.n)
        return self.s
import contextlib
@contextlib.contextmanager
def manager(n):
    print("setup", n)
    try: yield n * 2
    except ZeroDivisionError as e: print("manager caught", e)
    finally: print("teardown", n)
with manager(4) as v: print(v)
with manager(5): 1 / 0
try:
    with manager(6): {}["missing"]
except KeyError as e: print("KeyError", e)
with contextlib.suppress(KeyError, IndexError): [][1]
print("after suppress")
class Closer:
    def close(self): print("closed")
with contextlib.closing(Closer()) as c: print("using")
with contextlib.ExitStack() as st:
    for n in "ab": st.enter_context(M(n))
    st.callback(print, "callback", 1)
    print("in the stack")
with contextlib.nullcontext(3) as n: print(n)
import io
buf = io.StringIO()
with contextlib.redirect_stdout(buf): print("hidden")
print(repr(buf.getvalue()))
@manager(9)
def decorated(): print("in decorated")
decorated()
