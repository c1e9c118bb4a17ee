"""Pipelines of generators."""
import sys


def integers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def squares(it):
    for x in it:
        yield x * x


def even(it):
    for x in it:
        if x % 2 == 0:
            yield x


def running(it):
    total = 0
    for x in it:
        total += x
        yield total


def tree(n):
    if n > 0:
        yield from tree(n - 1)
        yield n
        yield from tree(n - 2)


def averager():
    total = count = 0
    mean = None
    while True:
        x = yield mean
        total += x
        count += 1
        mean = total / count


def main(n):
    last = 0
    for last in running(even(squares(integers(n)))):
        pass
    avg = averager()
    next(avg)
    for i in range(n):
        mean = avg.send(i)
    print(last, sum(tree(14 if n > 1000 else 10)), mean, sum(x for x in (y + 1 for y in range(n)) if x % 3))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
