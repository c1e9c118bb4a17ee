import threading
acc = [100] * 6
m = threading.Lock()
bad = []
stop = [False]
def move(k):
    for i in range(60):
        a, b = (i * k) % 6, (i + k) % 6
        with m:
            acc[a] -= 5
            acc[b] += 5
def audit():
    for _ in range(40):
        with m:
            if sum(acc) != 600: bad.append(list(acc))
ts = [threading.Thread(target=move, args=(k,)) for k in (1, 2, 3)] + [threading.Thread(target=audit)]
for t in ts: t.start()
for t in ts: t.join()
print(sum(acc), bad)
