"""The main thread joins threads that count; pending=1 has Ctrl-C come meanwhile, which the main thread alone may serve."""
from __future__ import print_function
import sys
import threading
import time
import harness


def interrupt():
    if sys.version_info >= (3, 3) and sys.implementation.name == "gilt":
        import _thread  # the process is not only ours
        _thread.interrupt_main()
    else:
        import os
        import signal
        os.kill(os.getpid(), signal.SIGINT)


def setup(k):
    return None


def run(k, context):
    left = [None] * k.threads
    ready = []  # the main thread can be interrupted: not while it starts the others

    def work(i):
        n = k.n
        while n > 0:
            n -= 1
        left[i] = n

    def user():
        while not ready:
            time.sleep(0.001)
        time.sleep(0.005)
        interrupt()

    ts = [threading.Thread(target=work, args=(i,)) for i in range(k.threads)]
    if k.pending:
        ts.append(threading.Thread(target=user))
    caught = []
    start = harness.clock()
    for t in ts:
        t.start()
    while None in left:
        try:
            ready.append(True)
            for t in ts:
                t.join()
            if None in left:  # joins of CPython 3.13 after an interrupted one
                time.sleep(0.001)
        except KeyboardInterrupt:
            caught.append(harness.clock() - start)
    seconds = harness.clock() - start
    if k.pending and not caught:  # joins that cannot be interrupted: it comes at the next opportunity
        try:
            ready.append(True)
            time.sleep(1)
        except KeyboardInterrupt:
            caught.append(harness.clock() - start)
    return left, caught, seconds


def verify(k, context, result):
    left, caught, seconds = result
    assert left == [0] * k.threads, left
    assert len(caught) == k.pending, caught
    return {"counting": seconds, "caught": caught[0] if caught else 0}


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=1, n=100000, pending=0)
