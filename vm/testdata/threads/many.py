import threading
n = [0]
lock = threading.Lock()
gate = threading.Event()
def f():
    gate.wait()
    with lock: n[0] += 1
ts = [threading.Thread(target=f) for _ in range(60)]
for t in ts: t.start()
gate.set()
for t in ts: t.join()
print(n)
for i in range(60):
    t = threading.Thread(target=f); t.start(); t.join()
print(n)
