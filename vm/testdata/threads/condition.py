import threading
c = threading.Condition()
items = []
out = []
def consumer(n):
    for _ in range(n):
        with c:
            while not items:
                c.wait()
            out.append(items.pop(0))
def producer(n):
    for i in range(n):
        with c:
            items.append(i)
            c.notify()
cs = [threading.Thread(target=consumer, args=(30,)) for _ in range(3)]
p = threading.Thread(target=producer, args=(90,))
for t in cs: t.start()
p.start(); p.join()
for t in cs: t.join()
print(sorted(out) == list(range(90)), len(out))
with c:
    print(c.wait(0.001), c.wait_for(lambda: False, 0.002), c.wait_for(lambda: 5))
for f in (c.wait, c.notify):
    try:
        f()
    except RuntimeError as e:
        print(e)
c2 = threading.Condition(threading.Lock())
woke = []
ready = threading.Semaphore(0)
def w(i):
    with c2:
        ready.release()
        c2.wait()
        woke.append(i)
ts = [threading.Thread(target=w, args=(i,)) for i in range(5)]
for t in ts: t.start()
for t in ts: ready.acquire()
with c2:
    c2.notify(2)
while True:
    with c2:
        if len(woke) == 2: break
with c2:
    c2.notify_all()
for t in ts: t.join()
print(sorted(woke))
