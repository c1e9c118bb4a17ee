import threading
lock = threading.Lock()
rlock = threading.RLock()
counts = [0] * 8
total = 0

def work(i):
    global total
    for _ in range(150):
        with lock:
            counts[i] += 1
        with rlock:
            with rlock:
                counts[i] += 1
    with lock:
        total += counts[i]

ts = [threading.Thread(target=work, args=(i,)) for i in range(8)]
for t in ts: t.start()
for t in ts: t.join()
print(counts, total)
