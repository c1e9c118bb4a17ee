"""Threads do one task again and again until a time is over, as ccbench does: task=pi, regex or bz2; port=1 answers datagrams too."""
from __future__ import print_function
import socket
import sys
import threading
import harness

PI = "31415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679"
TEXT = "The global interpreter lock was taken at 10:45:01.250 by thread 17, and given back at 10:45:01.255. " * 12


def pi_digits(n):
    """The first digits of pi, by Gibbons's spigot: integers alone."""
    out = []
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return "".join(map(str, out))


class Tasks:
    def __init__(self, task, size):
        self.size = size
        if task == "regex":
            import re
            self.pattern = re.compile(r"(\d+):(\d+):(\d+)\.(\d+) by thread (\d+)")
        elif task == "bz2":
            import bz2
            self.compress, self.decompress = bz2.compress, bz2.decompress
        elif task == "zlib":
            import zlib
            self.compress, self.decompress = zlib.compress, zlib.decompress
        self.data = "".join("%d %s;" % (i * i % 7919, TEXT[i % 90:i % 90 + 20]) for i in range(400 * size)).encode()
        self.do = getattr(self, "bz2" if task == "zlib" else task)

    def pi(self):
        return pi_digits(100 * self.size)[:101] == PI[:100 * self.size]

    def regex(self):
        found = self.pattern.findall(TEXT * self.size)
        return len(found) == 12 * self.size and found[0] == ("10", "45", "01", "250", "17")

    def bz2(self):
        return 20 < len(self.compress(self.data)) < len(self.data)


def setup(k):
    try:
        tasks = Tasks(k.task, k.size)
    except ImportError:
        print("skipped", 1)
        raise SystemExit(0)
    s = None
    if k.port:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("127.0.0.1", 0))
        print("ready", s.getsockname()[1])
        sys.stdout.flush()
    return tasks, s


def run(k, state):
    tasks, s = state
    done = [0] * k.threads
    stop = []
    wrong = []

    def work(t):
        do = tasks.do
        n = 0
        while not stop:
            if not do():
                wrong.append(t)
            n += 1
        done[t] = n

    ts = [threading.Thread(target=work, args=(t,)) for t in range(k.threads)]
    start = harness.clock()
    for t in ts:
        t.start()
    answered = 0
    if s is None:
        while harness.clock() - start < k.seconds:
            harness.time.sleep(min(0.01, k.seconds))
    else:
        while True:
            data, sender = s.recvfrom(64)
            if data == b"stop":
                break
            s.sendto(data, sender)
            answered += 1
    stop.append(True)
    for t in ts:
        t.join()
    return sum(done), wrong, answered, harness.clock() - start


def verify(k, state, result):
    done, wrong, answered, seconds = result
    assert not wrong, wrong
    if k.task in ("bz2", "zlib"):
        tasks = state[0]
        assert tasks.decompress(tasks.compress(tasks.data)) == tasks.data
    return {"tasks": done, "answered": answered, "window": seconds}


if __name__ == "__main__":
    harness.main(setup, run, verify, task="pi", threads=1, seconds=0.2, size=1, port=0)
