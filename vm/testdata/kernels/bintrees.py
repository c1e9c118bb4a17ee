"""Binary trees: allocation of small objects."""
import sys


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def check(self):
        if self.left is None:
            return 1
        return 1 + self.left.check() + self.right.check()


def make(depth):
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def main(n):
    low = 4
    high = max(low + 2, n)
    print("stretch tree of depth %d\t check: %d" % (high + 1, make(high + 1).check()))
    keep = make(high)
    for depth in range(low, high + 1, 2):
        count = 1 << (high - depth + low)
        total = 0
        for _ in range(count):
            total += make(depth).check()
        print("%d\t trees of depth %d\t check: %d" % (count, depth, total))
    print("long lived tree of depth %d\t check: %d" % (high, keep.check()))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 8)
