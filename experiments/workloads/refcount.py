"""Threads read one shared object; counted=1 also writes its reference count, as CPython does at every use."""
import harness


class Shared:
    pass


def setup(k):
    s = Shared()
    s.value = 3
    s.count = 1
    return s


def run(k, s):
    total = [0] * k.threads

    def work(t):
        x = 0
        for i in harness.share(k.n, k.threads, t):
            if k.counted:
                s.count += 1
                x += s.value
                s.count -= 1
            else:
                x += s.value
        total[t] = x

    harness.threads(k.threads, work)
    return sum(total)


def verify(k, s, total):
    assert total == 3 * k.n, total


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=4000, counted=1)
