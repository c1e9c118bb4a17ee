"""Threads as objects, and what they wait for, on top of _thread.

A thread's end is a lock that the thread holds while it lives: join takes and gives it back. Who runs is kept in a dict of the
thread's own, so that current_thread() reads nothing that others write.
"""

import _thread
import sys as _sys
from _static import message_name as _message_name, static as _static
from _thread import (TIMEOUT_MAX, _ExceptHookArgs as ExceptHookArgs, RLock, _allocate_bell, _allocate_end, _storage, get_ident, get_native_id, lock as Lock)
from collections import deque as _deque
from time import monotonic as _time

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread', 'TIMEOUT_MAX', 'Event', 'Lock',
           'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread', 'Barrier', 'BrokenBarrierError', 'Timer', 'ThreadError',
           'setprofile', 'settrace', 'gettrace', 'getprofile', 'local', 'stack_size', 'excepthook', 'ExceptHookArgs', 'get_native_id',
           'setprofile_all_threads', 'settrace_all_threads']

ThreadError = _thread.error
stack_size = _thread.stack_size
_HAVE_THREAD_NATIVE_ID = True


class _RLock:
    """RLock in Python: a lock that its holder may take several times."""

    def __init__(self):
        self._block = Lock()
        self._owner = None
        self._count = 0

    def __repr__(self):
        owner = self._owner
        t = _active.get(owner)
        return "<%s %s.%s object owner=%r count=%d at %#x>" % (
            "locked" if self._block.locked() else "unlocked", type(self).__module__, type(self).__qualname__,
            owner if t is None else t.name, self._count, id(self))

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return True
        taken = self._block.acquire(blocking, timeout)
        if taken:
            self._owner = me
            self._count = 1
        return taken

    __enter__ = acquire

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __exit__(self, t, v, tb):
        self.release()

    def _at_fork_reinit(self):
        self._block._at_fork_reinit()
        self._owner = None
        self._count = 0

    def _release_save(self):
        if self._count == 0:
            raise RuntimeError("cannot release un-acquired lock")
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

    def _recursion_count(self):
        return self._count if self._owner == get_ident() else 0

    def _is_owned(self):
        return self._owner == get_ident()


_PyRLock = _RLock
_CRLock = RLock


class Condition:
    """A condition variable: waiting threads give the lock back and sleep until they are notified."""

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock = lock
        self.acquire = lock.acquire
        self.release = lock.release
        if hasattr(lock, '_release_save'):
            self._release_save = lock._release_save
            self._acquire_restore = lock._acquire_restore
            self._is_owned = lock._is_owned
        self._waiters = _deque()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __repr__(self):
        return "<Condition(%s, %d)>" % (self._lock, len(self._waiters))

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, state):
        self._lock.acquire()

    def _is_owned(self):
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True

    def wait(self, timeout=None):
        if not self._is_owned():
            raise RuntimeError("cannot wait on un-acquired lock")
        bell = _allocate_bell()
        bell.acquire()
        self._waiters.append(bell)
        state = self._release_save()
        rung = False
        try:
            if timeout is None:
                rung = bell.acquire()
            elif timeout > 0:
                rung = bell.acquire(True, timeout)
            else:
                rung = bell.acquire(False)
            if rung:
                bell.release()
            return rung
        finally:
            self._acquire_restore(state)
            if not rung:
                try:
                    self._waiters.remove(bell)
                except ValueError:
                    pass

    def wait_for(self, predicate, timeout=None):
        end = None
        left = timeout
        result = predicate()
        while not result:
            if left is not None:
                if end is None:
                    end = _time() + left
                else:
                    left = end - _time()
                    if left <= 0:
                        break
            self.wait(left)
            result = predicate()
        return result

    def notify(self, n=1):
        if not self._is_owned():
            raise RuntimeError("cannot notify on un-acquired lock")
        waiters = self._waiters
        while waiters and n > 0:
            bell = waiters.popleft()
            bell.release()
            n -= 1

    def notify_all(self):
        self.notify(len(self._waiters))

    def notifyAll(self):
        self.notify_all()


class Semaphore:
    """A counter that cannot go below zero."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._cond = Condition(Lock())
        self._value = value

    def __repr__(self):
        cls = type(self)
        return "<%s.%s at %#x: value=%d>" % (cls.__module__, cls.__qualname__, id(self), self._value)

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        end = None
        with self._cond:
            while self._value == 0:
                if not blocking:
                    return False
                if timeout is not None:
                    if end is None:
                        end = _time() + timeout
                    else:
                        timeout = end - _time()
                        if timeout <= 0:
                            return False
                self._cond.wait(timeout)
            self._value -= 1
        return True

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            self._value += n
            self._cond.notify(n)

    def __exit__(self, t, v, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore whose counter cannot go above where it began."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def __repr__(self):
        cls = type(self)
        return "<%s.%s at %#x: value=%d/%d>" % (cls.__module__, cls.__qualname__, id(self), self._value, self._initial_value)

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            if self._value + n > self._initial_value:
                raise ValueError("Semaphore released too many times")
            self._value += n
            self._cond.notify(n)


class Event:
    """A flag that threads wait for."""

    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False

    def __repr__(self):
        cls = type(self)
        return "<%s.%s at %#x: %s>" % (cls.__module__, cls.__qualname__, id(self), 'set' if self._flag else 'unset')

    def is_set(self):
        return self._flag

    isSet = is_set

    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        with self._cond:
            return self._flag or self._cond.wait(timeout)   # somebody may have cleared the flag again


class BrokenBarrierError(RuntimeError):
    pass


class Barrier:
    """A place where a number of threads wait for one another, again and again."""

    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self._parties = parties
        self._state = 0     # 0 filling, 1 draining, -1 resetting, -2 broken
        self._count = 0

    def __repr__(self):
        cls = type(self)
        if self.broken:
            return "<%s.%s at %#x: broken>" % (cls.__module__, cls.__qualname__, id(self))
        return "<%s.%s at %#x: waiters=%d/%d>" % (cls.__module__, cls.__qualname__, id(self), self.n_waiting, self.parties)

    def wait(self, timeout=None):
        if timeout is None:
            timeout = self._timeout
        with self._cond:
            while self._state in (-1, 1):
                self._cond.wait()
            if self._state < 0:
                raise BrokenBarrierError
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    try:
                        if self._action:
                            self._action()
                    except:
                        self._break()
                        raise
                    self._state = 1
                    self._cond.notify_all()
                else:
                    if not self._cond.wait_for(lambda: self._state != 0, timeout):
                        self._break()
                        raise BrokenBarrierError
                    if self._state < 0:
                        raise BrokenBarrierError
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in (-1, 1):
                    self._state = 0
                    self._cond.notify_all()

    def _break(self):
        self._state = -2
        self._cond.notify_all()

    def reset(self):
        with self._cond:
            if self._count > 0:
                if self._state in (0, -2):
                    self._state = -1
            else:
                self._state = 0
            self._cond.notify_all()

    def abort(self):
        with self._cond:
            self._break()

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        if self._state == 0:
            return self._count
        return 0

    @property
    def broken(self):
        return self._state == -2


_active = {}            # identifier -> thread
_limbo = {}             # started, and not yet running
_registry = Lock()
_numbers = [0]


def _new_name(form):
    with _registry:
        _numbers[0] += 1
        return form % _numbers[0]


class Thread:
    """A thread: start it, and it runs target(*args, **kwargs)."""

    _initialized = False

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, "group argument must be None for now"
        if excepthook is None:
            raise RuntimeError("threading.excepthook is None")
        if kwargs is None:
            kwargs = {}
        if name:
            name = str(name)
        else:
            name = _new_name("Thread-%d")
            if target is not None:
                try:
                    name += " (%s)" % target.__name__
                except AttributeError:
                    pass
        self._target = target
        self._name = name
        self._args = args
        self._kwargs = kwargs
        self._daemon = daemon if daemon is not None else current_thread().daemon
        self._ident = None
        self._begun = False
        self._end = _allocate_end()
        self._initialized = True

    def _check(self):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")

    def __repr__(self):
        self._check()
        status = "initial"
        if self._begun:
            status = "started" if self.is_alive() else "stopped"
        if self._daemon:
            status += " daemon"
        if self._ident is not None:
            status += " %s" % self._ident
        return "<%s(%s, %s)>" % (type(self).__name__, self._name, status)

    def start(self):
        if not self._initialized:
            raise RuntimeError("thread.__init__() not called")
        if self._begun:
            raise RuntimeError("threads can only be started once")
        self._begun = True
        self._end.acquire()
        with _registry:
            _limbo[self] = self
        try:
            ident = _thread._start_named(self._name, self._daemon, self._bootstrap, (), {})
        except BaseException:
            with _registry:
                del _limbo[self]
            self._begun = False
            self._end.release()
            raise
        self._ident = ident

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def _bootstrap(self):
        self._end._adopt()
        self._ident = get_ident()
        _storage()['thread'] = self
        with _registry:
            _active[self._ident] = self
            del _limbo[self]
        try:
            try:
                self.run()
            except BaseException:
                _report(self)
        finally:
            with _registry:
                del _active[self._ident]
            self._end.release()

    def join(self, timeout=None):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if not self._begun:
            raise RuntimeError("cannot join thread before it is started")
        if self is current_thread():
            raise RuntimeError("cannot join current thread")
        if timeout is None:
            self._end.acquire()
        else:
            if not self._end.acquire(True, max(timeout, 0)):
                return
        self._end.release()

    @property
    def name(self):
        self._check()
        return self._name

    @name.setter
    def name(self, name):
        self._check()
        self._name = str(name)

    @property
    def ident(self):
        self._check()
        return self._ident

    @property
    def native_id(self):
        self._check()
        return self._ident

    def is_alive(self):
        self._check()
        return self._begun and self._end.locked()

    @property
    def daemon(self):
        self._check()
        return self._daemon

    @daemon.setter
    def daemon(self, daemon):
        if not self._initialized:
            raise RuntimeError("Thread.__init__() not called")
        if self._begun:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemon = bool(daemon)

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemon):
        self.daemon = daemon

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name


def excepthook(args, /):
    """Print an exception that a thread has not caught."""
    if type(args) is not ExceptHookArgs:
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    t, v, tb, thread = args
    if t is SystemExit:
        return
    name = thread.name if thread is not None else get_ident()
    err = _sys.stderr
    if err is not None:
        err.write("Exception in thread %s:\n%s" % (name, _thread._format(v)))


__excepthook__ = excepthook


def _report(thread):
    t, v, tb = _sys.exc_info()
    hook = __excepthook__ if excepthook is None else excepthook
    try:
        hook(ExceptHookArgs((t, v, tb, thread)))
    except Exception as e:
        e.__suppress_context__ = True
        if _sys.stderr is not None:
            _sys.stderr.write("Exception in threading.excepthook:\n")
        _sys.excepthook(type(e), e, e.__traceback__)


class Timer(Thread):
    """A thread that calls a function after a time, unless it is cancelled before."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        Thread.__init__(self, name="MainThread", daemon=False)
        self._begun = True
        self._end.acquire()
        self._end._adopt()
        self._ident = _thread._get_main_thread_ident()
        _active[self._ident] = self


class _DummyThread(Thread):
    """A thread that was started by _thread itself."""

    def __init__(self):
        Thread.__init__(self, name=_new_name("Dummy-%d"), daemon=True)
        self._begun = True
        self._ident = get_ident()
        self._end.acquire()
        _storage()['thread'] = self
        with _registry:
            _active[self._ident] = self

    def join(self, timeout=None):
        raise RuntimeError("cannot join a dummy thread")


def current_thread():
    t = _storage().get('thread')
    if t is not None:
        return t
    t = _active.get(get_ident())
    if t is None:
        t = _DummyThread()
    return t


currentThread = current_thread


def active_count():
    with _registry:
        return len(_active) + len(_limbo)


activeCount = active_count


def enumerate():
    with _registry:
        return list(_active.values()) + list(_limbo.values())


def main_thread():
    return _main


_trace = _profile = None


def settrace(func):
    """Tracing is not done; the function is remembered."""
    global _trace
    _trace = func


def gettrace():
    return _trace


settrace_all_threads = settrace


def setprofile(func):
    """Profiling is not done; the function is remembered."""
    global _profile
    _profile = func


def getprofile():
    return _profile


setprofile_all_threads = setprofile


_exit_calls = []


def _register_atexit(func, *args, **kwargs):
    _exit_calls.append((func, args, kwargs))


def _shutdown():
    """Called when the program has ended: waits for the threads that are no daemons."""
    for f, args, kwargs in reversed(_exit_calls):
        f(*args, **kwargs)
    while True:
        for t in enumerate():
            if not t.daemon and t is not _main and t is not current_thread():
                t.join()
                break
        else:
            return


@_static
class _local:
    """Thread-local data"""
    __module__ = '_thread'

    def __new__(cls, /, *args, **kw):
        self = object.__new__(cls)
        if (args or kw) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        object.__setattr__(self, '_local__args', (args, kw))
        _storage()[id(self)] = {}
        return self

    def __getattribute__(self, name):
        d = _storage().get(id(self))
        if d is None:
            d = _local_begin(self)
        if name == '__dict__':
            return d
        if name in d:
            return d[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError("%r object attribute '__dict__' is read-only" % _message_name(self))
        d = _storage().get(id(self))
        if d is None:
            d = _local_begin(self)
        a = getattr(type(self), name, None)
        if a is not None and hasattr(type(a), '__set__'):
            a.__set__(self, value)
        else:
            d[name] = value

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError("%r object attribute '__dict__' is read-only" % _message_name(self))
        d = _storage().get(id(self))
        if d is None:
            d = _local_begin(self)
        if name not in d:
            raise AttributeError("%r object has no attribute %r" % (_message_name(self), name))
        del d[name]

    def __dir__(self):
        return [*self.__dict__, *dir(type(self))]

    def __reduce_ex__(self, protocol):
        if type(self).__reduce__ is not object.__reduce__:
            return self.__reduce__()
        raise TypeError("cannot pickle %r object" % _message_name(self))


def _local_begin(self):
    """The first use in a thread: __init__ runs there once more."""
    d = _storage()[id(self)] = {}
    cls = type(self)
    if cls.__init__ is not object.__init__:
        args, kw = object.__getattribute__(self, '_local__args')
        cls.__init__(self, *args, **kw)
    return d


local = _local
_thread._local = local


class _Nobody:
    daemon = False


_storage()['thread'] = _Nobody
_main = _MainThread()
if get_ident() == _main._ident:
    _storage()['thread'] = _main
else:
    del _storage()['thread']
_thread._at_shutdown(_shutdown)
