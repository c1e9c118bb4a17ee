"""What counts as a timeout, and what excepthook gets."""
import queue
import sched
import threading
import time
from fractions import Fraction


def attempt(f, *args, **kw):
    try:
        return f(*args, **kw)
    except (TypeError, ValueError, OverflowError, queue.Empty) as e:
        return '%s: %s' % (type(e).__name__, e)


taken = threading.Lock()
taken.acquire()
for x in 'x', Fraction(0), float('nan'), float('inf'), -float('inf'), 1e300, 10**30, 2**63, -0.5, -2, b'', True * 0, 0.0:
    print(repr(x), '|', attempt(taken.acquire, True, x), '|', attempt(time.sleep, x))
print(attempt(taken.acquire, False, None), '|', attempt(taken.acquire, False, 1), '|', attempt(taken.acquire, False, -1))

q = queue.SimpleQueue()
for x in 'x', -1, 0, 0.0:
    print(attempt(q.get, True, x), '|', attempt(q.get, False, x))

done = threading.Event()
t = threading.Thread(target=done.wait)
t.start()
for x in 0, -1, 'x', 0.0:
    print(attempt(t.join, x))
done.set()
t.join()

Args = threading.ExceptHookArgs
print(Args.__module__, Args.__name__, Args((ValueError, None, None, None)))
print(attempt(Args, (1, 2)), '|', attempt(Args, 3), '|', attempt(threading.excepthook, 1))


def hook(args):
    kind, value, tb, thread = args
    print('hook', len(args), kind is args.exc_type, value, tb is args[2], thread.name)


threading.excepthook = hook
t = threading.Thread(target=lambda: {}['missing'], name='T')
t.start()
t.join()

s = sched.scheduler()
e = s.enterabs(5, 1, print, ('late',))
early = s.enterabs(3, 1, print, ('early',), {'end': '.\n'})
print(e[:3], early < e, tuple(early)[4:], e._replace(priority=0) < e)
s.cancel(early)
print(attempt(s.cancel, early), s.queue == [e])

print('setprofile_all_threads' in threading.__all__)


class Short:
    asked = 0

    def __index__(self):
        self.asked += 1
        return 0


short = Short()
for i in range(3):
    time.sleep(short)
print(taken.acquire(True, short), short.asked)


class Asked:
    def __init__(self, value):
        self.value, self.asked = value, 0

    def __index__(self):
        self.asked += 1
        return self.value

    def __bool__(self):
        self.asked += 1
        return self.value


def hold(lock, held):
    with lock:
        held.set()
        time.sleep(0.01)


for make in threading.Lock, threading.RLock:
    for args in ((True, Asked(-1)), (Asked(True), -1), (Asked(True), Asked(-1)), (Asked(True),), (Asked(True), Asked(100))):
        lock, held = make(), threading.Event()
        holder = threading.Thread(target=hold, args=(lock, held))
        holder.start()
        held.wait()
        print(lock.acquire(*args), [a.asked for a in args if isinstance(a, Asked)])
        holder.join()
