import _thread, time
l = _thread.allocate_lock()
done = [0]
def f(i, k=0):
    with l: done[0] += i + k
for i in range(10): _thread.start_new_thread(f, (i,), {'k': 1})
while True:
    with l:
        if done[0] == 55: break
    time.sleep(0.001)
print(done)
for bad in ((1, ()), (f, 1), (f, (), 3)):
    try: _thread.start_new_thread(*bad)
    except TypeError as e: print(e)
e = _thread.allocate_lock(); e.acquire()
def g():
    try: _thread.exit()
    finally: e.release()
_thread.start_new_thread(g, ())
e.acquire(); print('exited')
r = []
_thread.start_new_thread(r.append, (7,))
while not r: time.sleep(0.001)
print(r)
