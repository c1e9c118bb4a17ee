"""Look-ups by int. Prints how many iterations ran and, with -t, ns per iteration."""
import sys
import time


def run(n):
    d = {k: k for k in range(100)}
    s = 0
    for i in range(n):
        s += d[i % 100]
    return s


if len(sys.argv) > 1:
    n = int(sys.argv[1])
else:
    n = 1000
start = time.perf_counter()
run(n)
if len(sys.argv) > 2:
    print(round((time.perf_counter() - start) * 1e9 / n, 1))
else:
    print(n)
