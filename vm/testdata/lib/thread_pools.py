# multiprocessing.pool.ThreadPool and multiprocessing.dummy: the parts of multiprocessing that are threads.
import multiprocessing
import multiprocessing.dummy
from multiprocessing.pool import ThreadPool
import threading


def square(x):
    return x * x


def add(a, b=0):
    return a + b


def bad(x):
    if x == 3:
        raise ValueError('three')
    return x


print(multiprocessing.cpu_count() >= 1, multiprocessing.current_process().name, multiprocessing.active_children())
with ThreadPool(3) as p:
    print(p.map(square, range(10)))
    print(p.starmap(add, [(1, 2), (3, 4)]))
    print(list(p.imap(square, range(6))))
    print(sorted(p.imap_unordered(square, range(6))))
    print(p.apply(add, (1,), {'b': 5}))
    r = p.apply_async(add, (2, 3))
    print(r.get(timeout=60), r.ready(), r.successful())
    try:
        p.map(bad, range(5))
    except ValueError as e:
        print('map raised', e)
    it = p.imap(bad, range(5))
    seen = []
    while True:
        try:
            seen.append(next(it))
        except ValueError as e:
            seen.append(str(e))
        except StopIteration:
            break
    print(seen)
    done = []
    r = p.map_async(square, [1, 2, 3], callback=done.append)
    r.wait()
    print(r.get(), done)
    errors = []
    r = p.apply_async(bad, (3,), error_callback=lambda e: errors.append(repr(e)))
    r.wait()
    print(r.successful(), errors)
    print(p.map(square, []), list(p.imap(square, [])))
    gate = threading.Event()
    r = p.apply_async(gate.wait)
    try:
        r.get(timeout=0.01)
    except multiprocessing.TimeoutError as e:
        print('timeout', repr(e))
    try:
        r.successful()
    except ValueError as e:
        print(str(e).endswith('not ready'))
    gate.set()
    print(r.get())

marks = []
p = ThreadPool(2, initializer=marks.append, initargs=('up',))
print(p.map(str, range(4)))
try:
    p.join()
except ValueError as e:
    print(e)
p.close()
p.join()
print(marks)
try:
    p.apply(square, (1,))
except ValueError as e:
    print(e)
for n in (0, -1):
    try:
        ThreadPool(n)
    except ValueError as e:
        print(e)

dummy = multiprocessing.dummy
q = dummy.Queue()
ps = [dummy.Process(target=q.put, args=(i,)) for i in range(4)]
for x in ps:
    x.start()
for x in ps:
    x.join()
print(sorted(q.get() for _ in ps), [x.exitcode for x in ps], dummy.active_children())
a, b = dummy.Pipe()
a.send({'k': 1})
print(b.poll(), b.recv(), b.poll())
v = dummy.Value('i', 5)
v.value += 1
print(v.value, dummy.Array('i', [1, 2])[1], dummy.Namespace(x=1))
with dummy.Pool(2) as p:
    print(p.map(square, range(3)))
