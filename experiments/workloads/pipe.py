"""Items go through a queue from one thread to another (threads=2), or are put and taken by one (threads=1)."""
import harness
import queue


def setup(k):
    return queue.Queue(k.bound)


def run(k, q):
    got = []

    def take():
        total = 0
        for _ in range(k.n):
            total += q.get()
        got.append(total)

    def put():
        for i in range(k.n):
            q.put(i)

    if k.threads == 1:
        total = 0
        for i in range(k.n):
            q.put(i)
            total += q.get()
        return total
    harness.threads(2, lambda t: take() if t else put())
    return got[0]


def verify(k, q, total):
    assert total == k.n * (k.n - 1) // 2, total


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=2000, bound=0)
