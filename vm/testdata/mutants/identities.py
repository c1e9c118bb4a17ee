# regimes: gil stm rw
# Identities decide: they must be the same when the order of slices is.
import threading

hot = [0]
ids = []


class Thing:
    pass


def work(n):
    for i in range(n):
        ids.append(id(Thing()) % 1000003)
        hot[0] += 1


threads = [threading.Thread(target=work, args=(30,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hot, len(ids))
