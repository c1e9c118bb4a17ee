"""Heap queues: lists whose first element is the smallest."""

from _heapq import heappush, heappop, heapreplace, heappushpop, heapify, _heappop_max, _heapreplace_max, _heapify_max

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]


def merge(*iterables, key=None, reverse=False):
    """Merge sorted inputs into one sorted stream."""
    h = []
    if reverse:
        make, pop, replace, direction = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        make, pop, replace, direction = heapify, heappop, heapreplace, 1
    for order, it in enumerate(map(iter, iterables)):
        for value in it:
            h.append([value if key is None else key(value), order * direction, value, it.__next__])
            break
    make(h)
    while len(h) > 1:
        try:
            while True:
                k, order, value, nxt = s = h[0]
                yield value
                s[2] = value = nxt()
                s[0] = value if key is None else key(value)
                replace(h, s)
        except StopIteration:
            pop(h)
    if h:
        k, order, value, nxt = h[0]
        yield value
        yield from nxt.__self__


def nsmallest(n, iterable, key=None):
    """The n smallest elements, in order."""
    if n == 1:
        none = object()
        result = min(iterable, default=none, key=key)
        return [] if result is none else [result]
    return sorted(iterable, key=key)[:max(n, 0)]


def nlargest(n, iterable, key=None):
    """The n largest elements, largest first."""
    if n == 1:
        none = object()
        result = max(iterable, default=none, key=key)
        return [] if result is none else [result]
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
