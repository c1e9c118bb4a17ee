# regimes: gil stm rw
# Closures, iterators and random numbers: state in single cells.
import random
import threading

hot = [0]


def work(n):
    count = 0

    def more():
        nonlocal count
        count += 1
        return count
    rnd = random.Random(5)
    it = iter(range(1000))
    pairs = zip(range(1000), enumerate(range(1000)))
    total = 0
    for i in range(n):
        more()
        total += next(it) + next(pairs)[1][0] + rnd.randrange(100)
        hot[0] += 1
    out.append((count, total, next(it), next(pairs)))


out = []
threads = [threading.Thread(target=work, args=(60,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
rnd = random.Random(5)
print(hot, out[0] == out[1] == out[2], out[0][0], out[0][1] - sum(rnd.randrange(100) for _ in range(60)), out[0][2:])
