"""The part of multiprocessing that works in one process: how many cores there are, pools of threads (pool.ThreadPool), and the
same names over threads (dummy). Processes themselves are a NotImplementedError."""

from os import cpu_count as _cpu_count

__all__ = ["AuthenticationError", "BufferTooShort", "ProcessError", "TimeoutError", "Pool", "Process", "active_children", "cpu_count",
           "current_process", "freeze_support", "get_start_method", "Queue", "SimpleQueue", "JoinableQueue", "Pipe", "Manager", "Lock", "RLock",
           "Value", "Array"]


class ProcessError(Exception):
    """The base of this package's exceptions."""


class BufferTooShort(ProcessError):
    pass


class TimeoutError(ProcessError):
    """The result did not come in time."""


class AuthenticationError(ProcessError):
    pass


def cpu_count():
    """The number of cores."""
    n = _cpu_count()
    if n is None:
        raise NotImplementedError("cannot determine number of cpus")
    return n


class _MainProcess:
    """The only process."""
    name = "MainProcess"
    daemon = False
    exitcode = None

    @property
    def pid(self):
        from os import getpid
        return getpid()

    ident = pid

    def is_alive(self):
        return True

    def __repr__(self):
        return "<_MainProcess name='MainProcess' parent=None started>"


_current = _MainProcess()


def current_process():
    return _current


def parent_process():
    return None


def active_children():
    return []


def freeze_support():
    pass


def get_start_method(allow_none=False):
    return "spawn"


def get_all_start_methods():
    return []


def _missing(name):
    def refuse(*args, **kwargs):
        raise NotImplementedError("multiprocessing.%s: there are no processes here; multiprocessing.dummy.%s has the same over threads" % (name, name))
    refuse.__name__ = refuse.__qualname__ = name
    return refuse


class Process:
    """A process: it cannot be made."""

    def __init__(self, *args, **kwargs):
        _missing("Process")()


for _name in ("Pool", "Queue", "SimpleQueue", "JoinableQueue", "Pipe", "Manager", "Lock", "RLock", "Value", "Array", "Semaphore",
              "BoundedSemaphore", "Condition", "Event", "Barrier", "RawValue", "RawArray", "set_start_method", "get_context"):
    globals()[_name] = _missing(_name)
