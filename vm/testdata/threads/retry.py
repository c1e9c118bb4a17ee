# regimes: stm
import threading
from gilt import atomic, retry, or_else
box = [None]
out = []
def cons():
    for _ in range(8):
        with atomic:
            if box[0] is None: retry()
            out.append(box[0])
            box[0] = None
def prod():
    for i in range(8):
        with atomic:
            if box[0] is not None: retry()
            box[0] = i
ts = [threading.Thread(target=x) for x in (cons, prod)]
for t in ts: t.start()
for t in ts: t.join()
print(out)
a = [1, 2]
def first():
    a[0] = 99
    a.append(3)
    retry()
def second():
    return list(a)
def go():
    with atomic:
        a[1] = 7
        print(or_else(first, second))
t = threading.Thread(target=go); t.start(); t.join()
print(a)
