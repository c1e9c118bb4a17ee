"""Tools for functions and other callables."""

from _functools import reduce, partial, cmp_to_key, _lru_cache_wrapper

__all__ = ["update_wrapper", "wraps", "WRAPPER_ASSIGNMENTS", "WRAPPER_UPDATES", "total_ordering", "cache", "cmp_to_key", "lru_cache",
           "reduce", "partial", "partialmethod", "singledispatch", "singledispatchmethod", "cached_property"]

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__", "__annotations__", "__type_params__")
WRAPPER_UPDATES = ("__dict__",)

_absent = object()


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make a wrapper function look like the wrapped one."""
    for name in assigned:
        value = getattr(wrapped, name, _absent)
        if value is not _absent:
            setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Decorator that calls update_wrapper on the function it decorates."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def _derived(op, root, combine):
    def method(self, other):
        result = getattr(type(self), root)(self, other)
        if result is NotImplemented:
            return result
        return combine(self, other, result)
    method.__name__ = op
    method.__doc__ = getattr(int, op).__doc__
    return method


_orderings = {
    "__lt__": (("__gt__", lambda s, o, r: not r and s != o), ("__le__", lambda s, o, r: r or s == o), ("__ge__", lambda s, o, r: not r)),
    "__le__": (("__ge__", lambda s, o, r: not r or s == o), ("__lt__", lambda s, o, r: r and s != o), ("__gt__", lambda s, o, r: not r)),
    "__gt__": (("__lt__", lambda s, o, r: not r and s != o), ("__ge__", lambda s, o, r: r or s == o), ("__le__", lambda s, o, r: not r)),
    "__ge__": (("__le__", lambda s, o, r: not r or s == o), ("__gt__", lambda s, o, r: r and s != o), ("__lt__", lambda s, o, r: not r)),
}


def total_ordering(cls):
    """Class decorator that fills in the missing ordering methods."""
    roots = {op for op in _orderings if getattr(cls, op, None) is not getattr(object, op, None)}
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = max(roots)  # prefer __lt__ to __le__ to __gt__ to __ge__
    for op, combine in _orderings[root]:
        if op not in roots:
            setattr(cls, op, _derived(op, root, combine))
    return cls


class _CacheInfo(tuple):
    __slots__ = ()

    def __new__(cls, hits, misses, maxsize, currsize):
        return tuple.__new__(cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return "CacheInfo(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % self


def lru_cache(maxsize=128, typed=False):
    """Decorator that remembers the results of the latest calls."""
    if isinstance(maxsize, int):
        if maxsize < 0:
            maxsize = 0
    elif callable(maxsize) and isinstance(typed, bool):
        return _cached(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda user_function: _cached(user_function, maxsize, typed)


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, bool(typed))
    wrapper.cache_info = lambda: _CacheInfo(*wrapper._stats())
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """Unbounded lru_cache."""
    return lru_cache(maxsize=None)(user_function)


class cached_property:
    """A property that is computed once and then kept in the instance's dict."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names (%r and %r)." % (self.attrname, name))

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        try:
            cache = instance.__dict__
        except AttributeError:
            raise TypeError("No '__dict__' attribute on %r instance to cache %r property." % (type(instance).__name__, self.attrname)) from None
        val = cache.get(self.attrname, _absent)
        if val is _absent:
            val = self.func(instance)
            cache[self.attrname] = val
        return val


class partialmethod:
    """partial for methods."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("%r is not callable or a descriptor" % (func,))
        if isinstance(func, partialmethod):
            args, keywords, func = func.args + args, {**func.keywords, **keywords}, func.func
        self.func, self.args, self.keywords = func, args, keywords

    def __repr__(self):
        parts = [repr(self.func)] + [repr(a) for a in self.args] + ["%s=%r" % kv for kv in self.keywords.items()]
        return "functools.partialmethod(" + ", ".join(parts) + ")"

    def _method(self):
        def method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        method.__isabstractmethod__ = self.__isabstractmethod__
        method.__partialmethod__ = self
        return method

    def __get__(self, obj, cls=None):
        get = getattr(self.func, "__get__", None)
        if get is not None:
            bound = get(obj, cls)
            if bound is not self.func:
                result = partial(bound, *self.args, **self.keywords)
                if hasattr(bound, "__self__"):
                    result.__self__ = bound.__self__
                return result
        return self._method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


def _find_impl(cls, registry):
    for base in cls.__mro__:
        if base in registry:
            return registry[base]
        if base is object:
            break
        match = None
        for t in registry:
            if t not in cls.__mro__ and isinstance(t, type) and issubclass(base, t) and not any(issubclass(b, t) for b in base.__bases__):
                if match is None or issubclass(t, match):
                    match = t
                elif not issubclass(match, t):
                    raise RuntimeError("Ambiguous dispatch: %s or %s" % (match, t))
        if match is not None:
            return registry[match]
    for t in registry:
        if t is not object and issubclass(cls, t):
            return registry[t]
    return registry.get(object)


def singledispatch(func):
    """Make a function generic in the type of its first argument."""
    registry = {}
    name = getattr(func, "__name__", "singledispatch function")

    def dispatch(cls):
        return registry[cls] if cls in registry else _find_impl(cls, registry)

    def members(cls):
        return getattr(cls, "__args__", (cls,)) if not isinstance(cls, type) else (cls,)

    def register(cls, func=None):
        if func is None:
            if isinstance(cls, type) or hasattr(cls, "__args__"):
                return lambda f: register(cls, f)
            annotations = getattr(cls, "__annotations__", {})
            if not annotations:
                raise TypeError("Invalid first argument to `register()`: %r. Use either `@register(some_class)` or plain `@register` on an annotated function." % (cls,))
            func = cls
            argname, cls = next(iter(annotations.items()))
            if not isinstance(cls, type) and not hasattr(cls, "__args__"):
                raise TypeError("Invalid annotation for %r. %r is not a class." % (argname, cls))
        for c in members(cls):
            registry[type(None) if c is None else c] = func
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError("%s requires at least 1 positional argument" % name)
        return dispatch(args[0].__class__)(*args, **kw)

    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper._clear_cache = lambda: None
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """singledispatch for methods: the type of the first argument after self decides."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("%r is not callable or a descriptor" % (func,))
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            if not args:
                raise TypeError("%s requires at least 1 positional argument" % getattr(self.func, "__name__", "singledispatchmethod method"))
            return self.dispatcher.dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)
        method.register = self.register
        update_wrapper(method, self.func)
        return method
