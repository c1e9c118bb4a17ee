# Single operations on containers are atomic: nothing is lost, nothing is there twice.
import threading
from collections import deque
q = deque(range(200))
got = [[] for _ in range(4)]
def f(i):
    while True:
        try: x = q.popleft()
        except IndexError: return
        got[i].append(x)
ts = [threading.Thread(target=f, args=(i,)) for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(sum(got, [])) == list(range(200)))
d = dict.fromkeys(range(100))
n = []
def g():
    k = 0
    while True:
        try: d.popitem(); k += 1
        except KeyError: n.append(k); return
ts = [threading.Thread(target=g) for i in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(sum(n), len(d))
e = {}
wins = []
def h(i):
    if e.setdefault('k', i) == i: wins.append(i)
ts = [threading.Thread(target=h, args=(i,)) for i in range(8)]
for t in ts: t.start()
for t in ts: t.join()
print(len(wins), wins[0] == e['k'])
