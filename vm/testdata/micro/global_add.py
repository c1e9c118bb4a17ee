"""A global variable, read and written. Prints how many iterations ran and, with -t, ns per iteration."""
import sys
import time


g = 0


def run(n):
    global g
    for i in range(n):
        g += 1
    return g


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
