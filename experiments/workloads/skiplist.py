"""A skip list that all threads insert into and look up, under one lock (after the skip list of PyPy's measurements)."""
import threading
import harness

LEVELS = 10


class Node:
    def __init__(self, key, height):
        self.key = key
        self.next = [None] * height


class SkipList:
    def __init__(self):
        self.head = Node(-1, LEVELS)
        self.lock = threading.Lock()

    def before(self, key):
        path = [None] * LEVELS
        node = self.head
        for level in range(LEVELS - 1, -1, -1):
            after = node.next[level]
            while after is not None and after.key < key:
                node = after
                after = node.next[level]
            path[level] = node
        return path

    def insert(self, key, height):
        path = self.before(key)
        after = path[0].next[0]
        if after is not None and after.key == key:
            return False
        node = Node(key, height)
        for level in range(height):
            node.next[level] = path[level].next[level]
            path[level].next[level] = node
        return True

    def find(self, key):
        after = self.before(key)[0].next[0]
        return after is not None and after.key == key


def height(r):
    h = 1
    while h < LEVELS and r.below(4) == 0:
        h += 1
    return h


def setup(k):
    s = SkipList()
    r = harness.Random(3)
    for _ in range(k.n):
        s.insert(r.below(k.n * 8), height(r))
    return s


def run(k, s):
    added = [0] * k.threads

    def work(t):
        r = harness.Random(100 + t)
        mine = 0
        for i in harness.share(k.n, k.threads, t):
            key = i * 7919 % (k.n * 8)
            with s.lock:
                if i % 4 == 0:
                    mine += s.insert(key, height(r))
                else:
                    s.find(key)
        added[t] = mine

    start = length(s)
    harness.threads(k.threads, work)
    return start + sum(added)


def length(s):
    n, last, node = 0, -1, s.head.next[0]
    while node is not None:
        assert node.key > last
        n, last, node = n + 1, node.key, node.next[0]
    return n


def verify(k, s, want):
    assert length(s) == want, (length(s), want)


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=2000)
