# regimes: gil stm rw
# Threads are started by slices that fail: each starts once.
import _thread

hot = [0]
ran = []


def child(i):
    ran.append(i)


def work(base, done):
    for i in range(20):
        hot[0] += 1
        _thread.start_new_thread(child, (base + i,))
        hot[0] += 1
    done.release()


locks = []
for b in (0, 100, 200):
    done = _thread.allocate_lock()
    done.acquire()
    locks.append(done)
    _thread.start_new_thread(work, (b, done))
for l in locks:
    l.acquire()
while len(ran) < 60:
    pass
print(hot, sorted(ran) == [b + i for b in (0, 100, 200) for i in range(20)])
