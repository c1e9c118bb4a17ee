# regimes: gil stm rw
# Slices that return from the function in which they began, and from its callers.
import threading

hot = [0]


def deep(n, acc):
    here = acc + n
    if n:
        below = deep(n - 1, here)
        here += below
        hot[0] += 1
        here += n
    else:
        hot[0] += 1
    return here


def work(n):
    s = 0
    for i in range(n):
        s = s * 3 % 1009 + deep(12, i)
    out.append(s)


out = []
threads = [threading.Thread(target=work, args=(8,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hot, out)
