from concurrent.futures import ThreadPoolExecutor, as_completed, wait, Future, FIRST_COMPLETED, ALL_COMPLETED, CancelledError, TimeoutError
import threading
def sq(x): return x * x
def bad(x): raise KeyError(x)
with ThreadPoolExecutor(max_workers=3) as ex:
    print(list(ex.map(sq, range(20))))
    fs = [ex.submit(sq, i) for i in range(10)]
    print(sorted(f.result() for f in as_completed(fs)))
    f = ex.submit(bad, 'k')
    try: f.result()
    except KeyError as e: print('KeyError', e, f.exception() is e)
    done, pending = wait(fs)
    print(len(done), len(pending), all(f.done() for f in fs))
    called = []
    f = ex.submit(pow, 2, 10)
    f.add_done_callback(lambda f: called.append(f.result()))
    wait([f]); print(f.result(), f.running(), f.cancelled())
    print(list(ex.map(pow, [2, 3], [3, 2])))
print(called)
try: ex.submit(sq, 1)
except RuntimeError as e: print(e)
f = Future()
print(f.cancel(), f.cancelled())
try: f.result()
except CancelledError: print('cancelled')
f = Future()
try: f.result(timeout=0.001)
except TimeoutError: print('timeout')
f.set_result(5); print(f.result(), f.exception())
ev = threading.Event()
with ThreadPoolExecutor(1, thread_name_prefix='pool') as ex:
    a = ex.submit(ev.wait)
    b = ex.submit(sq, 3)
    print(b.cancel(), b.cancelled())
    n = ex.submit(lambda: threading.current_thread().name)
    ev.set()
    print(n.result())
