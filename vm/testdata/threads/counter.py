import threading
n = 0
lock = threading.Lock()
def work():
    global n
    for _ in range(200):
        lock.acquire()
        try:
            n += 1
        finally:
            lock.release()
ts = [threading.Thread(target=work) for _ in range(5)]
[t.start() for t in ts]
[t.join() for t in ts]
print(n)
