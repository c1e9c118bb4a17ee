# A loop whose end another thread brings about, where a slice cannot be cut: inside of a callback from native code.
import threading

flag = [0]
ready = threading.Event()


def wait(x):
    ready.set()
    while not flag[0]:
        pass
    return -x


def work():
    l = [1, 2, 3]
    l.sort(key=wait)
    out.append(l)


out = []
t = threading.Thread(target=work)
t.start()
ready.wait()
flag[0] = 1
t.join()
print(out)
