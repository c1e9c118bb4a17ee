import threading
class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name='w%d' % n)
        self.n = n
        self.result = None
    def run(self):
        self.result = sum(range(self.n))
ws = [Worker(i * 100) for i in range(5)]
for w in ws: w.start()
for w in ws: w.join()
print([(w.name, w.result) for w in ws])
def f(a, b, *, c=0): out.append((a, b, c))
out = []
t = threading.Thread(target=f, args=(1, 2), kwargs={'c': 3}); t.start(); t.join(5)
print(out)
