import threading, time
out = []
def f(i):
    time.sleep(0.004 * i)
    out.append(i)
    time.sleep(0)
t0 = time.monotonic()
ts = [threading.Thread(target=f, args=(i,)) for i in (5, 1, 3)]
for t in ts: t.start()
for t in ts: t.join()
dt = time.monotonic() - t0
print(sorted(out), dt >= 0.02)
t0 = time.monotonic()
for _ in range(4): time.sleep(0.002)
print(time.monotonic() - t0 >= 0.008)
awake = threading.Event()
t = threading.Thread(target=awake.wait); t.start()
t.join(0.001); print(t.is_alive())
awake.set()
t.join(); print(t.is_alive())
