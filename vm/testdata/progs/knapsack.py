# Knapsack three ways: dynamic programming over weights, memoized recursion, branch and bound; they must agree.
import functools
import heapq
import random
from fractions import Fraction
from typing import NamedTuple


class Item(NamedTuple):
    name: str
    weight: int
    value: int

    @property
    def density(self):
        return Fraction(self.value, self.weight)


def by_table(items, capacity):
    best = [0] * (capacity + 1)
    take = [[False] * (capacity + 1) for _ in items]
    for i, it in enumerate(items):
        for w in range(capacity, it.weight - 1, -1):
            v = best[w - it.weight] + it.value
            if v > best[w]:
                best[w], take[i][w] = v, True
    chosen, w = [], capacity
    for i in reversed(range(len(items))):
        if take[i][w]:
            chosen.append(items[i])
            w -= items[i].weight
    return best[capacity], chosen[::-1]


def by_memo(items, capacity):
    @functools.lru_cache(maxsize=None)
    def best(i, room):
        if i == len(items):
            return 0
        skip = best(i + 1, room)
        if items[i].weight > room:
            return skip
        return max(skip, items[i].value + best(i + 1, room - items[i].weight))
    value = best(0, capacity)
    return value, best.cache_info()


def by_bound(items, capacity):
    items = sorted(items, key=lambda it: it.density, reverse=True)

    def bound(i, room, value):
        while i < len(items) and items[i].weight <= room:
            room -= items[i].weight
            value += items[i].value
            i += 1
        return value + (items[i].density * room if i < len(items) else 0)

    best, nodes = 0, 0
    heap = [(-bound(0, capacity, 0), 0, 0, capacity, 0)]
    ids = 1
    while heap:
        limit, _, i, room, value = heapq.heappop(heap)
        nodes += 1
        if -limit <= best:
            break
        if i == len(items):
            best = max(best, value)
            continue
        it = items[i]
        choices = [(room, value)]
        if it.weight <= room:
            choices.append((room - it.weight, value + it.value))
            best = max(best, value + it.value)
        for r, v in choices:
            b = bound(i + 1, r, v)
            if b > best or b == best == v:
                heapq.heappush(heap, (-b, ids, i + 1, r, v))
                ids += 1
    return best, nodes


random.seed(2024)
for n, capacity in ((5, 20), (10, 50), (16, 80)):
    items = [Item(chr(ord("A") + i), random.randint(1, 20), random.randint(5, 60)) for i in range(n)]
    value, chosen = by_table(items, capacity)
    memo, info = by_memo(items, capacity)
    bounded, nodes = by_bound(items, capacity)
    assert value == memo == bounded == sum(it.value for it in chosen), (value, memo, bounded)
    print(f"{n:2} items, capacity {capacity}: value {value}, weight {sum(it.weight for it in chosen)}, take {''.join(it.name for it in chosen)}")
    print("   calls:", info.misses, "states,", info.hits, "hits;", "nodes with bounds:", nodes)
    print("   densest:", max(items, key=lambda it: (it.density, it.name)), "lightest:", min(items, key=Item._fields.index and (lambda it: it[1:])))
