# Two LRU caches, a linked list with a dict and an OrderedDict, against each other; with expiry by a clock that is counted.
import random
from collections import OrderedDict


class Node:
    __slots__ = "key", "value", "prev", "next", "born"


class LinkedCache:
    def __init__(self, size, clock, ttl=None):
        self.size, self.clock, self.ttl = size, clock, ttl
        self.map = {}
        self.head = head = Node()
        head.prev = head.next = head
        self.hits = self.misses = self.evicted = self.expired = 0

    def _unlink(self, n):
        n.prev.next, n.next.prev = n.next, n.prev

    def _front(self, n):
        n.prev, n.next = self.head, self.head.next
        n.next.prev = n
        self.head.next = n

    def __getitem__(self, key):
        try:
            n = self.map[key]
        except KeyError:
            self.misses += 1
            raise
        if self.ttl is not None and self.clock() - n.born > self.ttl:
            del self[key]
            self.expired += 1
            self.misses += 1
            raise KeyError(key)
        self.hits += 1
        self._unlink(n)
        self._front(n)
        return n.value

    def __setitem__(self, key, value):
        n = self.map.get(key)
        if n is None:
            n = self.map[key] = Node()
            n.key = key
        else:
            self._unlink(n)
        n.value, n.born = value, self.clock()
        self._front(n)
        if len(self.map) > self.size:
            del self[self.head.prev.key]
            self.evicted += 1

    def __delitem__(self, key):
        self._unlink(self.map.pop(key))

    def __contains__(self, key):
        return key in self.map

    def __len__(self):
        return len(self.map)

    def __iter__(self):
        n = self.head.next
        while n is not self.head:
            yield n.key
            n = n.next


class OrderedCache(OrderedDict):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        self.move_to_end(key)
        if len(self) > self.size:
            self.popitem(last=False)


def main():
    ticks = iter(range(10**9))
    random.seed(99)
    a, b = LinkedCache(8, lambda: next(ticks)), OrderedCache(8)
    for step in range(1500):
        key = int(random.expovariate(0.15))
        if random.random() < 0.4:
            a[key] = b[key] = step
        else:
            got = []
            for c in (a, b):
                try:
                    got.append(c[key])
                except KeyError as e:
                    got.append(("missing", e.args))
            assert got[0] == got[1], (step, key, got)
        assert list(a) == list(b)[::-1], (step, list(a), list(b))
        if step % 300 == 0:
            print(step, list(a), len(a) == len(b))
    print("hits", a.hits, "misses", a.misses, "evicted", a.evicted, "expired", a.expired)
    c = LinkedCache(4, lambda: next(ticks), ttl=5)
    for i in range(30):
        c[i % 6] = i
        c[99] = "kept"
        for j in (i % 6, (i + 3) % 6):
            try:
                c[j]
            except KeyError:
                pass
    print(list(c), c.hits, c.misses, c.evicted, c.expired, 99 in c, [c.map[k].value for k in c])


main()
