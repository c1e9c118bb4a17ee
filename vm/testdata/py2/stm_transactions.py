# In the manner of PyPy-STM: a transaction queue, atomic blocks. Without those modules the same calls run one after another.
try:
    from transaction import TransactionQueue
except ImportError:
    class TransactionQueue(object):
        def __init__(self):
            self.todo = []

        def add(self, f, *args, **kw):
            self.todo.append((f, args, kw))

        def run(self):
            while self.todo:
                f, args, kw = self.todo.pop(0)
                f(*args, **kw)
try:
    from __pypy__.thread import atomic
except ImportError:
    import threading
    atomic = threading.RLock()
import thread
import time

counts = dict.fromkeys(range(5), 0)
total = [0]


def step(n):
    counts[n % 5] += n
    with atomic:
        before = total[0]
        total[0] = before + n


tq = TransactionQueue()
for n in xrange(60):
    tq.add(step, n)
tq.run()
print total[0], sorted(counts.iteritems())


class Node(object):
    def __init__(self, depth, tq):
        self.children = []
        self.depth = depth
        if depth:
            for _ in range(2):
                tq.add(self.grow, depth - 1, tq)

    def grow(self, depth, tq):
        self.children.append(Node(depth, tq))

    def count(self):
        return 1 + sum(c.count() for c in self.children)


tq = TransactionQueue()
root = Node(4, tq)
tq.run()
print root.count()
state = {"a": 100, "b": 0, "done": 0}


def move(times):
    for _ in xrange(times):
        with atomic:
            state["a"] -= 1
            state["b"] += 1
    with atomic:
        state["done"] += 1


for _ in range(4):
    thread.start_new_thread(move, (10,))
while state["done"] < 4:
    time.sleep(0.001)
print sorted(state.items())
tq = TransactionQueue()
tq.add(lambda: 1 / 0)
try:
    tq.run()
except ZeroDivisionError, e:
    print "raised:", e
