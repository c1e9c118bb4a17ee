"""Weak references.

Objects are never collected while a reference made here exists: references are strong, callbacks are never called by the
collector, and finalizers run at exit.
"""

import atexit as _atexit
from collections.abc import MutableMapping, MutableSet

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType", "ProxyTypes", "WeakValueDictionary",
           "WeakSet", "WeakMethod", "finalize"]


class ref:
    """A reference: call it to get the object."""
    __slots__ = ("_obj", "__callback__")

    def __init__(self, obj, callback=None):
        if isinstance(obj, (int, str, bytes, tuple, list, dict, float, type(None))) and type(obj) in (int, str, bytes, tuple, list, dict, float, type(None), bool):
            raise TypeError("cannot create weak reference to '%s' object" % type(obj).__name__)
        self._obj = obj
        self.__callback__ = callback

    def __call__(self):
        return self._obj

    def __eq__(self, other):
        return self._obj == other._obj if isinstance(other, ref) else NotImplemented

    def __hash__(self):
        return hash(self._obj)

    def __repr__(self):
        return "<weakref at 0x%x; to '%s' at 0x%x>" % (id(self), type(self._obj).__name__, id(self._obj))


ReferenceType = KeyedRef = ref


def proxy(obj, callback=None):
    """Here the object itself."""
    return obj


ProxyType = CallableProxyType = type("weakproxy", (), {})
ProxyTypes = (ProxyType, CallableProxyType)


def getweakrefcount(obj):
    return 0


def getweakrefs(obj):
    return []


class WeakMethod(ref):
    __slots__ = ()


class _Dict(MutableMapping):
    def __init__(self, other=(), /, **kw):
        self.data = {}
        self.update(other, **kw)

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return "<%s at 0x%x>" % (type(self).__name__, id(self))

    def copy(self):
        return type(self)(self.data)


class WeakValueDictionary(_Dict):
    def valuerefs(self):
        return [ref(v) for v in self.data.values()]


class WeakKeyDictionary(_Dict):
    def keyrefs(self):
        return [ref(k) for k in self.data]


class WeakSet(MutableSet):
    def __init__(self, data=None):
        self.data = set(data or ())

    def __contains__(self, item):
        return item in self.data

    def __iter__(self):
        return iter(list(self.data))

    def __len__(self):
        return len(self.data)

    def add(self, item):
        self.data.add(item)

    def discard(self, item):
        self.data.discard(item)

    def update(self, other):
        self.data.update(other)


class finalize:
    """A function to be called at exit, or when asked."""

    def __init__(self, obj, func, /, *args, **kwargs):
        self._info = (obj, func, args, kwargs)
        self.atexit = True
        _atexit.register(self._at_exit)

    def _at_exit(self):
        if self.atexit:
            self()

    def __call__(self, _=None):
        info, self._info = self._info, None
        if info:
            return info[1](*info[2], **info[3])

    def detach(self):
        info, self._info = self._info, None
        return info

    def peek(self):
        return self._info

    @property
    def alive(self):
        return self._info is not None
