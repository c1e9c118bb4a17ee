import random
class C:
    n = 0
    __slots__ = "v",
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        C.n += 1
        return self.v < o.v
def count(xs, **kw):
    xs = [C(x) for x in xs]
    C.n = 0
    ys = sorted(xs, **kw)
    return C.n, [y.v for y in ys] == sorted((x.v for x in xs), **kw)
random.seed(5)
for n in (0, 1, 2, 3, 5, 10, 31, 32, 33, 63, 64, 65, 100, 127, 128, 200, 500, 1000):
    print(n, count([random.random() for _ in range(n)]), count(range(n)), count(range(n, 0, -1)), count([random.randrange(4) for _ in range(n)]),
          count([i % 7 for i in range(n)]), count([0] * n), count(list(range(n // 2)) + list(range(n // 2))), count(list(range(n // 2)) + list(range(n // 2, 0, -1)), reverse=True),
          count([i if random.random() < .95 else random.randrange(n) for i in range(n)]), count(list(range(n)) + [random.randrange(n or 1) for _ in range(10)]))
for p in range(10):
    xs = []
    while len(xs) < 700:
        k = random.choice((3, 10, 40, 90, 200))
        base = random.randrange(1000)
        xs += [base + i * random.choice((1, 2)) for i in range(k)][::random.choice((1, -1))]
    print(count(xs))
class K(C):
    __slots__ = ()
    trace = []
    def __lt__(self, o):
        K.trace.append((self.v, o.v))
        return self.v < o.v
for n in (5, 20, 70, 150):
    K.trace = []
    sorted(K(random.randrange(n)) for _ in range(n))
    print(n, hash(tuple(K.trace)), K.trace[:30])
