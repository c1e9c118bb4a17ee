"""Threads in tests."""
import _thread
import threading
import unittest

from test import support

can_start_thread = True


def requires_working_threading(*, module=False):
    return lambda f: f


def threading_setup():
    return (_thread._count(),)


def threading_cleanup(count):
    for _ in support.sleeping_retry(1.0, error=False):
        if _thread._count() <= count:
            return
    support.environment_altered = True


def reap_threads(f):
    def test(*args):
        key = threading_setup()
        try:
            return f(*args)
        finally:
            threading_cleanup(*key)
    test.__name__ = f.__name__
    return test


class wait_threads_exit:
    """At the end of the block wait for the threads that were started in it."""

    def __init__(self, timeout=None):
        self.timeout = timeout or support.SHORT_TIMEOUT

    def __enter__(self):
        self.count = _thread._count()

    def __exit__(self, *a):
        for _ in support.sleeping_retry(self.timeout, error=False):
            if _thread._count() <= self.count:
                return
        raise AssertionError("%d threads more than before" % (_thread._count() - self.count))


def join_thread(thread, timeout=None):
    thread.join(timeout or support.SHORT_TIMEOUT)
    if thread.is_alive():
        raise AssertionError("the thread has not ended")


class start_threads:
    def __init__(self, threads, unlock=None):
        self.threads, self.unlock = list(threads), unlock

    def __enter__(self):
        for t in self.threads:
            t.start()
        return self.threads

    def __exit__(self, *a):
        if self.unlock:
            self.unlock()
        for t in self.threads:
            join_thread(t)


class catch_threading_exception:
    """Keeps what threading.excepthook is told."""
    exc_type = exc_value = exc_traceback = thread = None

    def _hook(self, args):
        self.exc_type, self.exc_value = args.exc_type, args.exc_value
        self.exc_traceback, self.thread = args.exc_traceback, args.thread

    def __enter__(self):
        self._old = threading.excepthook
        threading.excepthook = self._hook
        return self

    def __exit__(self, *a):
        threading.excepthook = self._old
