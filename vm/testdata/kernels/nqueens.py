"""Queens on a board: recursion with sets and with generators."""
import sys


def place(n, row, cols, up, down):
    if row == n:
        return 1
    found = 0
    for c in range(n):
        if c in cols or row + c in up or row - c in down:
            continue
        cols.add(c)
        up.add(row + c)
        down.add(row - c)
        found += place(n, row + 1, cols, up, down)
        cols.remove(c)
        up.remove(row + c)
        down.remove(row - c)
    return found


def permutations(items):
    if not items:
        yield ()
    for i, x in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield (x,) + rest


def by_permutation(n):
    return sum(1 for p in permutations(tuple(range(n)))
               if len({p[i] + i for i in range(n)}) == n == len({p[i] - i for i in range(n)}))


n = int(sys.argv[1]) if len(sys.argv) > 1 else 6
print(place(n, 0, set(), set(), set()), by_permutation(min(n, 8)))
