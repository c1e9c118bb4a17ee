"""Items go through a queue from one thread, process or interpreter to another (how=...), or are put and taken by one (how=one)."""
import harness


def setup(k):
    if k.how == "processes":
        import multiprocessing
        context = getattr(multiprocessing, "get_context", lambda how: multiprocessing)("fork")
        return context, context.Queue(k.bound)
    if k.how == "interpreters":
        from test.support import interpreters
        from test.support.interpreters import queues
        return interpreters.create(), queues.create(syncobj=True)
    try:
        import queue
    except ImportError:  # Python 2
        import Queue as queue
    return queue.Queue(k.bound)


def put_all(q, n):
    for i in range(n):
        q.put(i)


def run(k, q):
    got = []

    def take(get):
        total = 0
        for _ in range(k.n):
            total += get()
        got.append(total)

    if k.how == "one":
        total = 0
        for i in range(k.n):
            q.put(i)
            total += q.get()
        return total
    if k.how == "processes":
        context, q = q
        p = context.Process(target=put_all, args=(q, k.n))
        p.start()
        take(q.get)
        p.join()
    elif k.how == "interpreters":
        other, q = q
        put = "from test.support.interpreters import queues\nqueue = queues.Queue(%d)\nfor i in range(%d):\n    queue.put(i)"
        harness.threads(2, lambda i: take(q.get) if i else getattr(other, "exec")(put % (q.id, k.n)))
    else:
        harness.threads(2, lambda t: take(q.get) if t else put_all(q, k.n))
    return got[0]


def verify(k, q, total):
    assert total == k.n * (k.n - 1) // 2, total


if __name__ == "__main__":
    harness.main(setup, run, verify, how="threads", n=2000, bound=0)
