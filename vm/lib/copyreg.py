"""How objects are taken apart and put together again, for pickle and copy."""

from _static import message_name as _message_name
from _static import native as _native

__all__ = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Have objects of a class taken apart by a function."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    if not callable(object):
        raise TypeError("constructors must be callable")


def pickle_complex(c):
    return complex, (c.real, c.imag)


pickle(complex, pickle_complex, complex)


def pickle_union(obj):
    import functools
    import operator
    return functools.reduce, (operator.or_, obj.__args__)


pickle(type(int | str), pickle_union)


def _reconstructor(cls, base, state):
    """Put together what protocols 0 and 1 took apart."""
    if base is object:
        return object.__new__(cls)
    obj = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(obj, state)
    return obj


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """__newobj__ with keyword arguments."""
    return cls.__new__(cls, *args, **kwargs)


# Classes whose native value tells everything, and what is a name.
_natives = {
    set: lambda x: (type(x), (list(set.__iter__(x)),), x.__getstate__()),
    frozenset: lambda x: (type(x), (list(frozenset.__iter__(x)),), x.__getstate__()),
    range: lambda x: (range, (x.start, x.stop, x.step)),
    slice: lambda x: (slice, (x.start, x.stop, x.step)),
    type(...): lambda x: "Ellipsis",
    type(NotImplemented): lambda x: "NotImplemented",
    type(len): lambda x: x.__name__ if getattr(x, "__self__", None) is None or isinstance(x.__self__, type(abs.__self__)) else (getattr, (x.__self__, x.__name__)),
}


def _partial(func, args, keywords):
    from functools import partial
    return partial(func, *args, **keywords)


# The same for classes that are not imported before they are used.
_by_name = {
    "builtins.method_descriptor": lambda x: (getattr, (x.__objclass__, x.__name__)),
    "collections.deque": lambda x: (type(x), () if x.maxlen is None else ((), x.maxlen), x.__getstate__(), iter(x)),
    "functools.partial": lambda x: (_partial, (x.func, x.args, x.keywords), x.__getstate__()),
}
_with_new_args = (int, float, str, bytes, tuple, complex)


def _cannot(obj):
    return TypeError("cannot pickle '%s' object" % _message_name(obj))


def _reduce(obj, protocol):
    """What object.__reduce_ex__ does for classes without a __reduce__ of their own."""
    cls = type(obj)
    base = _native(cls)
    native = _natives.get(base)
    if native is not None:
        return native(obj)
    native = _by_name.get(base.__module__ + "." + base.__qualname__)
    if native is not None:
        return native(obj)
    if base is bytearray:
        data = (bytes(obj),) if protocol >= 3 else (bytes(obj).decode("latin-1"), "latin-1") if obj else ()
        return cls, data, obj.__getstate__()
    return _reduce_new(obj, cls, base) if protocol >= 2 else _reduce_ex(obj, protocol)


def _reduce_ex(obj, protocol):
    """Protocols 0 and 1: a copy of the native value, and the attributes."""
    cls = type(obj)
    base = _native(cls)
    if base is object:
        state = None
    elif base is cls or base not in (list, dict, *_with_new_args):
        raise _cannot(obj)
    else:
        state = base(obj)
    args = (cls, base, state)
    own = cls.__getstate__ is not object.__getstate__
    attributes = obj.__getstate__()
    if not own and isinstance(attributes, tuple) and len(attributes) == 2:
        raise TypeError("a class that defines __slots__ without defining __getstate__ cannot be pickled")
    return (_reconstructor, args, attributes) if attributes else (_reconstructor, args)


def _reduce_new(obj, cls, base):
    """Protocol 2 and above: the arguments of __new__, the state, and what a list or a dict has in it."""
    kwargs = {}
    if getattr(cls, "__getnewargs_ex__", None) is not None:
        pair = obj.__getnewargs_ex__()
        if not isinstance(pair, tuple):
            raise TypeError("__getnewargs_ex__ should return a tuple, not '%s'" % _message_name(pair))
        if len(pair) != 2:
            raise ValueError("__getnewargs_ex__ should return a tuple of length 2, not %d" % len(pair))
        args, kwargs = pair
        if not isinstance(args, tuple):
            raise TypeError("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%s'" % _message_name(args))
        if not isinstance(kwargs, dict):
            raise TypeError("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%s'" % _message_name(kwargs))
    elif getattr(cls, "__getnewargs__", None) is not None:
        args = obj.__getnewargs__()
        if not isinstance(args, tuple):
            raise TypeError("__getnewargs__ should return a tuple, not '%s'" % _message_name(args))
    elif base in (object, list, dict):
        args = ()
    else:
        raise _cannot(obj)
    state = obj.__getstate__()
    items = iter(obj) if isinstance(obj, list) else None
    pairs = iter(obj.items()) if isinstance(obj, dict) else None
    if kwargs:
        return __newobj_ex__, (cls, args, kwargs), state, items, pairs
    return __newobj__, (cls, *args), state, items, pairs


def _slotnames(cls):
    """The names of a class's slots, mangled as they are stored."""
    names = cls.__dict__.get("__slotnames__")
    if names is not None:
        return names
    names = []
    for c in cls.__mro__:
        slots = c.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                stripped = c.__name__.lstrip("_")
                names.append("_%s%s" % (stripped, name) if stripped else name)
            else:
                names.append(name)
    try:
        cls.__slotnames__ = names
    except Exception:
        pass
    return names


_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Give a global name a number, by which protocol 2 calls it."""
    code = int(code)
    if not 1 <= code <= 0x7fffffff:
        raise ValueError("code out of range")
    key = (module, name)
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError("key %s is already registered with code %s" % (key, _extension_registry[key]))
    if code in _inverted_registry:
        raise ValueError("code %s is already in use for key %s" % (code, _inverted_registry[code]))
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError("key %s is not registered with code %s" % (key, code))
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()
