# regimes: gil stm rw locks
# What asks for more memory than there can be gets a MemoryError or an OverflowError before anything is allocated, in
# the middle of a slice too; the thread goes on, and what it had done before stands.
import threading

done = []
BOMBS = [
    lambda: 'x' * 10**10,
    lambda: b'x' * 10**10,
    lambda: [0] * 10**12,
    lambda: (1, 2) * 10**12,
    lambda: bytearray(10**13),
    lambda: '%*d' % (2**40, 1),
    lambda: 'x'.ljust(10**12),
    lambda: 'ab'.replace('b', 'x' * 10**6).join(['y' * 10**5] * 10**6),
    lambda: [0] * 10**30,
    lambda: 'x' * 10**30,
]


def work(name):
    for i, bomb in enumerate(BOMBS):
        done.append((name, i))
        try:
            bomb()
        except (MemoryError, OverflowError, ValueError) as e:
            done.append((name, i, type(e).__name__))
        else:
            done.append((name, i, 'went off'))


threads = [threading.Thread(target=work, args=(n,)) for n in 'ab']
for t in threads:
    t.start()
for t in threads:
    t.join()
a = [d[1:] for d in done if d[0] == 'a']
b = [d[1:] for d in done if d[0] == 'b']
print(a == b, a)
