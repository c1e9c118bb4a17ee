import threading
e = threading.Event()
print(e.is_set(), e.wait(0.001))
r = []
def f(i):
    r.append((i, e.wait()))
ts = [threading.Thread(target=f, args=(i,)) for i in range(5)]
for t in ts: t.start()
e.set()
for t in ts: t.join()
print(sorted(r), e.is_set(), e.wait())
e.clear()
print(e.is_set())
