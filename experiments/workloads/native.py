"""A loop counts while others compute: another loop (beside=python), native code that holds the lock, or releases it."""
import threading
import time
import harness

ROUND = 1000


class State:
    stop = False
    started = False


def setup(k):
    return State()


def run(k, s):
    counts = [0, 0]

    def loop(which):
        n = 0
        s.started = True
        while not s.stop:
            for _ in range(ROUND):
                n += 1
        counts[which] = n

    def native():
        import busy
        wait = busy.busy_wait_holding if k.beside == "holding" else busy.busy_wait_releasing
        for _ in range(k.calls):
            wait(k.seconds / k.calls)

    loops = [threading.Thread(target=loop, args=(0,))]
    if k.beside == "python":
        loops.append(threading.Thread(target=loop, args=(1,)))
    others = [threading.Thread(target=native) for _ in range(k.threads)] if k.beside in ("holding", "releasing") else []
    for t in loops:
        t.start()
    while not s.started:
        time.sleep(0.0005)
    start = harness.clock()
    for t in others:
        t.start()
    if others:
        for t in others:
            t.join()
    else:
        time.sleep(k.seconds)
    seconds = harness.clock() - start
    s.stop = True
    for t in loops:
        t.join()
    return counts, seconds


def verify(k, s, result):
    counts, seconds = result
    assert counts[0] % ROUND == 0 and counts[0] >= 0
    assert seconds >= k.seconds * 0.9, seconds
    return {"iterations": counts[0], "window": seconds}


if __name__ == "__main__":
    harness.main(setup, run, verify, beside="alone", seconds=0.1, threads=1, calls=1)
