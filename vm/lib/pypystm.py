"""PyPy-STM's containers and names. Every dict and set already conflicts by key only: these are dicts and sets."""

import itertools
import threading
import time as _time
from __pypy__.thread import (atomic, discard_last_abort_info, exclusive_atomic, getsegmentlimit, hint_commit_soon, is_atomic,
                             last_abort_info)
from transaction import TransactionQueue

time = _time.time
clock = _time.process_time


class stmdict(dict):
    """A dict that conflicts by key."""


class stmset(set):
    """A set that conflicts by element."""


class queue(TransactionQueue):
    """A queue of tasks."""


_local = threading.local()
_count = itertools.count()


def count():
    """A number that no other call has got. The numbers of one thread ascend."""
    with atomic:
        return next(_count)


class threadlocalproperty:
    """A property whose value is each thread's own."""

    def __init__(self, default_factory=None):
        self._default = default_factory
        self._local = threading.local()

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        values = self._local.__dict__
        key = id(obj)
        if key not in values:
            if self._default is None:
                raise AttributeError("the property has no value in this thread")
            values[key] = self._default()
        return values[key]

    def __set__(self, obj, value):
        self._local.__dict__[id(obj)] = value

    def __delete__(self, obj):
        try:
            del self._local.__dict__[id(obj)]
        except KeyError:
            raise AttributeError("the property has no value in this thread") from None
