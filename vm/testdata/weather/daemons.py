# Daemons in the midst of everything when the program ends: their slices, locks and prints stop with it.
import threading

lock = threading.Lock()
d = {}
started = threading.Semaphore(0)


def spin(i):
    started.release()
    n = 0
    while True:
        n += 1
        d[i] = n


def locked(i):
    started.release()
    while True:
        with lock:
            d[i] = d.get(i, 0) + 1


def waits(i):
    started.release()
    threading.Event().wait()


for i, f in enumerate((spin, locked, waits, spin)):
    threading.Thread(target=f, args=(i,), daemon=True).start()
for _ in range(4):
    started.acquire()
with lock:
    print('end')
