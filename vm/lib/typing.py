"""Names for annotations. They are kept, and nothing checks them."""

import collections
import collections.abc
from abc import ABCMeta, abstractmethod


class _Special:
    """A name that can be subscripted and joined by |."""

    def __init__(self, name, origin=None, args=()):
        self._name, self.__origin__, self.__args__ = name, origin, args

    @property
    def __name__(self):
        return self._name

    def __getitem__(self, params):
        if not isinstance(params, tuple):
            params = (params,)
        if self._name == "Optional":
            return Union[params[0], None]
        if self._name == "Union":
            flat = []
            for p in params:
                p = type(None) if p is None else p
                for q in p.__args__ if isinstance(p, _Special) and p._name == "Union" else (p,):
                    if q not in flat:
                        flat.append(q)
            return flat[0] if len(flat) == 1 else _Special("Union", self, tuple(flat))
        origin = self.__origin__ if self.__origin__ is not None and not isinstance(self.__origin__, _Special) else self
        return _Special(self._name, origin, params)

    def __call__(self, *args, **kwargs):
        if isinstance(self.__origin__, type):
            return self.__origin__(*args, **kwargs)
        raise TypeError("Type %s cannot be instantiated" % self._name)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __eq__(self, other):
        return isinstance(other, _Special) and (self._name, self.__args__) == (other._name, other.__args__)

    def __hash__(self):
        return hash((self._name, self.__args__))

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, type):
            return (self.__origin__,)
        return (Generic,) if self._name in ("Generic", "Protocol") else ()

    def __instancecheck__(self, obj):
        if self._name == "Union":
            return any(isinstance(obj, a) for a in self.__args__)
        if self.__args__:
            raise TypeError("Subscripted generics cannot be used with class and instance checks")
        if isinstance(self.__origin__, type):
            return isinstance(obj, self.__origin__)
        raise TypeError("typing.%s cannot be used with isinstance()" % self._name)

    def __repr__(self):
        if not self.__args__:
            return "typing." + self._name
        if self._name == "Union" and len(self.__args__) == 2 and self.__args__[1] is type(None):
            return "typing.Optional[%s]" % _repr(self.__args__[0])
        return "typing.%s[%s]" % (self._name, ", ".join(map(_repr, self.__args__)))


def _repr(t):
    if isinstance(t, type):
        return t.__qualname__ if t.__module__ == "builtins" else "%s.%s" % (t.__module__, t.__qualname__)
    if t is ...:
        return "..."
    if isinstance(t, (list, tuple)):
        return "[%s]" % ", ".join(map(_repr, t))
    return repr(t)


Any, Union, Optional, ClassVar, Final, Literal, Annotated, Concatenate, Never, NoReturn, Self, LiteralString, TypeAlias, TypeGuard, TypeIs, \
    Required, NotRequired, ReadOnly, Unpack = [_Special(n) for n in (
        "Any", "Union", "Optional", "ClassVar", "Final", "Literal", "Annotated", "Concatenate", "Never", "NoReturn", "Self", "LiteralString",
        "TypeAlias", "TypeGuard", "TypeIs", "Required", "NotRequired", "ReadOnly", "Unpack")]
List, Dict, Set, FrozenSet, Tuple, Type = [_Special(n, o) for n, o in (
    ("List", list), ("Dict", dict), ("Set", set), ("FrozenSet", frozenset), ("Tuple", tuple), ("Type", type))]
Deque, DefaultDict, OrderedDict, Counter, ChainMap = [_Special(n, o) for n, o in (
    ("Deque", collections.deque), ("DefaultDict", collections.defaultdict), ("OrderedDict", collections.OrderedDict),
    ("Counter", collections.Counter), ("ChainMap", collections.ChainMap))]
for _n in collections.abc.__all__:
    _t = getattr(collections.abc, _n)
    globals()[{"Set": "AbstractSet"}.get(_n, _n)] = _Special({"Set": "AbstractSet"}.get(_n, _n), _t)
Text, AnyStr = str, None
ContextManager = _Special("ContextManager")
AsyncContextManager = _Special("AsyncContextManager")
Pattern, Match, IO, TextIO, BinaryIO = [_Special(n) for n in ("Pattern", "Match", "IO", "TextIO", "BinaryIO")]
TYPE_CHECKING = False


class Generic:
    """Base class of generic classes."""
    __slots__ = ()

    def __class_getitem__(cls, params):
        if cls is Generic:
            return _Special("Generic", Generic, params if isinstance(params, tuple) else (params,))
        return cls


class Protocol(Generic, metaclass=ABCMeta):
    """Base class of protocols."""
    __slots__ = ()


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, infer_variance=False, default=None):
        self.__name__, self.__constraints__, self.__bound__ = name, constraints, bound
        self._prefix = "+" if covariant else "-" if contravariant else "~"

    def __repr__(self):
        return self._prefix + self.__name__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class ParamSpec(TypeVar):
    args = kwargs = None


class TypeVarTuple(TypeVar):
    def __iter__(self):
        yield self


AnyStr = TypeVar("AnyStr", bytes, str)


class NewType:
    def __init__(self, name, tp):
        self.__name__ = self.__qualname__ = name
        self.__supertype__ = tp

    def __call__(self, x):
        return x

    def __or__(self, other):
        return Union[self, other]

    def __repr__(self):
        return "%s.%s" % (self.__module__, self.__name__)


class SupportsInt(Protocol):
    __slots__ = ()


class SupportsFloat(Protocol):
    __slots__ = ()


class SupportsIndex(Protocol):
    __slots__ = ()


class SupportsAbs(Protocol):
    __slots__ = ()


class SupportsRound(Protocol):
    __slots__ = ()


class _NamedTupleMeta(type):
    def __new__(cls, name, bases, ns):
        if bases == (_Root,) or not any(b is NamedTuple for b in bases):
            return super().__new__(cls, name, bases, ns)
        types = ns.get("__annotations__", {})
        defaults = [ns[n] for n in types if n in ns]
        nt = collections.namedtuple(name, list(types), defaults=defaults or None, module=ns.get("__module__"))
        nt.__annotations__ = nt.__new__.__annotations__ = types
        for key, value in ns.items():
            if key not in types and key not in ("__new__", "__init__", "__slots__", "__annotations__", "__module__", "__qualname__"):
                setattr(nt, key, value)
        return nt


class _Root:
    pass


class NamedTuple(_Root, metaclass=_NamedTupleMeta):
    """Base class of typed named tuples; also a function of a name and a list of fields."""

    def __new__(cls, typename, fields=(), **kwargs):
        fields = list(fields) or list(kwargs.items())
        nt = collections.namedtuple(typename, [n for n, _ in fields])
        nt.__annotations__ = dict(fields)
        return nt


class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        return super().__new__(cls, name, (dict,), ns)

    def __call__(cls, *args, **kwargs):
        return dict(*args, **kwargs)


class TypedDict(dict, metaclass=_TypedDictMeta):
    """Base class of dicts with known keys: plain dicts at run time."""


def _identity(x):
    return x


final = no_type_check = override = runtime_checkable = runtime = type_check_only = _identity


def cast(typ, val):
    return val


def overload(func):
    def dummy(*args, **kwds):
        raise NotImplementedError("You should not call an overloaded function.")
    return dummy


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            hints.update(base.__dict__.get("__annotations__", {}))
    else:
        hints.update(getattr(obj, "__annotations__", {}))
    for name, value in hints.items():
        if isinstance(value, str):
            hints[name] = eval(value, globalns if globalns is not None else getattr(obj, "__globals__", {}), localns)
        elif value is None:
            hints[name] = type(None)
    return hints


def get_origin(tp):
    origin = getattr(tp, "__origin__", None)
    return origin


def get_args(tp):
    return getattr(tp, "__args__", ())


def assert_never(arg):
    raise AssertionError("Expected code to be unreachable, but got: %r" % (arg,))


def assert_type(val, typ):
    return val


def reveal_type(obj):
    return obj


def dataclass_transform(**kw):
    return _identity


def is_typeddict(tp):
    return isinstance(tp, _TypedDictMeta)
