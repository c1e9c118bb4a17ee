import threading, queue
def stage(f, i, o):
    while True:
        x = i.get()
        if x is None:
            o.put(None)
            return
        o.put(f(x))
qs = [queue.SimpleQueue() for _ in range(4)]
fs = [lambda x: x + 1, lambda x: x * 2, lambda x: x - 3]
ts = [threading.Thread(target=stage, args=(f, qs[i], qs[i + 1])) for i, f in enumerate(fs)]
for t in ts: t.start()
for x in range(50): qs[0].put(x)
qs[0].put(None)
out = []
while (x := qs[-1].get()) is not None: out.append(x)
for t in ts: t.join()
print(out)
