import threading
def gen(n):
    for i in range(n):
        yield i
out = {}
def f(k):
    out[k] = sum(x * k for x in gen(100)) + sum(y for y in (z + k for z in gen(50)))
ts = [threading.Thread(target=f, args=(k,)) for k in range(5)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(out.items()))
g = gen(60)
lock = threading.Lock()
got = []
def take():
    while True:
        with lock:
            x = next(g, None)
            if x is None: return
            got.append(x)
ts = [threading.Thread(target=take) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(got == list(range(60)))
