# Interrupted in the waits that are made of others. Locks are shared with other threads: an interrupt must not come between a lock's acquisition and
# the block that gives it back.
import queue
import sched
import select
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait

stop = threading.Event()
pool = ThreadPoolExecutor(1)
future = pool.submit(stop.wait)
timer = threading.Timer(0, stop.wait)
timer.start()
full = queue.Queue(1)
full.put(1)
barrier = threading.Barrier(2)
left, right = socket.socketpair()
datagrams = socket.socket(type=socket.SOCK_DGRAM)
datagrams.bind(('127.0.0.1', 0))
again = threading.RLock()
held = threading.Event()


def hold():
    with again:
        held.set()
        stop.wait()


keeper = threading.Thread(target=hold)
keeper.start()
held.wait()
events = sched.scheduler(time.monotonic, time.sleep)
events.enter(100, 1, print)


def fill():
    while True:
        left.send(b'x' * 65536)


for name, f in (('rlock', again.acquire), ('put', lambda: full.put(2)), ('join of a queue', full.join), ('barrier', barrier.wait), ('future', future.result),
                ('wait', lambda: wait([future])), ('timer', timer.join), ('recv', lambda: left.recv(1)), ('recvfrom', lambda: datagrams.recvfrom(10)),
                ('send', fill), ('select', lambda: select.select([right], [], [right]) and select.select([datagrams], [], [])), ('sched', events.run),
                ('timed join', lambda: keeper.join(100)), ('timed event', lambda: threading.Event().wait(100)), ('shutdown', pool.shutdown)):
    try:
        print('ready', flush=True)
        f()
        print('no interrupt in', name)
    except KeyboardInterrupt:
        print('interrupted in', name, flush=True)
stop.set()
keeper.join()
timer.join()
print(future.result(), again.acquire(False), full.qsize(), barrier.broken, 'end')
