# regimes: gil stm rw locks
# Two locks in both orders: nothing can ever run again.
import _thread

a, b = _thread.allocate_lock(), _thread.allocate_lock()
both = [_thread.allocate_lock(), _thread.allocate_lock()]
for l in both:
    l.acquire()


def one():
    a.acquire()
    both[0].release()
    both[1].acquire()
    b.acquire()


print('before', flush=True)
_thread.start_new_thread(one, ())
b.acquire()
both[0].acquire()
both[1].release()
a.acquire()
print('after')
