"""Calls that are made in other threads, and their results to come."""

import sys
import threading
import traceback
from collections import deque
from os import cpu_count as _cpu_count
from time import monotonic as _now

__all__ = ['FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'CancelledError', 'TimeoutError', 'InvalidStateError',
           'BrokenExecutor', 'Future', 'Executor', 'wait', 'as_completed', 'ThreadPoolExecutor']

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'    # whoever waits for the future knows
FINISHED = 'FINISHED'

_OVER = CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED
_TOLD = CANCELLED_AND_NOTIFIED, FINISHED


class Error(Exception):
    """The base of this module's exceptions."""


class CancelledError(Error):
    """The future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """The operation is not allowed in this state."""


class BrokenExecutor(RuntimeError):
    """The executor cannot work any more."""


class BrokenThreadPool(BrokenExecutor):
    """A worker's initializer failed."""


for _c in Error, CancelledError, InvalidStateError, BrokenExecutor:
    _c.__module__ = 'concurrent.futures._base'
BrokenThreadPool.__module__ = 'concurrent.futures.thread'


class Future:
    """The result of a call, some day."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._watchers = []
        self._callbacks = []

    def __repr__(self):
        with self._condition:
            if self._state == FINISHED:
                if self._exception:
                    what = 'raised %s' % type(self._exception).__name__
                else:
                    what = 'returned %s' % type(self._result).__name__
                return '<%s at %#x state=%s %s>' % (type(self).__name__, id(self), self._state.lower(), what)
            return '<%s at %#x state=%s>' % (type(self).__name__, id(self), self._state.lower())

    def cancel(self):
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in _OVER:
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._call_back()
        return True

    def cancelled(self):
        with self._condition:
            return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        with self._condition:
            return self._state == RUNNING

    def done(self):
        with self._condition:
            return self._state in _OVER

    def add_done_callback(self, fn):
        with self._condition:
            if self._state not in _OVER:
                self._callbacks.append(fn)
                return
        self._invoke(fn)

    def _invoke(self, fn):
        try:
            fn(self)
        except Exception:
            threading._report(threading.current_thread())

    def _call_back(self):
        for fn in self._callbacks:
            self._invoke(fn)

    def _tell(self):
        self._condition.notify_all()
        for w in self._watchers:
            w(self)

    def _get(self, timeout):
        with self._condition:
            if self._state not in _OVER:
                self._condition.wait(timeout)
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                raise CancelledError()
            if self._state != FINISHED:
                raise TimeoutError()

    def result(self, timeout=None):
        self._get(timeout)
        if self._exception is not None:
            try:
                raise self._exception
            finally:
                self = None
        return self._result

    def exception(self, timeout=None):
        self._get(timeout)
        return self._exception

    def set_running_or_notify_cancel(self):
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                self._tell()
                return False
            if self._state != PENDING:
                raise RuntimeError('Future in unexpected state')
            self._state = RUNNING
            return True

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _OVER:
                raise InvalidStateError('%s: %r' % (self._state, self))
            self._result = result
            self._exception = exception
            self._state = FINISHED
            self._tell()
        self._call_back()

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception)


class _Watch:
    """Counts futures down as they are done."""

    def __init__(self, futures, when):
        self.cond = threading.Condition()
        self.done = deque()
        self.when = when
        self.left = 0
        self._note = self.note      # one object, for remove
        self.futures = futures
        for f in futures:
            with f._condition:
                if f._state in _TOLD:
                    self.done.append(f)
                else:
                    self.left += 1
                    f._watchers.append(self._note)

    def note(self, f):
        with self.cond:
            self.done.append(f)
            self.cond.notify_all()

    def over(self, total):
        if len(self.done) >= total:
            return True
        if self.when == FIRST_COMPLETED:
            return len(self.done) > 0
        if self.when == FIRST_EXCEPTION:
            for f in self.done:
                if f._state == FINISHED and f._exception is not None:
                    return True
        return False

    def close(self):
        for f in self.futures:
            with f._condition:
                if self._note in f._watchers:
                    f._watchers.remove(self._note)


class DoneAndNotDoneFutures(tuple):
    """What wait returns."""

    def __new__(cls, done, not_done):
        return tuple.__new__(cls, (done, not_done))

    @property
    def done(self):
        return self[0]

    @property
    def not_done(self):
        return self[1]


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError("Invalid return condition: %r" % return_when)
    fs = set(fs)
    watch = _Watch(fs, return_when)
    total = len(fs)
    with watch.cond:
        watch.cond.wait_for(lambda: watch.over(total), timeout)
        done = set(watch.done)
    watch.close()
    return DoneAndNotDoneFutures(done, fs - done)


def as_completed(fs, timeout=None):
    fs = set(fs)
    end = None if timeout is None else _now() + timeout
    watch = _Watch(fs, FIRST_COMPLETED)
    total = len(fs)
    given = 0
    try:
        while given < total:
            with watch.cond:
                left = None if end is None else max(0, end - _now())
                if not watch.cond.wait_for(lambda: len(watch.done) > 0, left):
                    raise TimeoutError('%d (of %d) futures unfinished' % (total - given, total))
                f = watch.done.popleft()
            given += 1
            yield f
    finally:
        watch.close()


class Executor:
    """Something that makes calls for others."""

    def submit(self, fn, /, *args, **kwargs):
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        end = None if timeout is None else _now() + timeout
        fs = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            try:
                fs.reverse()
                while fs:
                    f = fs.pop()
                    yield f.result() if end is None else f.result(end - _now())
            finally:
                for f in fs:
                    f.cancel()
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.shutdown(wait=True)
        return False


_pools = [0]
_open = []


class ThreadPoolExecutor(Executor):
    """An executor with threads, which are started as they are needed."""

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            max_workers = min(32, (_cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._cond = threading.Condition(threading.Lock())
        self._work = deque()
        self._idle = 0
        self._threads = set()
        self._closed = False
        self._broken = False
        self._initializer = initializer
        self._initargs = initargs
        if not thread_name_prefix:
            with threading._registry:
                thread_name_prefix = 'ThreadPoolExecutor-%d' % _pools[0]
                _pools[0] += 1
        self._prefix = thread_name_prefix
        _open.append(self)

    def submit(self, fn, /, *args, **kwargs):
        f = Future()
        with self._cond:
            if self._broken:
                raise BrokenThreadPool(self._broken)
            if self._closed:
                raise RuntimeError('cannot schedule new futures after shutdown')
            self._work.append((f, fn, args, kwargs))
            t = None
            if self._idle >= len(self._work):
                self._cond.notify()
            elif len(self._threads) < self._max_workers:
                t = threading.Thread(target=self._worker, name='%s_%d' % (self._prefix, len(self._threads)))
                self._threads.add(t)
            else:
                self._cond.notify()
        if t is not None:
            t.start()
        return f

    def _worker(self):
        if self._initializer is not None:
            try:
                self._initializer(*self._initargs)
            except BaseException:
                if sys.stderr is not None:
                    sys.stderr.write('Exception in initializer:\n' + traceback.format_exc())
                with self._cond:
                    self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
                    work = list(self._work)
                    self._work.clear()
                for f, _, _, _ in work:
                    f.set_exception(BrokenThreadPool(self._broken))
                return
        while True:
            with self._cond:
                while not self._work:
                    if self._closed:
                        return
                    self._idle += 1
                    self._cond.wait()
                    self._idle -= 1
                f, fn, args, kwargs = self._work.popleft()
            if not f.set_running_or_notify_cancel():
                continue
            try:
                result = fn(*args, **kwargs)
            except BaseException as e:
                f.set_exception(e)
            else:
                f.set_result(result)
            f = fn = args = kwargs = result = None

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._cond:
            self._closed = True
            dropped = []
            if cancel_futures:
                while self._work:
                    dropped.append(self._work.popleft()[0])
            self._cond.notify_all()
            threads = list(self._threads)
        for f in dropped:
            f.cancel()
        if self in _open:
            _open.remove(self)
        if wait:
            for t in threads:
                t.join()


def _close_all():
    for ex in list(_open):
        ex.shutdown(wait=True)


threading._register_atexit(_close_all)
