# Everything that keeps a place in a container, while the container changes hands: published in the middle of an iteration, and (where the
# interpreter switches between transactions and its lock) claimed and published again.
import threading
from collections import Counter, OrderedDict, defaultdict, deque

N = 60
published = []


def iterate(n, results):
    mine = {i: i * i for i in range(n)}
    seen = []
    for k in mine:
        published.append(mine)
        seen.append(k)
        sum(range(40))
    assert seen == list(range(n)), seen
    total = 0
    for k, v in mine.items():
        total += k * v
        for _ in range(10):
            total += 0
    back = []
    for k in reversed(mine):
        back.append(k)
        mine[k] = -k
    assert back == list(range(n))[::-1]
    it = iter(mine)
    first = next(it)
    words = [str(i) for i in range(n)]
    published.append(words)
    joined = ""
    for w in words:
        joined += w
        published.append(w)
    s = set(words)
    published.append(s)
    count = 0
    for w in s:
        count += int(w)
        sum(range(30))
    d = deque(range(n))
    published.append(d)
    turned = 0
    for x in d:
        turned = turned * 3 % 1000003 + x
    while len(d) > 1:
        d.append(d.popleft() + d.popleft())
    results.append((total, first, next(it), len(list(it)), len(joined), count, turned, d[0]))


def keyed(n, results):
    rows = [[(i * 7919) % 101, i] for i in range(n)]
    published.append(rows)
    for _ in range(5):
        rows.sort(key=lambda r: (sum(range(20)), r[0]))
        rows.sort(key=lambda r: -r[1])
    groups = defaultdict(list)
    published.append(groups)
    for a, b in rows:
        groups[a % 7].append(b)
    c = Counter(a % 5 for a, _ in rows)
    published.append(c)
    o = OrderedDict((str(a), b) for a, b in rows)
    published.append(o)
    for k in list(o)[::2]:
        o.move_to_end(k)
    results.append((rows[0], sorted((k, len(v)) for k, v in groups.items()), sorted(c.items()), len(o), list(o)[-1]))


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return sum(range(15)) * 0 + self.n % 4

    def __eq__(self, other):
        sum(range(15))
        return self.n == other.n


def compared(n, results):
    d = {}
    published.append(d)
    for i in range(n):
        d[Key(i % 17)] = i
    found = [d[Key(i)] for i in range(17)]
    gone = [d.pop(Key(i)) for i in range(0, 17, 2)]
    results.append((found, gone, len(d)))


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


def chained(n, results):
    head = None
    for i in range(n):
        head = Node(i, head)
        published.append(head)
    total = 0
    node = head
    while node is not None:
        node.mark = total
        total += node.value
        node.extra = [node.mark]
        node = node.next
    node = head
    marks = 0
    while node is not None:
        marks += node.extra[0] + node.mark
        node = node.next
    results.append((total, marks))


shared = {"count": 0, "list": [], "inner": {"n": 0}}
lock = threading.Lock()


def common(n, results):
    for i in range(n):
        with lock:
            shared["count"] += 1
            shared["list"].append(i)
            shared["inner"]["n"] += i
    results.append(None)


def generate(n):
    box = {"at": 0}
    published.append(box)
    for i in range(n):
        box["at"] += i
        yield box["at"]


def generated(n, results):
    results.append(list(generate(n)))


rounds = []
for work in (iterate, keyed, compared, chained, common, generated):
    results = []
    threads = [threading.Thread(target=work, args=(N, results)) for _ in range(3)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(results) == 3 and results[0] == results[1] == results[2], results
    rounds.append(results[0])
for r in rounds:
    print(r)
print(shared["count"], len(shared["list"]), sum(shared["list"]), shared["inner"])
