"""A pool of threads that apply functions: ThreadPool, as multiprocessing has it.

Invariants: a task is one call; a result object counts the tasks that it still waits for, and tells its waiters and its callback when
the last has come. A worker ends at the first None it takes; close and terminate put one per worker into the queue, behind the tasks
or in place of them."""

import collections
import queue
import threading
from os import cpu_count as _cpu_count
from . import TimeoutError

__all__ = ["ThreadPool", "AsyncResult", "ApplyResult", "MapResult"]

RUN, CLOSE, TERMINATE = "RUN", "CLOSE", "TERMINATE"


class ApplyResult:
    """The result of a call, to come."""

    def __init__(self, callback=None, error_callback=None):
        self._event = threading.Event()
        self._callback = callback
        self._error_callback = error_callback
        self._success = None
        self._value = None

    def ready(self):
        return self._event.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError("{0!r} not ready".format(self))
        return self._success

    def wait(self, timeout=None):
        self._event.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _finish(self, success, value):
        self._success, self._value = success, value
        call = self._callback if success else self._error_callback
        if call:
            call(value)
        self._event.set()

    def _task(self, i, success, value):
        self._finish(success, value)


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of a map, to come together."""

    def __init__(self, n, callback=None, error_callback=None):
        super().__init__(callback, error_callback)
        self._left = n
        self._values = [None] * n
        self._error = None
        self._lock = threading.Lock()
        if not n:
            self._success, self._value = True, []
            self._event.set()

    def _task(self, i, success, value):
        with self._lock:
            if success:
                self._values[i] = value
            elif self._error is None:
                self._error = value
            self._left -= 1
            last = not self._left
        if last:
            if self._error is None:
                self._finish(True, self._values)
            else:
                self._finish(False, self._error)


class IMapIterator:
    """The results of imap, as they come: in the order of the tasks, or in that of their ends."""

    def __init__(self, ordered):
        self._ordered = ordered
        self._cond = threading.Condition()
        self._items = collections.deque()
        self._early = {}
        self._index = 0
        self._length = None

    def __iter__(self):
        return self

    def next(self, timeout=None):
        with self._cond:
            if not self._items and self._index != self._length:
                self._cond.wait_for(lambda: self._items or self._index == self._length, timeout)
            if not self._items:
                if self._index == self._length:
                    raise StopIteration
                raise TimeoutError
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _task(self, i, success, value):
        with self._cond:
            if self._ordered:
                self._early[i] = success, value
                while self._index in self._early:
                    self._items.append(self._early.pop(self._index))
                    self._index += 1
            else:
                self._items.append((success, value))
                self._index += 1
            self._cond.notify_all()

    def _set_length(self, n):
        with self._cond:
            self._length = n
            self._cond.notify_all()


class ThreadPool:
    """Threads that take calls from one queue."""

    def __init__(self, processes=None, initializer=None, initargs=()):
        if processes is None:
            processes = _cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._state = RUN
        self._processes = processes
        self._tasks = queue.SimpleQueue()
        self._pool = [threading.Thread(target=self._work, args=(initializer, initargs), daemon=True) for _ in range(processes)]
        for t in self._pool:
            t.start()

    def _work(self, initializer, initargs):
        if initializer is not None:
            initializer(*initargs)
        while True:
            task = self._tasks.get()
            if task is None or self._state == TERMINATE:
                return
            result, i, func, args, kwds = task
            try:
                value, success = func(*args, **kwds), True
            except Exception as e:
                value, success = e, False
            result._task(i, success, value)
            task = result = func = args = kwds = value = None

    def _check_running(self):
        if self._state != RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        self._check_running()
        result = ApplyResult(callback, error_callback)
        self._tasks.put((result, 0, func, tuple(args), dict(kwds)))
        return result

    def map(self, func, iterable, chunksize=None):
        return self.map_async(func, iterable, chunksize).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map(func, [(x,) for x in iterable], callback, error_callback)

    def starmap(self, func, iterable, chunksize=None):
        return self.starmap_async(func, iterable, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map(func, [tuple(x) for x in iterable], callback, error_callback)

    def _map(self, func, calls, callback, error_callback):
        self._check_running()
        result = MapResult(len(calls), callback, error_callback)
        for i, args in enumerate(calls):
            self._tasks.put((result, i, func, args, {}))
        return result

    def imap(self, func, iterable, chunksize=1):
        return self._imap(func, iterable, chunksize, True)

    def imap_unordered(self, func, iterable, chunksize=1):
        return self._imap(func, iterable, chunksize, False)

    def _imap(self, func, iterable, chunksize, ordered):
        self._check_running()
        if chunksize < 1:
            raise ValueError("Chunksize must be 1+, not {0:n}".format(chunksize))
        result = IMapIterator(ordered)
        n = 0
        for x in iterable:
            self._tasks.put((result, n, func, (x,), {}))
            n += 1
        result._set_length(n)
        return result

    def close(self):
        if self._state == RUN:
            self._state = CLOSE
            for _ in self._pool:
                self._tasks.put(None)

    def terminate(self):
        self._state = TERMINATE
        for _ in self._pool:
            self._tasks.put(None)

    def join(self):
        if self._state == RUN:
            raise ValueError("Pool is still running")
        for t in self._pool:
            t.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, *exc):
        self.terminate()

    def __repr__(self):
        return "<multiprocessing.pool.ThreadPool state=%s pool_size=%d>" % (self._state, self._processes)


def Pool(*args, **kwargs):
    raise NotImplementedError("multiprocessing.pool.Pool: there are no processes here; ThreadPool has the same over threads")
