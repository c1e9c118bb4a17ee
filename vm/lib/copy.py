"""Copies of objects."""

import builtins as _builtins
import types as _types

__all__ = ["Error", "copy", "deepcopy", "replace"]


class Error(Exception):
    pass


error = Error

_atomic = {type(None), int, float, bool, complex, str, bytes, tuple, type, range, slice, property, frozenset, type(...), type(NotImplemented),
           _types.FunctionType, _types.BuiltinFunctionType, _types.CodeType, _types.MethodDescriptorType, _types.ModuleType}
for _name in "unicode", "long":  # the 2.7 dialect
    if hasattr(_builtins, _name):
        _atomic.add(getattr(_builtins, _name))
_deep_atomic = _atomic - {tuple, slice, property, frozenset}


def copy(x):
    """A shallow copy."""
    cls = type(x)
    if cls in _atomic or issubclass(cls, type):
        return x
    if cls in (list, dict, set, bytearray):
        return x.copy()
    method = getattr(cls, "__copy__", None)
    if method is not None:
        return method(x)
    return _rebuild(x, _reduced(x, cls), None)


def _reduced(x, cls):
    method = getattr(cls, "__reduce_ex__", None)
    if cls.__reduce__ is not object.__reduce__ or cls.__reduce_ex__ is not object.__reduce_ex__:
        if cls.__reduce_ex__ is not object.__reduce_ex__:
            return x.__reduce_ex__(4)
        return x.__reduce__()
    return None


def _base_copy(x, cls, memo):
    """What an instance of a class without __reduce__ is copied to: the builtin part first."""
    new_args = getattr(cls, "__getnewargs__", None)
    if new_args is not None:
        args = x.__getnewargs__()
        if memo is not None:
            args = deepcopy(args, memo)
        return cls.__new__(cls, *args)
    for base in (list, dict, set, tuple, str, int, float, bytes, bytearray, frozenset, complex):
        if isinstance(x, base):
            if base in (list, dict, set, bytearray):
                return cls.__new__(cls)
            data = base(x)
            if memo is not None and base in (tuple, frozenset):
                data = deepcopy(data, memo)
            return cls.__new__(cls, data)
    return cls.__new__(cls)


def _rebuild(x, rv, memo):
    deep = memo is not None
    cls = type(x)
    if isinstance(rv, str):
        return x
    if rv is None:
        y = _base_copy(x, cls, memo)
        if deep:
            memo[id(x)] = y
        getstate = getattr(cls, "__getstate__", None)
        if getstate is not None and getstate is not getattr(object, "__getstate__", None):
            state = x.__getstate__()
        else:
            state = dict(getattr(x, "__dict__", None) or {})
            slots = {}
            for c in cls.__mro__:
                names = c.__dict__.get("__slots__", ())
                for n in (names,) if isinstance(names, str) else names:
                    if n not in ("__dict__", "__weakref__"):
                        if n.startswith("__") and not n.endswith("__"):
                            n = "_%s%s" % (c.__name__.lstrip("_"), n)
                        if hasattr(x, n):
                            slots[n] = getattr(x, n)
            state.update(slots)
            if deep:
                state = deepcopy(state, memo)
            if hasattr(cls, "__setstate__"):
                if state:
                    y.__setstate__(state)
            else:
                for k, v in state.items():
                    object.__setattr__(y, k, v)
            state = None
        if state is not None:
            if deep:
                state = deepcopy(state, memo)
            if hasattr(y, "__setstate__"):
                y.__setstate__(state)
            else:
                for k, v in state.items():
                    object.__setattr__(y, k, v)
        if isinstance(x, list):
            for item in list.__iter__(x):
                list.append(y, deepcopy(item, memo) if deep else item)
        elif isinstance(x, dict):
            for k, v in dict.items(x):
                dict.__setitem__(y, deepcopy(k, memo) if deep else k, deepcopy(v, memo) if deep else v)
        elif isinstance(x, set):
            for item in set.__iter__(x):
                set.add(y, deepcopy(item, memo) if deep else item)
        elif isinstance(x, bytearray):
            y.extend(x)
        return y
    func, args = rv[0], rv[1]
    state = rv[2] if len(rv) > 2 else None
    listiter = rv[3] if len(rv) > 3 else None
    dictiter = rv[4] if len(rv) > 4 else None
    if deep:
        args = tuple(deepcopy(a, memo) for a in args)
    y = func(*args)
    if deep:
        memo[id(x)] = y
    if state is not None:
        if deep:
            state = deepcopy(state, memo)
        if hasattr(y, "__setstate__"):
            y.__setstate__(state)
        else:
            slotstate = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slotstate = state
            if state:
                y.__dict__.update(state)
            if slotstate:
                for k, v in slotstate.items():
                    setattr(y, k, v)
    if listiter is not None:
        for item in listiter:
            y.append(deepcopy(item, memo) if deep else item)
    if dictiter is not None:
        for k, v in dictiter:
            y[deepcopy(k, memo) if deep else k] = deepcopy(v, memo) if deep else v
    return y


def deepcopy(x, memo=None, _nil=[]):
    """A copy of an object and all that it refers to."""
    cls = type(x)
    if cls in _deep_atomic or issubclass(cls, type):
        return x
    if memo is None:
        memo = {}
    key = id(x)
    y = memo.get(key, _nil)
    if y is not _nil:
        return y
    if cls is list:
        y = memo[key] = []
        for item in x:
            y.append(deepcopy(item, memo))
    elif cls is dict:
        y = memo[key] = {}
        for k, v in x.items():
            y[deepcopy(k, memo)] = deepcopy(v, memo)
    elif cls is tuple:
        parts = [deepcopy(item, memo) for item in x]
        if key in memo:
            return memo[key]
        y = x
        for a, b in zip(x, parts):
            if a is not b:
                y = tuple(parts)
                break
        memo[key] = y
    elif cls is set:
        y = memo[key] = {deepcopy(item, memo) for item in x}
    elif cls is frozenset:
        y = frozenset([deepcopy(item, memo) for item in x])
    elif cls is bytearray:
        y = x.copy()
    elif cls is _types.MethodType:
        y = cls(x.__func__, deepcopy(x.__self__, memo))
    elif cls in (slice, property):
        y = x
    else:
        method = getattr(cls, "__deepcopy__", None)
        if method is not None:
            y = x.__deepcopy__(memo)
        else:
            y = _rebuild(x, _reduced(x, cls), memo)
    if y is not x:
        memo[key] = y
        memo.setdefault(id(memo), []).append(x)
    return y


def replace(obj, /, **changes):
    """A copy with some attributes changed."""
    func = getattr(type(obj), "__replace__", None)
    if func is None:
        raise TypeError("replace() does not support %s objects" % type(obj).__name__)
    return func(obj, **changes)
