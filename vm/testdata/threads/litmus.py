# Under a GIL: x and y are never seen torn, and both threads cannot read 0 after both have written.
import threading
bad = 0
lock = threading.Lock()
for r in range(25):
    box = {'x': 0, 'y': 0}
    res = [None, None]
    bar = threading.Barrier(2)
    def a():
        bar.wait()
        box['x'] = 1
        res[0] = box['y']
    def b():
        bar.wait()
        box['y'] = 1
        res[1] = box['x']
    ts = [threading.Thread(target=a), threading.Thread(target=b)]
    for t in ts: t.start()
    for t in ts: t.join()
    if res == [0, 0]: bad += 1
print(bad)
