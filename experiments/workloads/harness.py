"""What all workloads share: knobs from the command line, a barrier start, timing of run alone, verification always."""
from __future__ import print_function
import sys
import threading
import time

clock = getattr(time, "perf_counter", time.time)  # Python 2 has the other one only


class Knobs:
    """The workload's parameters: attributes, with defaults, set by arguments name=value."""

    def __init__(self, defaults):
        for name in defaults:
            setattr(self, name, defaults[name])
        for arg in sys.argv[1:]:
            name, _, value = arg.partition("=")
            if name not in defaults:
                raise SystemExit("unknown knob %r (known: %s)" % (name, ", ".join(sorted(defaults))))
            kind = type(defaults[name])
            setattr(self, name, kind(value))


def threads(n, work):
    """Runs work(0) ... work(n-1) in n threads. An exception in one is raised here."""
    failed = []

    def body(i):
        try:
            work(i)
        except BaseException as e:
            failed.append(e)

    ts = [threading.Thread(target=body, args=(i,)) for i in range(n)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    if failed:
        raise failed[0]


def share(total, n, i):
    """The i-th of n parts of range(total)."""
    return range(total * i // n, total * (i + 1) // n)


class Random:
    """A small generator, the same everywhere; one for each thread."""

    def __init__(self, seed):
        self.state = (seed * 2654435761 + 12345) & 0x7fffffff

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) & 0x7fffffff
        return (self.state >> 8) % n


def main(setup, run, verify, **defaults):
    k = Knobs(defaults)
    state = setup(k)
    start = clock()
    result = run(k, state)
    seconds = clock() - start
    for name, value in (verify(k, state, result) or {}).items():
        print(name, value)
    print("seconds", seconds)
