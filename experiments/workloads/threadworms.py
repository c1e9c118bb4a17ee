"""Worms creep over a shared grid, a thread each; a move takes the cell ahead and frees one (after threadworms)."""
import threading
import harness

LENGTH = 6


def setup(k):
    size = k.size
    field = [[0] * size for _ in range(size)]
    worms = []
    for w in range(k.worms):
        y = w * size // k.worms
        body = [(x, y) for x in range(LENGTH)]
        for x, y in body:
            field[y][x] = w + 1
        worms.append(body)
    return field, worms, [threading.Lock() for _ in range(size)]


def creep(k, field, worm, w, r, locks):
    x, y = worm[-1]
    d = r.below(4)
    x = (x + (1, 0, -1, 0)[d]) % k.size
    y = (y + (0, 1, 0, -1)[d]) % k.size
    tx, ty = worm[0]
    first, second = locks[min(y, ty)], locks[max(y, ty)]
    with first:
        if y == ty:
            return step(field, worm, w, x, y, tx, ty)
        with second:
            return step(field, worm, w, x, y, tx, ty)


def step(field, worm, w, x, y, tx, ty):
    if field[y][x]:
        return 0
    field[y][x] = w + 1
    field[ty][tx] = 0
    worm.pop(0)
    worm.append((x, y))
    return 1


def run(k, state):
    field, worms, locks = state
    moved = [0] * k.threads

    def work(t):
        r = harness.Random(t + 5)
        mine = harness.share(k.worms, k.threads, t)
        if not mine:
            return
        total = 0
        for i in harness.share(k.n, k.threads, t):
            w = mine[i % len(mine)]
            total += creep(k, field, worms[w], w, r, locks)
        moved[t] = total

    harness.threads(k.threads, work)
    return sum(moved)


def verify(k, state, moved):
    field, worms, _ = state
    assert moved > 0
    for w, worm in enumerate(worms):
        assert len(worm) == LENGTH
        for x, y in worm:
            assert field[y][x] == w + 1
    assert sum(1 for row in field for c in row if c) == LENGTH * len(worms)


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=2000, size=96, worms=64)
