"""The names of concurrent.futures under which its tests and some programs look for them."""

import concurrent.futures as _futures

for _name in ('FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'PENDING', 'RUNNING', 'CANCELLED', 'CANCELLED_AND_NOTIFIED',
              'FINISHED', 'Error', 'CancelledError', 'TimeoutError', 'InvalidStateError', 'BrokenExecutor', 'Future', 'Executor',
              'wait', 'as_completed'):
    globals()[_name] = getattr(_futures, _name)
del _name
