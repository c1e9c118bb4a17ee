import threading
out = []
m = threading.Lock()
def node(d):
    if d == 0:
        with m: out.append(1)
        return
    ts = [threading.Thread(target=node, args=(d - 1,)) for _ in range(2)]
    for t in ts: t.start()
    for t in ts: t.join()
node(4)
print(len(out))
