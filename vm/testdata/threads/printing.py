import threading
lock = threading.Lock()
turn = threading.Condition(lock)
now = [0]
def f(i):
    for r in range(4):
        with turn:
            while now[0] % 4 != i: turn.wait()
            print('round', r, 'thread', i)
            now[0] += 1
            turn.notify_all()
ts = [threading.Thread(target=f, args=(i,)) for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print('end')
