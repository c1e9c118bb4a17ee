"""Threads in tests."""


def requires_working_threading(*, module=False):
    return lambda f: f


reap_threads = lambda f: f


def threading_setup():
    return ()


def threading_cleanup(*a):
    pass


class start_threads:
    def __init__(self, threads, unlock=None):
        self.threads = list(threads)

    def __enter__(self):
        for t in self.threads:
            t.start()
        return self.threads

    def __exit__(self, *a):
        for t in self.threads:
            t.join()
