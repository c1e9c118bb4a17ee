import threading, queue
q = queue.Queue(maxsize=5)
res = queue.Queue()
def prod(k):
    for i in range(40): q.put(k * 1000 + i)
def cons():
    while True:
        x = q.get()
        if x is None: break
        res.put(x)
        q.task_done()
    q.task_done()
ps = [threading.Thread(target=prod, args=(k,)) for k in range(3)]
cs = [threading.Thread(target=cons) for _ in range(3)]
for t in ps + cs: t.start()
for t in ps: t.join()
for _ in cs: q.put(None)
q.join()
for t in cs: t.join()
got = []
while not res.empty(): got.append(res.get_nowait())
print(len(got), sorted(got)[:5], sum(got), q.qsize(), q.full(), q.empty())
