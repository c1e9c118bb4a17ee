import threading
s = threading.Semaphore(2)
inside = 0; peak = 0
m = threading.Lock()
def f():
    global inside, peak
    for _ in range(20):
        with s:
            with m:
                inside += 1
                peak = max(peak, inside)
            with m:
                inside -= 1
ts = [threading.Thread(target=f) for _ in range(6)]
for t in ts: t.start()
for t in ts: t.join()
print(inside, peak <= 2, s._value)
print(s.acquire(False), s.acquire(timeout=0.001), s.acquire(blocking=False))
s.release(2); print(s._value)
b = threading.BoundedSemaphore(1)
try:
    b.release()
except ValueError as e:
    print(e)
try:
    threading.Semaphore(-1)
except ValueError as e:
    print(e)
try:
    s.acquire(False, 1)
except ValueError as e:
    print(e)
try:
    s.release(0)
except ValueError as e:
    print(e)
