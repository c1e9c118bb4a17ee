import threading
seen = []
def hook(args):
    seen.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
threading.excepthook = hook
def bad(n): raise ValueError('bad %d' % n)
def leave(): raise SystemExit(3)
for i in range(3):
    t = threading.Thread(target=bad, args=(i,), name='t%d' % i); t.start(); t.join()
threading.excepthook = threading.__excepthook__
t = threading.Thread(target=leave); t.start(); t.join()
print(seen)
