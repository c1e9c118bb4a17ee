from enum import *
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = auto()
    CRIMSON = 1
    def hi(self): return 'hi ' + self.name
print(Color.RED, repr(Color.BLUE), Color(2), Color['RED'], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED.hi())
try: Color(9)
except ValueError as e: print(e)
class N(IntEnum):
    A=1; B=2
print(N.A+1, N.B > N.A, f"{N.A}", repr(N.A), N(2), sorted([N.B,N.A]))
class P(Flag):
    R=auto(); W=auto(); X=auto()
    RW = R|W
print(P.R|P.W, P.R|P.X, ~P.R, P.RW, P.R in P.RW, list(P.RW), bool(P.R&P.W), repr(P(0)), P(7))
class S(StrEnum):
    X=auto(); Y='why'
print(S.X, S.Y, repr(S.X), S('why'))
Animal = Enum('Animal','CAT DOG'); print(list(Animal))
class Planet(Enum):
    EARTH=(5.97,6.37)
    def __init__(self,m,r): self.m=m; self.r=r
    @property
    def g(self): return self.m/self.r
print(Planet.EARTH.g, Planet.EARTH.value)
print({Color.RED:1}[Color.RED], isinstance(Color.RED, Color), Color.RED==1, type(Color.RED), Color)
try: Color.RED=3
except AttributeError as e: print(e)
class F(IntFlag):
    A=1;B=2
print(F.A|F.B, repr(F.A|F.B), F.A|8, repr(F(8)))
import contextlib, io
@contextlib.contextmanager
def cm(x):
    print('in',x)
    try: yield x*2
    except ValueError as e: print('caught',e)
    finally: print('out')
with cm(3) as y: print(y)
with cm(1): raise ValueError('v')
with contextlib.suppress(KeyError): {}['a']
b=io.StringIO()
with contextlib.redirect_stdout(b): print('hidden')
print(repr(b.getvalue()))
with contextlib.ExitStack() as st:
    st.callback(print,'cb'); st.enter_context(cm(5))
f=io.StringIO("a\nb\nc"); print(f.readline(), list(f), f.tell()); f.seek(0); print(f.read(2))
bb=io.BytesIO(); bb.write(b'abc'); bb.seek(1); bb.write(b'Z'); print(bb.getvalue())
import string
print(string.Template('$a ${b} $$').substitute(a=1,b=2), string.capwords('ab cd'))
