import threading
out = []
t = threading.Timer(0.005, out.append, args=['rang'])
t.start(); t.join()
u = threading.Timer(50, out.append, args=['never'])
u.start(); u.cancel(); u.join()
print(out, u.finished.is_set())
