"""Queues of tasks that run as transactions, in parallel.

run() returns when all tasks, and all that these have added, are done, with the results in the order in which the tasks were
added. An exception in a task ends the run, and comes out of it.

The queue's own state is changed in atomic blocks rather than under a lock: tasks are atomic, may add tasks, and an atomic block
must not meet a lock that another thread holds.
"""

import _gilt
import threading
from collections import deque
from gilt import atomic, hint_commit_soon, is_atomic, irrevocable, or_else, retry, statistics

__all__ = ['TransactionQueue', 'atomic', 'set_num_threads', 'getsegmentlimit', 'add', 'add_generator', 'run', 'is_atomic', 'hint_commit_soon',
           'retry', 'or_else', 'irrevocable', 'statistics', 'number_of_transactions_in_last_run']

_num_threads = [4]


def set_num_threads(n):
    if n < 1:
        raise ValueError("at least one thread is needed")
    _num_threads[0] = n


def getsegmentlimit():
    return _num_threads[0]


class TransactionQueue:
    def __init__(self):
        self._pending = deque()
        self._results = {}
        self._added = 0
        self._busy = 0
        self._error = None
        self._done = 0
        self._last = 0

    def add(self, f, *args, **kwargs):
        """Add a task: f(*args, **kwargs) will run in a transaction of its own."""
        if not callable(f):
            raise TypeError("the task must be callable")
        with atomic:
            self._pending.append((self._added, f, args, kwargs))
            self._added += 1

    def add_generator(self, gen):
        """Add a task for each step of a generator, one after the other."""
        def step():
            for _ in gen:
                self.add(step)
                return
        self.add(step)

    def number_of_transactions_executed(self):
        return self._last

    def run(self, nb_segments=0):
        if is_atomic():
            raise RuntimeError("run() cannot be called inside an atomic block")
        n = nb_segments if nb_segments > 0 else _num_threads[0]
        self._error = None
        self._done = 0
        ts = [threading.Thread(target=self._work, name='transaction-%d' % i) for i in range(n)]
        for t in ts:
            t.start()
        for t in ts:
            t.join()
        self._last = self._done
        results = [self._results[k] for k in sorted(self._results)]
        self._results.clear()
        if self._error is not None:
            error, self._error = self._error, None
            self._pending.clear()
            raise error
        return results

    def _work(self):
        while True:
            with atomic:
                if self._error is not None:
                    return
                task = None
                if self._pending:
                    task = self._pending.popleft()
                    self._busy += 1
                elif not self._busy:
                    return
            if task is None:
                threading._thread._yield()
                continue
            number, f, args, kwargs = task
            try:
                with atomic:
                    result = f(*args, **kwargs)
            except BaseException as e:
                with atomic:
                    self._busy -= 1
                    if self._error is None:
                        self._error = e
            else:
                with atomic:
                    self._results[number] = result
                    self._busy -= 1
                    self._done += 1


_queue = None


def _default():
    global _queue
    if _queue is None:
        _queue = TransactionQueue()
    return _queue


def add(f, *args, **kwargs):
    _default().add(f, *args, **kwargs)


def add_generator(gen):
    _default().add_generator(gen)


def run(nb_segments=0):
    return _default().run(nb_segments)


def number_of_transactions_in_last_run():
    return _default().number_of_transactions_executed()
