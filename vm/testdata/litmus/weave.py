# Runs functions in threads of their own and waits for all of them. step() is where a litmus program may be switched.
import _thread


def run(*fs):
    done = []
    for f in fs:
        lock = _thread.allocate_lock()
        lock.acquire()
        done.append(lock)
        _thread.start_new_thread(body, (f, lock))
    for lock in done:
        lock.acquire()


def body(f, lock):
    try:
        f()
    finally:
        lock.release()


def step():
    pass


def linger():
    for i in range(1500):
        pass
