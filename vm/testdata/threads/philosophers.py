import threading
N = 5
forks = [threading.Lock() for _ in range(N)]
meals = [0] * N
def phil(i):
    a, b = sorted((i, (i + 1) % N))
    for _ in range(30):
        with forks[a]:
            with forks[b]:
                meals[i] += 1
ts = [threading.Thread(target=phil, args=(i,)) for i in range(N)]
for t in ts: t.start()
for t in ts: t.join()
print(meals, [f.locked() for f in forks])
