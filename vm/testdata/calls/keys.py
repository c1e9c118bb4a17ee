# Every call that containers make of their keys' own methods is noted: which keys are hashed and compared, and in which order, is
# the program's business, and must not depend on how a container is kept.
import sys
import threading
from collections import Counter, OrderedDict, defaultdict, deque

calls = []
published = []


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        calls.append(self.n)
        return self.n % 3 * salt

    def __eq__(self, other):
        calls.append((self.n, other.n if isinstance(other, Key) else other))
        return isinstance(other, Key) and self.n == other.n

    def __repr__(self):
        return "K%d" % self.n


state = int(sys.argv[1])
salt = 1 if state % 2 else state * 1234567891  # ints of the same hash; other places in the tables
over = threading.Event()
threading.Thread(target=over.wait).start()  # somebody could be looking


def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
    return (state >> 33) % n


def key():
    r = rnd(12)
    if r == 0:
        return rnd(4)
    if r == 1:
        return "ab"[rnd(2)]
    return Key(rnd(14))


def tell(x):
    if isinstance(x, (set, frozenset)):
        return sorted(map(repr, x))
    return repr(x)


def on_dict(d, e):
    op = rnd(18)
    k = key()
    if op < 4:
        d[k] = rnd(100)
    elif op < 6:
        return d.pop(k, None)
    elif op == 6:
        return d.get(k)
    elif op == 7:
        return d.setdefault(k, 5)
    elif op == 8:
        return k in d
    elif op == 9:
        return d.popitem() if d else None
    elif op == 10:
        d.update(e)
    elif op == 11:
        return d == e
    elif op == 12:
        return d.copy() == d
    elif op == 13:
        return dict(e) | d
    elif op == 14:
        return dict.fromkeys(d, 1)
    elif op == 15:
        return d.keys() & e.keys()
    elif op == 16:
        return d.items() <= e.items() if rnd(2) else d.keys() - e.keys()
    elif rnd(8) == 0:
        d.clear()
    else:
        for x in list(d)[::2]:
            del d[x]


def on_set(s, u):
    op = rnd(18)
    k = key()
    if op < 4:
        s.add(k)
    elif op < 7:
        s.discard(k)
    elif op == 7:
        return k in s
    elif op == 8:
        s |= u
    elif op == 9:
        s -= u
    elif op == 10:
        s ^= u
    elif op == 11:
        return s & u
    elif op == 12:
        return s <= u, s == u, s.isdisjoint(u)
    elif op == 13:
        return s.copy()
    elif op == 14:
        return set(u) | s
    elif op == 15:
        return frozenset(s) == s
    elif op == 16:
        s.intersection_update(u) if rnd(4) == 0 else s.update(list(u))
    else:
        return s.pop() if s else None


def on_others(d, s):
    op = rnd(12)
    if op == 0:
        return Counter(d)
    if op == 1:
        return set(d)
    if op == 2:
        return dict.fromkeys(s)
    if op == 3:
        s.update(d)
    elif op == 4:
        return s - d.keys()
    elif op == 5:
        return list(d).index(next(iter(d))) if d else None
    elif op == 6:
        o = OrderedDict(d)
        published.append(o)
        for x in list(o)[::3]:
            o.move_to_end(x)
        return o
    elif op == 7:
        c = Counter(list(d))
        published.append(c)
        c.update(s)
        c.subtract(d)
        return c + Counter(s)
    elif op == 8:
        q = deque(d)
        published.append(q)
        return q.count(key()), key() in q
    elif op == 9:
        return key() in list(d), [key()] == list(d)[:1]
    elif op == 10:
        return {x: 1 for x in d} == d, {x for x in s} == s
    else:
        return tuple(d) == tuple(s)


dicts = [{}, {}, defaultdict(int)]
sets = [set(), set(), {1, 2}]
for step in range(int(sys.argv[2])):
    r = rnd(5)
    if r < 2:
        out = on_dict(dicts[rnd(3)], dicts[rnd(3)])
    elif r < 4:
        out = on_set(sets[rnd(3)], sets[rnd(3)])
    else:
        out = on_others(dicts[rnd(3)], sets[rnd(3)])
    if rnd(10) == 0:
        published.append(dicts[rnd(3)])
    if rnd(10) == 0:
        published.append(sets[rnd(3)])
    if rnd(60) == 0:
        i = rnd(3)
        dicts[i] = {}
        sets[rnd(3)] = set()
    print(step, tell(out) if not isinstance(out, Key) else out, calls)
    calls.clear()
print([tell(x) for x in dicts + sets])
over.set()
