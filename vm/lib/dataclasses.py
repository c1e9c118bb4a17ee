"""Classes that mostly hold data."""

import keyword
import sys
from types import MappingProxyType, GenericAlias

__all__ = ["dataclass", "field", "Field", "FrozenInstanceError", "InitVar", "KW_ONLY", "MISSING", "fields", "asdict", "astuple",
           "make_dataclass", "replace", "is_dataclass"]


class FrozenInstanceError(AttributeError):
    pass


class _Named:
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return self._name


MISSING = _Named("MISSING")
MISSING.__class__.__repr__ = lambda self: "<dataclasses.%s_TYPE object>" % self._name if self._name == "MISSING" else self._name
KW_ONLY = _Named("KW_ONLY")
_HAS_DEFAULT_FACTORY = _Named("<factory>")
_FIELD, _CLASSVAR, _INITVAR = _Named("_FIELD"), _Named("_FIELD_CLASSVAR"), _Named("_FIELD_INITVAR")
_FIELDS, _PARAMS = "__dataclass_fields__", "__dataclass_params__"


class InitVar:
    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)

    def __repr__(self):
        return "dataclasses.InitVar[%s]" % getattr(self.type, "__name__", repr(self.type))


class Field:
    __slots__ = ("name", "type", "default", "default_factory", "repr", "hash", "init", "compare", "metadata", "kw_only", "_field_type")

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = MappingProxyType({} if metadata is None else metadata)
        self.kw_only = kw_only
        self._field_type = None

    def __repr__(self):
        return ("Field(name=%r,type=%r,default=%r,default_factory=%r,init=%r,repr=%r,hash=%r,compare=%r,metadata=%r,kw_only=%r,_field_type=%s)" %
                (self.name, self.type, self.default, self.default_factory, self.init, self.repr, self.hash, self.compare, self.metadata,
                 self.kw_only, self._field_type))

    def __set_name__(self, owner, name):
        func = getattr(type(self.default), "__set_name__", None)
        if func:
            func(self.default, owner, name)


class _DataclassParams:
    def __init__(self, **kw):
        self.__dict__.update(kw)

    def __repr__(self):
        return "_DataclassParams(%s)" % ",".join("%s=%r" % kv for kv in self.__dict__.items())


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING):
    """Describe a field."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_type(annotation, names):
    if isinstance(annotation, str):
        head = annotation.split("[")[0].strip()
        return head.split(".")[-1] in names
    return False


def _classvar(annotation):
    if _is_type(annotation, ("ClassVar",)):
        return True
    typing = sys.modules.get("typing")
    return typing is not None and (annotation is typing.ClassVar or getattr(annotation, "__origin__", None) is typing.ClassVar)


def _initvar(annotation):
    return annotation is InitVar or isinstance(annotation, InitVar) or _is_type(annotation, ("InitVar",))


def _get_field(cls, name, type, default_kw_only):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if name in cls.__dict__.get("__slots__", ()) and not isinstance(default, (int, str)):
            default = MISSING
        f = field(default=default)
    f.name, f.type = name, type
    f._field_type = _CLASSVAR if _classvar(type) else _INITVAR if _initvar(type) else _FIELD
    if f._field_type in (_CLASSVAR, _INITVAR) and f.default_factory is not MISSING:
        raise TypeError("field %s cannot have a default factory" % f.name)
    if f._field_type in (_FIELD, _INITVAR):
        if f.kw_only is MISSING:
            f.kw_only = default_kw_only
    elif f.kw_only is not MISSING:
        raise TypeError("field %s is a ClassVar but specifies kw_only" % f.name)
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError("mutable default %s for field %s is not allowed: use default_factory" % (f.default.__class__, f.name))
    return f


def _make(name, params, body, scope):
    src = "def %s(%s):\n%s" % (name, params, "\n".join("    " + line for line in body) or "    pass")
    scope = dict(scope)
    exec(src, scope)
    return scope[name]


def _init_fn(fields, frozen, has_post_init, self_name, slots):
    scope = {"MISSING": MISSING, "_FACTORY": _HAS_DEFAULT_FACTORY, "_set": object.__setattr__}
    std = [f for f in fields if f.init and not f.kw_only]
    kw = [f for f in fields if f.init and f.kw_only]
    seen = None
    for f in std:
        if f.default is MISSING and f.default_factory is MISSING:
            if seen:
                raise TypeError("non-default argument %r follows default argument %r" % (f.name, seen.name))
        else:
            seen = f

    def param(f):
        if f.default is not MISSING:
            scope["_dflt_" + f.name] = f.default
            return "%s=_dflt_%s" % (f.name, f.name)
        if f.default_factory is not MISSING:
            return "%s=_FACTORY" % f.name
        return f.name

    body = []
    for f in fields:
        if f.default_factory is not MISSING:
            scope["_dflt_" + f.name] = f.default_factory
            value = "_dflt_%s() if %s is _FACTORY else %s" % (f.name, f.name, f.name) if f.init else "_dflt_%s()" % f.name
        elif f.init:
            value = f.name
        elif slots and f.default is not MISSING:
            scope["_dflt_" + f.name] = f.default
            value = "_dflt_" + f.name
        else:
            continue
        if f._field_type is _INITVAR:
            if f.default_factory is not MISSING:
                body.append("%s = %s" % (f.name, value))
            continue
        body.append("_set(%s, %r, %s)" % (self_name, f.name, value) if frozen else "%s.%s = %s" % (self_name, f.name, value))
    if has_post_init:
        body.append("%s.__post_init__(%s)" % (self_name, ", ".join(f.name for f in fields if f._field_type is _INITVAR)))
    params = [self_name] + [param(f) for f in std]
    if kw:
        params += ["*"] + [param(f) for f in kw]
    return _make("__init__", ", ".join(params), body, scope)


def _tuple(obj, fields):
    return "(" + "".join("%s.%s, " % (obj, f.name) for f in fields) + ")"


_running = []


def _repr_fn(fields):
    body = ["key = id(self)", "if key in _running:", "    return '...'", "_running.append(key)", "try:",
            "    return self.__class__.__qualname__ + '(' + ', '.join([%s]) + ')'" %
            ", ".join("'%s=' + repr(self.%s)" % (f.name, f.name) for f in fields), "finally:", "    _running.remove(key)"]
    return _make("__repr__", "self", body, {"_running": _running})


def _set_new(cls, name, value):
    if name in cls.__dict__:
        return True
    value.__qualname__ = "%s.%s" % (cls.__qualname__, name)
    value.__module__ = cls.__module__
    setattr(cls, name, value)
    return False


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    all_fields = {}
    any_frozen_base = has_bases = False
    all_frozen_bases = None
    for b in cls.__mro__[-1:0:-1]:
        base_fields = b.__dict__.get(_FIELDS)
        if base_fields is not None:
            has_bases = True
            if all_frozen_bases is None:
                all_frozen_bases = True
            for f in base_fields.values():
                all_fields[f.name] = f
            if getattr(b, _PARAMS).frozen:
                any_frozen_base = True
            else:
                all_frozen_bases = False
    annotations = cls.__dict__.get("__annotations__", {})
    cls_fields = []
    kw_only_seen = False
    for name, type in annotations.items():
        if type is KW_ONLY or _is_type(type, ("KW_ONLY",)):
            if kw_only_seen:
                raise TypeError("%r is KW_ONLY, but KW_ONLY has already been specified" % name)
            kw_only_seen, kw_only = True, True
            continue
        cls_fields.append(_get_field(cls, name, type, kw_only))
    for f in cls_fields:
        all_fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in list(cls.__dict__.items()):
        if isinstance(value, Field) and name not in annotations:
            raise TypeError("%r is a field but has no type annotation" % name)
    if has_bases:
        if any_frozen_base and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if all_frozen_bases is False and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    setattr(cls, _FIELDS, all_fields)
    setattr(cls, _PARAMS, _DataclassParams(init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                                           match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot))
    class_hash = cls.__dict__.get("__hash__", MISSING)
    has_explicit_hash = not (class_hash is MISSING or class_hash is None and "__eq__" in cls.__dict__)
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    inits = [f for f in all_fields.values() if f._field_type in (_FIELD, _INITVAR)]
    flds = [f for f in all_fields.values() if f._field_type is _FIELD]
    if init:
        _set_new(cls, "__init__", _init_fn([f for f in inits], frozen, hasattr(cls, "__post_init__"),
                                           "__dataclass_self__" if "self" in all_fields else "self", slots))
    _set_new(cls, "__replace__", _replace)
    if repr:
        _set_new(cls, "__repr__", _repr_fn([f for f in flds if f.repr]))
    compared = [f for f in flds if f.compare]
    if eq:
        body = ["if self is other:", "    return True", "if other.__class__ is self.__class__:",
                "    return " + (" and ".join("self.%s==other.%s" % (f.name, f.name) for f in compared) or "True"), "return NotImplemented"]
        _set_new(cls, "__eq__", _make("__eq__", "self, other", body, {}))
    if order:
        for name, op in (("__lt__", "<"), ("__le__", "<="), ("__gt__", ">"), ("__ge__", ">=")):
            body = ["if other.__class__ is self.__class__:", "    return %s %s %s" % (_tuple("self", compared), op, _tuple("other", compared)),
                    "return NotImplemented"]
            if _set_new(cls, name, _make(name, "self, other", body, {})):
                raise TypeError("Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering" % (name, cls.__name__))
    if frozen:
        names = tuple(f.name for f in flds)

        def __setattr__(self, name, value):
            if type_(self) is cls or name in names:
                raise FrozenInstanceError("cannot assign to field %r" % name)
            super(cls, self).__setattr__(name, value)

        def __delattr__(self, name):
            if type_(self) is cls or name in names:
                raise FrozenInstanceError("cannot delete field %r" % name)
            super(cls, self).__delattr__(name)
        for fn in (__setattr__, __delattr__):
            if _set_new(cls, fn.__name__, fn):
                raise TypeError("Cannot overwrite attribute %s in class %s" % (fn.__name__, cls.__name__))
    hashed = [f for f in flds if (f.compare if f.hash is None else f.hash)]
    if unsafe_hash:
        if has_explicit_hash:
            raise TypeError("Cannot overwrite attribute __hash__ in class %s" % cls.__name__)
        cls.__hash__ = _make("__hash__", "self", ["return hash(%s)" % _tuple("self", hashed)], {})
    elif eq and not has_explicit_hash:
        cls.__hash__ = _make("__hash__", "self", ["return hash(%s)" % _tuple("self", hashed)], {}) if frozen else None
    if not getattr(cls, "__doc__", None):
        cls.__doc__ = cls.__name__ + "(%s)" % ", ".join(f.name for f in inits if f.init)
    if match_args and "__match_args__" not in cls.__dict__:
        cls.__match_args__ = tuple(f.name for f in inits if f.init and not f.kw_only)
    if slots:
        if "__slots__" in cls.__dict__:
            raise TypeError("%s already specifies __slots__" % cls.__name__)
        ns = dict(cls.__dict__)
        inherited = {n for b in cls.__mro__[1:-1] for n in (b.__dict__.get("__slots__") or ())}
        ns["__slots__"] = tuple(f.name for f in flds if f.name not in inherited) + (("__weakref__",) if weakref_slot else ())
        for f in flds:
            ns.pop(f.name, None)
        ns.pop("__dict__", None)
        ns.pop("__weakref__", None)
        qualname = cls.__qualname__
        cls = type_(cls)(cls.__name__, cls.__bases__, ns)
        cls.__qualname__ = qualname
    return cls


type_ = type


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
              slots=False, weakref_slot=False):
    """Class decorator that adds methods made of the class's annotations."""
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)
    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    """The fields of a dataclass."""
    try:
        fs = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance") from None
    return tuple(f for f in fs.values() if f._field_type is _FIELD)


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """A dict of the fields, recursively."""
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _convert(obj, lambda o: dict_factory([(f.name, _convert(getattr(o, f.name), None, dict_factory)) for f in fields(o)]), dict_factory)


def _convert(obj, whole, dict_factory):
    if is_dataclass(obj) and not isinstance(obj, type):
        if whole is not None:
            return whole(obj)
        return asdict(obj, dict_factory=dict_factory)
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[_convert(v, None, dict_factory) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)([_convert(v, None, dict_factory) for v in obj])
    if isinstance(obj, dict):
        return type(obj)([(_convert(k, None, dict_factory), _convert(v, None, dict_factory)) for k, v in obj.items()])
    import copy
    return copy.deepcopy(obj)


def astuple(obj, *, tuple_factory=tuple):
    """A tuple of the fields, recursively."""
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("astuple() should be called on dataclass instances")

    def conv(v):
        if is_dataclass(v) and not isinstance(v, type):
            return tuple_factory([conv(getattr(v, f.name)) for f in fields(v)])
        if isinstance(v, tuple) and hasattr(v, "_fields"):
            return type(v)(*[conv(x) for x in v])
        if isinstance(v, (list, tuple)):
            return type(v)([conv(x) for x in v])
        if isinstance(v, dict):
            return type(v)([(conv(k), conv(x)) for k, x in v.items()])
        import copy
        return copy.deepcopy(v)
    return conv(obj)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, module=None, **kw):
    """Make a dataclass of a list of fields."""
    annotations, ns = {}, dict(namespace or {})
    for item in fields:
        if isinstance(item, str):
            name, tp = item, "typing.Any"
        elif len(item) == 2:
            name, tp = item
        else:
            name, tp, ns[item[0]] = item
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError("Field names must be valid identifiers: %r" % name)
        if keyword.iskeyword(name):
            raise TypeError("Field names must not be keywords: %r" % name)
        if name in annotations:
            raise TypeError("Field name duplicated: %r" % name)
        annotations[name] = tp
    ns["__annotations__"] = annotations
    cls = type(cls_name, bases, ns)
    if module is not None:
        cls.__module__ = module
    return dataclass(cls, **kw)


def replace(obj, /, **changes):
    """A copy of an instance with some fields changed."""
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError("replace() should be called on dataclass instances")
    return _replace(obj, **changes)


def _replace(self, /, **changes):
    for f in getattr(self, _FIELDS).values():
        if f._field_type is _CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise TypeError("field %s is declared with init=False, it cannot be specified with replace()" % f.name)
            continue
        if f.name not in changes:
            if f._field_type is _INITVAR and f.default is MISSING:
                raise TypeError("InitVar %r must be specified with replace()" % f.name)
            changes[f.name] = getattr(self, f.name)
    return self.__class__(**changes)
