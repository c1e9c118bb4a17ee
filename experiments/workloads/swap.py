"""Two threads swap items between two lists in opposite directions, item by item, without a lock; atomic=1 in atomic blocks."""
import harness


def setup(k):
    return [("a", i) for i in range(k.size)], [("b", i) for i in range(k.size)]


def run(k, lists):
    a, b = lists
    if k.atomic:
        from gilt import atomic

    def work(t):
        x, y = (a, b) if t == 0 else (b, a)
        for _ in range(k.rounds):
            for i in range(k.size):
                if k.atomic:
                    with atomic:
                        x[i], y[i] = y[i], x[i]
                else:
                    x[i], y[i] = y[i], x[i]

    harness.threads(2, work)


def verify(k, lists, _):
    # an even number of swaps of every pair: all is as before, unless a swap was torn by a switch between load and store
    a, b = lists
    astray = 0
    for i in range(k.size):
        pair = sorted([a[i], b[i]])
        if pair != [("a", i), ("b", i)]:
            astray += 1
    return {"astray": astray, "cells": 2 * k.size}


if __name__ == "__main__":
    harness.main(setup, run, verify, size=64, rounds=60, atomic=0)
