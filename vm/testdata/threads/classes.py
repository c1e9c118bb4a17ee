import threading
class Node:
    __slots__ = ('v', 'next')
    def __init__(self, v, next): self.v, self.next = v, next
class Stack:
    def __init__(self):
        self.head = None; self.size = 0; self.lock = threading.RLock()
    def push(self, v):
        with self.lock:
            self.head = Node(v, self.head); self.size += 1
    def pop(self):
        with self.lock:
            if self.head is None: return None
            n = self.head; self.head = n.next; self.size -= 1
            return n.v
s = Stack()
popped = []
pl = threading.Lock()
def f(i):
    for k in range(40): s.push(i * 40 + k)
    for k in range(20):
        v = s.pop()
        with pl: popped.append(v)
ts = [threading.Thread(target=f, args=(i,)) for i in range(5)]
for t in ts: t.start()
for t in ts: t.join()
while (v := s.pop()) is not None: popped.append(v)
print(s.size, sorted(popped) == list(range(200)))
