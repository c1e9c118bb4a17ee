# The same seed gives the same numbers as CPython.
import random

for seed in (42, 0, -7, 2**70, "text", b"bytes", 3.5, "é"):
    random.seed(seed)
    print(repr(seed), random.random(), random.getrandbits(40), random.getrandbits(100))
random.seed(1)
print([random.randint(1, 6) for _ in range(20)])
print(random.randrange(10), random.randrange(5, 50, 7), random.randrange(10**30))
print(random.choice("abcdef"), random.choices([1, 2, 3], k=6), random.choices("xyz", weights=[1, 5, 2], k=8))
l = list(range(20))
random.shuffle(l)
print(l)
print(random.sample(range(1000), 5), random.sample(range(10), 8), random.sample("abc", 4, counts=[2, 3, 1]))
print(random.uniform(1, 10), random.triangular(0, 1, 0.3), random.gauss(0, 1), random.gauss(5, 2), random.normalvariate(0, 1))
print(random.expovariate(2), random.betavariate(2, 3), random.gammavariate(0.5, 1), random.gammavariate(3, 2), random.lognormvariate(0, 0.25))
print(random.vonmisesvariate(1, 2), random.paretovariate(3), random.weibullvariate(1, 1.5), random.randbytes(7))
print(random.binomialvariate(10, 0.3), random.binomialvariate(100, 0.5), random.binomialvariate(1000, 0.7))
r = random.Random(99)
s = r.getstate()
a = [r.random() for _ in range(1000)]
r.setstate(s)
print(a == [r.random() for _ in range(1000)], sum(a))


class Mine(random.Random):
    def random(self):
        return 0.25


m = Mine(5)
print(m.random(), m.uniform(0, 8), m.choice([1, 2, 3, 4]), m.randrange(100))
for bad in ("random.randrange(0)", "random.randint(5, 1)", "random.choice([])", "random.sample([1], 2)", "random.sample({1}, 1)", "random.randrange(1, 5, 0)",
            "random.getrandbits(-1)", "random.choices([1, 2], [1])", "random.seed([])", "random.randint(1)"):
    try:
        print(eval(bad))
    except Exception as e:
        print(type(e).__name__, e)
