import threading, _thread
l = threading.Lock()
print(l.acquire(), l.locked(), l.acquire(False), l.acquire(True, 0.001), l.acquire(timeout=0.001))
l.release()
print(l.locked())
for bad in (lambda: l.release(), lambda: l.acquire(False, 1), lambda: l.acquire(True, -2), lambda: l.acquire(True, 1e300)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
r = threading.RLock()
print(r.acquire(), r.acquire(), r._is_owned())
r.release(); r.release()
print(r._is_owned())
try:
    r.release()
except RuntimeError as e:
    print(e)
got = []
def other():
    got.append(r.acquire(False))
    try:
        r.release()
    except RuntimeError as e:
        got.append(str(e))
r.acquire()
t = threading.Thread(target=other); t.start(); t.join()
r.release()
print(got)
# a lock may be released by another thread
l.acquire()
t = threading.Thread(target=l.release); t.start()
print(l.acquire(), l.locked())
l.release()
with l as x:
    print(x, l.locked())
print(l.locked(), _thread.error is RuntimeError, threading.ThreadError is RuntimeError)
print(_thread.LockType is type(l), threading.TIMEOUT_MAX > 1e6)
