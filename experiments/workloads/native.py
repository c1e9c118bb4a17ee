"""A loop counts while others compute: another loop (beside=python), native code that holds the lock, or releases it."""
import threading
import time
import harness

ROUND = 1000


class State:
    stop = False
    started = False


class Loop:
    """What one loop has done, each in an object of its own."""
    count = 0


class State:
    stop = False

    def __init__(self, loops):
        self.loops = [Loop() for _ in range(loops)]

    def now(self):
        return harness.clock(), sum(l.count for l in self.loops)


def setup(k):
    return State(2 if k.beside == "python" else 1)


def run(k, s):
    def loop(mine):
        n = 0
        while not s.stop:
            for _ in range(ROUND):
                n += 1
            mine.count = n

    # What a native call sees is counted from its own beginning to its own end: how long it waits for the lock before that is
    # another matter.
    begun, ended = [], []

    def native():
        import busy
        wait = busy.busy_wait_holding if k.beside == "holding" else busy.busy_wait_releasing
        begun.append(s.now())
        for _ in range(k.calls):
            wait(k.seconds / k.calls)
        ended.append(s.now())

    loops = [threading.Thread(target=loop, args=(l,)) for l in s.loops]
    others = [threading.Thread(target=native) for _ in range(k.threads)] if k.beside in ("holding", "releasing") else []
    for t in loops:
        t.start()
    while not all(l.count for l in s.loops):
        time.sleep(0.0005)
    start = harness.clock()
    for t in others:
        t.start()
    if others:
        for t in others:
            t.join()
    else:
        begun.append(s.now())
        time.sleep(k.seconds)
        ended.append(s.now())
    seconds = harness.clock() - start
    s.stop = True
    for t in loops:
        t.join()
    (t0, n0), (t1, n1) = min(begun), max(ended)
    return (n1 - n0) / float(len(loops)) / (t1 - t0), seconds


def verify(k, s, result):
    rate, seconds = result
    assert all(l.count % ROUND == 0 for l in s.loops) and rate >= 0
    assert seconds >= k.seconds * 0.9, seconds
    return {"rate": rate, "window": seconds}


if __name__ == "__main__":
    harness.main(setup, run, verify, beside="alone", seconds=0.1, threads=1, calls=1)
