"""Runs the kernels under gilt and under a CPython, alternately, and prints CPython's time over gilt's: above 1, gilt is faster.

    go build -o /tmp/gilt . && python3 vm/testdata/compare.py /tmp/gilt python3.13 [REPETITIONS [KERNEL ...]]
"""
import math
import os
import subprocess
import sys
import time

# At least 0.3 s each under CPython, so that starting (10 ms for either) does not count.
SIZES = {
    "intloop": 40000, "fib": 32, "nbody": 80000, "fannkuch": 9, "spectral": 400, "nqueens": 11, "bintrees": 14, "scheduler": 100000,
    "solver": 10000, "mandelbrot": 350, "strings": 300000, "dicts": 400000, "sorting": 60000, "generators": 600000, "pidigits": 3000,
}


def timed(command):
    start = time.time()
    done = subprocess.run(command, capture_output=True)
    return time.time() - start, done.stdout


def main(gilt, python, repetitions=6, *names):
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kernels")
    ratios = []
    for name in names or SIZES:
        args = [os.path.join(here, name + ".py"), str(SIZES[name])]
        ours, theirs = [], []
        for _ in range(int(repetitions)):
            a, out = timed([gilt, "run"] + args)
            b, want = timed([python] + args)
            assert out == want, name
            ours.append(a)
            theirs.append(b)
        a, b = sorted(ours)[len(ours) // 2], sorted(theirs)[len(theirs) // 2]
        ratios.append(b / a)
        print("%-12s gilt %.3f s  CPython %.3f s  %.2f" % (name, a, b, b / a), flush=True)
    print("geometric mean %.2f" % math.exp(sum(map(math.log, ratios)) / len(ratios)))


main(*sys.argv[1:])
