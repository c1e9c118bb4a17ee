"""The names of multiprocessing over threads."""

import array as _array
import queue as _queue
import threading
from threading import Barrier, BoundedSemaphore, Condition, Event, Lock, RLock, Semaphore
from queue import Queue
from .. import cpu_count, freeze_support

__all__ = ["Process", "current_process", "active_children", "freeze_support", "Lock", "RLock", "Semaphore", "BoundedSemaphore",
           "Condition", "Event", "Barrier", "Queue", "Manager", "Pipe", "Pool", "JoinableQueue"]

current_process = threading.current_thread
JoinableQueue = Queue
_children = set()


class Process(threading.Thread):
    """A thread with a process's attributes."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        threading.Thread.__init__(self, group, target, name, args, kwargs)
        self._started = False

    def start(self):
        if self._started:
            raise RuntimeError("threads can only be started once")
        self._started = True
        _children.add(self)
        threading.Thread.start(self)

    @property
    def exitcode(self):
        return 0 if self._started and not self.is_alive() else None


def active_children():
    for p in list(_children):
        if not p.is_alive():
            _children.discard(p)
    return list(_children)


class Namespace:
    """Attributes, and nothing else."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        return "Namespace(%s)" % ", ".join(sorted("%s=%r" % kv for kv in self.__dict__.items() if not kv[0].startswith("_")))



def Array(typecode, sequence, lock=True):
    return _array.array(typecode, sequence)


class Value:
    """A cell of a type."""

    def __init__(self, typecode, value, lock=True):
        self._typecode = typecode
        self.value = value

    def __repr__(self):
        return "<%s(%r, %r)>" % (type(self).__name__, self._typecode, self.value)


def Manager():
    import multiprocessing.dummy
    return multiprocessing.dummy


def shutdown():
    pass


def Pool(processes=None, initializer=None, initargs=()):
    from ..pool import ThreadPool
    return ThreadPool(processes, initializer, initargs)


class Connection:
    """An end of a pipe: two queues."""

    def __init__(self, into, out):
        self._in, self._out = into, out
        self.send = self.send_bytes = out.put
        self.recv = self.recv_bytes = into.get

    def poll(self, timeout=0.0):
        if self._in.qsize() > 0:
            return True
        if timeout is not None and timeout <= 0.0:
            return False
        with self._in.not_empty:
            self._in.not_empty.wait(timeout)
        return self._in.qsize() > 0

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def Pipe(duplex=True):
    a, b = _queue.Queue(), _queue.Queue()
    return Connection(a, b), Connection(b, a)
