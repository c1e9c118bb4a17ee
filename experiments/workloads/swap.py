"""Two threads swap items between two lists in opposite directions: how=items, calls, atomic, locks (each list's, own order)."""
import threading
import harness


def setup(k):
    return [("a", i) for i in range(k.size)], [("b", i) for i in range(k.size)], (threading.Lock(), threading.Lock())


def take(items, i):
    return items[i]


def put(items, i, item):
    items[i] = item


def run(k, lists):
    a, b, locks = lists
    if k.how == "atomic":
        from gilt import atomic

    def swap(t, x, y, i):
        if k.how == "atomic":
            with atomic:
                x[i], y[i] = y[i], x[i]
        elif k.how == "locks":  # mine first, then the other's: as one would without thinking
            with locks[t]:
                with take(locks, 1 - t):
                    x[i], y[i] = y[i], x[i]
        else:
            mine, other = take(x, i), take(y, i)
            put(x, i, other)
            put(y, i, mine)

    def work(t):
        x, y = (a, b) if t == 0 else (b, a)
        r = harness.Random(k.seed * 2 + t)
        for _ in range(k.rounds):
            for i in range(k.size):
                for _ in range(r.below(6)):  # or switches would come at the same place every time
                    pass
                if k.how == "items":
                    x[i], y[i] = y[i], x[i]
                else:
                    swap(t, x, y, i)

    harness.threads(2, work)


def verify(k, lists, _):
    # an even number of swaps of every pair: all is as before, unless a swap was torn by a switch between load and store
    a, b, _ = lists
    astray = 0
    for i in range(k.size):
        pair = sorted([a[i], b[i]])
        if pair != [("a", i), ("b", i)]:
            astray += 1
    return {"astray": astray, "cells": 2 * k.size}


if __name__ == "__main__":
    harness.main(setup, run, verify, size=64, rounds=60, how="items", seed=1)
