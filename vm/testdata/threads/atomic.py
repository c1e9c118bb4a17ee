# The expected output does not need CPython: see atomic.out.
import threading, transaction
from gilt import atomic, is_atomic
a = [0, 0]
def f():
    for i in range(40):
        with atomic:
            a[0] += 1
            a[1] -= 1
ts = [threading.Thread(target=f) for _ in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]
print(a)
q = transaction.TransactionQueue()
for i in range(12): q.add(pow, i, 2)
print(q.run(), q.number_of_transactions_executed())
@atomic
def inc(n=1):
    a[0] += n
    return is_atomic()
print(inc(), inc(n=3), a[0], is_atomic())
def gen():
    for i in range(3):
        a.append(i)
        yield
transaction.add_generator(gen()); transaction.run(); print(a[2:])
def bad(): raise KeyError('z')
q.add(bad)
try: q.run()
except KeyError as e: print('KeyError', e)
