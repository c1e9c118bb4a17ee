"""List elements, read and written. Prints how many iterations ran and, with -t, ns per iteration."""
import sys
import time


def run(n):
    a = [1, 2, 3, 4]
    for i in range(n):
        a[i & 3] = a[(i + 1) & 3]
    return a


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
