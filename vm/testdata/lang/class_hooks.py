# __init_subclass__, __set_name__, __class_getitem__, __call__, metaclass-free registries, class decorators, __instancecheck__ of type.
class Plugin:
    registry = {}
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[tag or cls.__name__] = cls
class One(Plugin): pass
class Two(Plugin, tag="2nd"): pass
class Three(Two, tag="3rd"): pass
print({k: v.__name__ for k, v in Plugin.registry.items()})
try:
    class Bad(Plugin, nonsense=1): pass
except TypeError as e: print(e)
try:
    class Bad2(x=1): pass
except TypeError as e: print(e)
class Named:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name)
class Uses:
    a = Named()
    b = c = Named()
class Box:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"
print(Box[3], Box["x", 1])
try: One[1]
except TypeError as e: print(e)
class Callable:
    def __call__(self, *a, **k): return a, k
print(Callable()(1, b=2), callable(Callable()))
try: One()()
except TypeError as e: print(e)
def decorate(**kw):
    def d(cls):
        for k, v in kw.items(): setattr(cls, k, v)
        return cls
    return d
@decorate(color="red", size=3)
class Thing: pass
print(Thing.color, Thing().size)
def replace(cls): return cls.__name__
@replace
class Gone: pass
print(Gone)
class Meta(type):
    def __new__(m, name, bases, ns, **kw):
        ns["made_by"] = m.__name__
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.kw = kw
    def __call__(cls, *a):
        o = super().__call__(*a)
        o.called = True
        return o
    def __len__(cls): return 7
    @property
    def prop(cls): return cls.__name__ + ".prop"
    def method(cls): return "meta method of " + cls.__name__
class M(metaclass=Meta, flag=1):
    def __init__(self, x): self.x = x
m = M(4)
print(M.made_by, M.kw, m.x, m.called, len(M), M.prop, M.method(), type(M).__name__)
class N(M): pass
print(type(N).__name__, N.made_by, isinstance(N, Meta))
try: m.method
except AttributeError as e: print(e)
print(type.__call__(int, "5"), type(type), type(object), isinstance(type, object), isinstance(object, type))
ns = {"a": 1}
K = type("K", (), ns); ns["a"] = 2
print(K.a, K.__dict__["a"])
K.b = 3; print(K().b)
del K.b
try: K.b
except AttributeError as e: print(e)
try: K.__dict__["z"] = 1
except TypeError as e: print(e)
try: int.foo = 1
except TypeError as e: print(e)
try: del K.b
except AttributeError as e: print(e)
for args in (("x",), ("x", 1, {}), ("x", (), 1), (1, (), {})):
    try: print(type(*args))
    except TypeError as e: print(e)
