"""A B-tree that all threads insert into, under one lock (after the btree of PyPy's measurements)."""
import threading
import harness

ORDER = 16


class Node:
    def __init__(self, leaf):
        self.leaf = leaf
        self.keys = []
        self.children = []


class Tree:
    def __init__(self):
        self.root = Node(True)
        self.lock = threading.Lock()

    def split(self, parent, at):
        child = parent.children[at]
        mid = len(child.keys) // 2
        right = Node(child.leaf)
        up = child.keys[mid]
        right.keys = child.keys[mid + 1:]
        child.keys = child.keys[:mid]
        if not child.leaf:
            right.children = child.children[mid + 1:]
            child.children = child.children[:mid + 1]
        parent.keys.insert(at, up)
        parent.children.insert(at + 1, right)

    def insert(self, key):
        root = self.root
        if len(root.keys) >= ORDER:
            top = Node(False)
            top.children.append(root)
            self.root = top
            self.split(top, 0)
        node = self.root
        while True:
            at = position(node.keys, key)
            if at < len(node.keys) and node.keys[at] == key:
                return False
            if node.leaf:
                node.keys.insert(at, key)
                return True
            if len(node.children[at].keys) >= ORDER:
                self.split(node, at)
                if key > node.keys[at]:
                    at += 1
                elif key == node.keys[at]:
                    return False
            node = node.children[at]

    def find(self, key):
        node = self.root
        while True:
            at = position(node.keys, key)
            if at < len(node.keys) and node.keys[at] == key:
                return True
            if node.leaf:
                return False
            node = node.children[at]

    def walk(self, node=None):
        node = node or self.root
        for i, key in enumerate(node.keys):
            if not node.leaf:
                yield from self.walk(node.children[i])
            yield key
        if not node.leaf:
            yield from self.walk(node.children[-1])


def position(keys, key):
    lo, hi = 0, len(keys)
    while lo < hi:
        mid = (lo + hi) // 2
        if keys[mid] < key:
            lo = mid + 1
        else:
            hi = mid
    return lo


def setup(k):
    tree = Tree()
    r = harness.Random(1)
    for _ in range(k.n):
        tree.insert(r.below(k.n * 8))
    return tree, set(tree.walk())


def run(k, state):
    tree, _ = state
    added = [None] * k.threads

    def work(t):
        mine = []
        for i in harness.share(k.n, k.threads, t):
            key = i * 7919 % (k.n * 8)
            with tree.lock:
                if i % 4 == 0:
                    if tree.insert(key):
                        mine.append(key)
                else:
                    tree.find(key)
        added[t] = mine

    harness.threads(k.threads, work)
    return added


def verify(k, state, added):
    tree, before = state
    keys = list(tree.walk())
    assert keys == sorted(set(keys))
    new = [x for mine in added for x in mine]
    assert len(new) == len(set(new))
    assert set(keys) == before | set(new)


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=2000)
