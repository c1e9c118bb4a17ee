"""Threads count down: how=sequential does it in turn in one thread, else in threads, processes or interpreters."""
import harness


def countdown(n):
    while n > 0:
        n -= 1
    return n


def setup(k):
    if k.how == "processes":
        import multiprocessing
        return getattr(multiprocessing, "get_context", lambda how: multiprocessing)("fork")
    if k.how == "interpreters":
        import _interpreters
        ids = [_interpreters.create() for _ in range(k.threads)]
        for i in ids:
            _interpreters.run_string(i, SOURCE)
        return _interpreters, ids
    return None


SOURCE = """
def countdown(n):
    while n > 0:
        n -= 1
    return n
"""


def run(k, context):
    left = [None] * k.threads

    def work(i):
        left[i] = countdown(k.n)

    def inside(i):
        module, ids = context
        if module.run_string(ids[i], "assert countdown(%d) == 0" % k.n) is None:
            left[i] = 0

    if k.how == "sequential":
        for i in range(k.threads):
            work(i)
    elif k.how == "processes":
        ps = [context.Process(target=countdown, args=(k.n,)) for _ in range(k.threads)]
        for p in ps:
            p.start()
        for i, p in enumerate(ps):
            p.join()
            left[i] = p.exitcode
    else:
        harness.threads(k.threads, inside if k.how == "interpreters" else work)
    return left


def verify(k, context, left):
    assert left == [0] * k.threads, left


if __name__ == "__main__":
    harness.main(setup, run, verify, how="threads", threads=2, n=100000)
