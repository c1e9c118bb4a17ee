import threading
class RW:
    def __init__(self):
        self.c = threading.Condition(); self.r = 0; self.w = False
    def rl(self):
        with self.c:
            self.c.wait_for(lambda: not self.w)
            self.r += 1
    def ru(self):
        with self.c:
            self.r -= 1
            if not self.r: self.c.notify_all()
    def wl(self):
        with self.c:
            self.c.wait_for(lambda: not self.w and not self.r)
            self.w = True
    def wu(self):
        with self.c:
            self.w = False
            self.c.notify_all()
rw = RW(); v = [0, 0]; bad = []
def reader():
    for _ in range(15):
        rw.rl()
        if v[0] != v[1]: bad.append(tuple(v))
        rw.ru()
def writer():
    for _ in range(10):
        rw.wl(); v[0] += 1; v[1] += 1; rw.wu()
ts = [threading.Thread(target=f) for f in (reader, writer, reader, writer, reader)]
for t in ts: t.start()
for t in ts: t.join()
print(v, bad)
