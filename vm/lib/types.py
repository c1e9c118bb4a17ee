"""Names of the types that the interpreter uses."""

import sys
from _types import SimpleNamespace


def _f():
    yield


def _g():
    x = 1

    def h():
        return x
    return h.__closure__[0]


FunctionType = LambdaType = type(_f)
CodeType = type(_f.__code__)
MappingProxyType = type(type.__dict__)
GeneratorType = type(_f())
CellType = type(_g())
BuiltinFunctionType = BuiltinMethodType = type(len)
ModuleType = type(sys)
NoneType, NotImplementedType, EllipsisType = type(None), type(NotImplemented), type(...)
GenericAlias = type(list[int])
UnionType = type(int | str)
WrapperDescriptorType = type(object.__init__)
MethodDescriptorType = type(str.join)


class _C:
    def m(self):
        pass


MethodType = type(_C().m)
MethodWrapperType = type(object().__str__)
GetSetDescriptorType = type(FunctionType.__code__)
MemberDescriptorType = GetSetDescriptorType
try:
    raise TypeError
except TypeError as _e:
    TracebackType = type(_e.__traceback__)
if sys.version_info[0] == 2:
    IntType, LongType, FloatType, StringType, ListType, DictType, TupleType = int, int, float, str, list, dict, tuple
    BooleanType, ComplexType, UnicodeType, TypeType, ObjectType, SliceType = bool, complex, str, type, object, slice
    StringTypes = (str,)
    ClassType, InstanceType = type, object


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Make a class dynamically."""
    bases = resolve_bases(bases)
    kwds = dict(kwds or {})
    meta = kwds.pop("metaclass", type(bases[0]) if bases else type)
    ns = meta.__prepare__(name, bases, **kwds) if hasattr(meta, "__prepare__") else {}
    if exec_body is not None:
        exec_body(ns)
    return meta(name, bases, ns, **kwds)


def resolve_bases(bases):
    out = []
    for b in bases:
        if isinstance(b, type) or not hasattr(b, "__mro_entries__"):
            out.append(b)
        else:
            out.extend(b.__mro_entries__(bases))
    return tuple(out)


def get_original_bases(cls):
    return cls.__dict__.get("__orig_bases__", cls.__bases__)


class DynamicClassAttribute(property):
    """A property that goes to the class's __getattr__ when it is read through the class."""

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            raise AttributeError()
        return self.fget(instance)


def coroutine(func):
    return func
