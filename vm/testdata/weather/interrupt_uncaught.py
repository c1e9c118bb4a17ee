# Nobody catches it: a traceback, status 130.
import threading

x = [0]


def busy():
    while True:
        x[0] += 1


threading.Thread(target=busy, daemon=True).start()
print('ready', flush=True)
while True:
    x[0] += 1
