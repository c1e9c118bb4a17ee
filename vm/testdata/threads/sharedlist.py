import threading
l = []
d = {}
s = set()
def f(i):
    for k in range(50):
        l.append(i)
        d[i, k] = k
        s.add(i * 50 + k)
ts = [threading.Thread(target=f, args=(i,)) for i in range(6)]
for t in ts: t.start()
for t in ts: t.join()
print(len(l), [l.count(i) for i in range(6)], len(d), sum(d.values()), len(s), sum(s))
