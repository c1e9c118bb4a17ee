# Interrupted in everything that waits.
import queue
import socket
import threading
import time

lock = threading.Lock()
lock.acquire()
stop = threading.Event()
t = threading.Thread(target=stop.wait)
t.start()
cond = threading.Condition()
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(1)


def wait_condition():
    with cond:
        cond.wait()


for name, f in (('lock', lock.acquire), ('timed lock', lambda: lock.acquire(True, 100)), ('event', threading.Event().wait),
                ('join', t.join), ('queue', queue.Queue().get), ('sleep', lambda: time.sleep(100)), ('condition', wait_condition),
                ('semaphore', threading.Semaphore(0).acquire), ('accept', server.accept)):
    try:
        print('ready', flush=True)
        f()
        print('no interrupt')
    except KeyboardInterrupt:
        print('interrupted in', name, flush=True)
stop.set()
t.join()
print(cond.acquire(False), lock.locked(), 'end')
