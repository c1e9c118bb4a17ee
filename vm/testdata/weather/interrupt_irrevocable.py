# Interrupted in an atomic block that cannot be rolled back, and in one that can.
import threading
import time
from transaction import atomic, irrevocable

stop = []
x = [0]


def busy():
    while not stop:
        x[0] += 1


t = threading.Thread(target=busy)
t.start()
try:
    print('ready', flush=True)
    time.sleep(0.001)
    with atomic:
        y = x[0]
        irrevocable()
        while True:
            y += 1
except KeyboardInterrupt:
    print('interrupted', flush=True)
try:
    print('ready', flush=True)
    time.sleep(0.001)
    with atomic:
        while True:
            x[0] += 1
except KeyboardInterrupt:
    print('interrupted', flush=True)
finally:
    stop.append(1)
t.join()
print('end')
