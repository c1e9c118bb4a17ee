"""A pool of processes gets tasks whose function was defined before it started (late=0), or after (late=1): are all results there?"""
import multiprocessing
import os
import sys
import harness


def setup(k):
    return multiprocessing.get_context("fork")


def early(x):
    return x * x


def run(k, context):
    global late
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, 2)  # what the workers that die have to say
    pool = context.Pool(k.workers)

    def late(x):
        return x * x

    late.__qualname__ = "late"
    results = [pool.apply_async(late if k.late else early, (i,)) for i in range(k.n)]
    there = 0
    patience = k.seconds
    start = harness.clock()
    for i, r in enumerate(results):
        try:
            there += r.get(max(0.0, patience - (harness.clock() - start))) == i * i
        except multiprocessing.TimeoutError:
            pass
        except AttributeError:
            pass
    pool.terminate()
    pool.join()
    return there


def verify(k, context, there):
    return {"there": there, "lost": k.n - there}


if __name__ == "__main__":
    harness.main(setup, run, verify, late=0, workers=4, n=8, seconds=0.5)
