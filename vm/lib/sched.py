"""A scheduler of events: calls at given times, in the order of time, priority and entry."""

import heapq
import threading
import time
from collections import namedtuple
from time import monotonic as _time

__all__ = ["scheduler"]


class Event(namedtuple('Event', 'time, priority, sequence, action, argument, kwargs')):
    """An event that has been entered."""

    __slots__ = ()


class scheduler:
    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self._queue = []
        self._lock = threading.RLock()
        self._entered = 0
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=None):
        if kwargs is None:
            kwargs = {}
        with self._lock:
            e = Event(time, priority, self._entered, action, argument, kwargs)
            self._entered += 1
            heapq.heappush(self._queue, e)
        return e

    def enter(self, delay, priority, action, argument=(), kwargs=None):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        while True:
            with self._lock:
                if not self._queue:
                    return
                e = self._queue[0]
                now = self.timefunc()
                late = e.time <= now
                if late:
                    heapq.heappop(self._queue)
            if not late:
                if not blocking:
                    return e.time - now
                self.delayfunc(e.time - now)
            else:
                e.action(*e.argument, **e.kwargs)
                self.delayfunc(0)   # others may run

    @property
    def queue(self):
        with self._lock:
            return sorted(self._queue)
