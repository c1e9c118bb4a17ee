# Interrupted in the midst of a loop, with other threads busy.
import threading

stop = []
x = [0]


def busy():
    while not stop:
        x[0] += 1


t = threading.Thread(target=busy)
t.start()
try:
    print('ready', flush=True)
    while True:
        x[0] += 1
except KeyboardInterrupt:
    print('interrupted', flush=True)
finally:
    stop.append(1)
t.join()
print('end')
