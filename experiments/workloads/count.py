"""Threads count down: how=sequential does it in turn in one thread, how=threads in threads, how=processes in processes."""
import harness


def countdown(n):
    while n > 0:
        n -= 1
    return n


def setup(k):
    if k.how == "processes":
        import multiprocessing
        return multiprocessing.get_context("fork")
    return None


def run(k, context):
    left = [None] * k.threads

    def work(i):
        left[i] = countdown(k.n)

    if k.how == "sequential":
        for i in range(k.threads):
            work(i)
    elif k.how == "threads":
        harness.threads(k.threads, work)
    else:
        ps = [context.Process(target=countdown, args=(k.n,)) for _ in range(k.threads)]
        for p in ps:
            p.start()
        for i, p in enumerate(ps):
            p.join()
            left[i] = p.exitcode
    return left


def verify(k, context, left):
    assert left == [0] * k.threads, left


if __name__ == "__main__":
    harness.main(setup, run, verify, how="threads", threads=2, n=100000)
