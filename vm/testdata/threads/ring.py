import threading
N, ROUNDS = 6, 12
sems = [threading.Semaphore(0) for _ in range(N)]
out = []
def f(i):
    for r in range(ROUNDS):
        sems[i].acquire()
        out.append(i)
        sems[(i + 1) % N].release()
ts = [threading.Thread(target=f, args=(i,)) for i in range(N)]
for t in ts: t.start()
sems[0].release()
for t in ts: t.join()
print(out == list(range(N)) * ROUNDS)
