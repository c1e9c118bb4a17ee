# Python 2.7: thread, threading, and Queue under their old names, with sys.setcheckinterval.
import sys
import thread
import threading
import time
import Queue

sys.setcheckinterval(10)
print sys.getcheckinterval() in (10, 100)  # not every regime has one
lock = thread.allocate_lock()
done = []


def old_style(n, factor=1):
    with lock:
        done.append(n * factor)


for i in xrange(5):
    thread.start_new_thread(old_style, (i,), {"factor": 10})
while len(done) < 5:
    time.sleep(0.001)
print sorted(done), lock.locked(), lock.acquire(), lock.acquire(0)
lock.release()
q, out = Queue.Queue(3), Queue.LifoQueue()


def worker():
    while 1:
        item = q.get()
        if item is None:
            break
        out.put(item * item)
        q.task_done()


threads = [threading.Thread(target=worker) for _ in range(3)]
for t in threads:
    t.setDaemon(True)
    t.start()
for i in xrange(20):
    q.put(i)
q.join()
for t in threads:
    q.put(None)
for t in threads:
    t.join()
total = 0
while not out.empty():
    total += out.get()
print total, threading.activeCount(), threading.currentThread().getName(), len(threads)
try:
    q2 = Queue.Queue()
    q2.get_nowait()
except Queue.Empty, e:
    print "empty", repr(e)
pq = Queue.PriorityQueue()
for x in (3, 1, 2):
    pq.put(x)
print [pq.get() for _ in range(3)], pq.qsize()
event = threading.Event()
threading.Timer(0.001, event.set).start()
event.wait(10)
print event.isSet()
cond = threading.Condition()
box = []


def consumer():
    with cond:
        while not box:
            cond.wait()
        print "got", box.pop()


c = threading.Thread(target=consumer, name="consumer")
c.start()
with cond:
    box.append("item")
    cond.notifyAll()
c.join()
try:
    thread.error
    lock.release()
except thread.error, e:
    print "thread.error:", e
