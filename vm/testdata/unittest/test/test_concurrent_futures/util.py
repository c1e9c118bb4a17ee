"""What the tests of executors share, for pools of threads."""
import unittest
from concurrent import futures
from concurrent.futures._base import CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED, PENDING, RUNNING, Future

from test.support import threading_helper


def create_future(state=PENDING, exception=None, result=None):
    f = Future()
    f._state, f._exception, f._result = state, exception, result
    return f


PENDING_FUTURE = create_future()
RUNNING_FUTURE = create_future(RUNNING)
CANCELLED_FUTURE = create_future(CANCELLED)
CANCELLED_AND_NOTIFIED_FUTURE = create_future(CANCELLED_AND_NOTIFIED)
EXCEPTION_FUTURE = create_future(FINISHED, exception=OSError())
SUCCESSFUL_FUTURE = create_future(FINISHED, result=42)


class BaseTestCase(unittest.TestCase):
    def setUp(self):
        self._threads = threading_helper.threading_setup()

    def tearDown(self):
        threading_helper.threading_cleanup(*self._threads)


class ExecutorMixin:
    worker_count = 5
    executor_kwargs = {}

    def setUp(self):
        super().setUp()
        self.executor = self.executor_type(max_workers=self.worker_count, **self.executor_kwargs)

    def tearDown(self):
        self.executor.shutdown(wait=True)
        self.executor = None
        super().tearDown()


class ThreadPoolMixin(ExecutorMixin):
    executor_type = futures.ThreadPoolExecutor


class ProcessPoolForkMixin:
    pass


ProcessPoolForkserverMixin = ProcessPoolSpawnMixin = ProcessPoolForkMixin


def create_executor_tests(remote_globals, mixin, bases=(BaseTestCase,), executor_mixins=(ThreadPoolMixin,)):
    """The harness names the classes itself."""


def setup_module(module):
    pass
