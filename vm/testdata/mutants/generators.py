# regimes: gil stm rw
# Generators that are suspended and resumed in slices which are rolled back.
import threading

hot = [0]


def count(n):
    total = 0
    for i in range(n):
        total += i
        got = yield total
        total += got or 0


def chain(n):
    yield from count(n)


def work(n):
    a, b = count(1000), chain(1000)
    s = 0
    next(a), next(b)
    for i in range(n):
        s += a.send(1) + b.send(2)
        hot[0] += 1
    out.append(s)


out = []
threads = [threading.Thread(target=work, args=(60,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hot, out)
