"""A generator driven by a builtin. Prints how many iterations ran and, with -t, ns per iteration."""
import sys
import time


def run(n):
    return sum(i for i in range(n))


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
