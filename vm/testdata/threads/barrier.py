import threading
N = 4
log = []
acts = []
b = threading.Barrier(N, action=lambda: acts.append(len(log)))
m = threading.Lock()
idx = []
def f(i):
    for r in range(5):
        with m: log.append(r)
        k = b.wait()
        with m: idx.append(k)
        b.wait()
ts = [threading.Thread(target=f, args=(i,)) for i in range(N)]
for t in ts: t.start()
for t in ts: t.join()
print(log == sorted(log), acts, sorted(idx))
print(b.parties, b.n_waiting, b.broken)
res = []
def g():
    try:
        b.wait()
    except threading.BrokenBarrierError:
        with m: res.append('broken')
ts = [threading.Thread(target=g) for _ in range(3)]
for t in ts: t.start()
b.abort()
for t in ts: t.join()
print(res, b.broken)
b.reset(); print(b.broken)
try:
    b.wait(0.001)
except threading.BrokenBarrierError:
    print('timeout breaks', b.broken)
try:
    threading.Barrier(0)
except ValueError as e:
    print(e)
