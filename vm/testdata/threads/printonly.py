# Threads that do nothing but print: for a reader-writer lock they are all readers.
import threading


def work():
    for i in range(100):
        print("a line\n", end="")


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("the end")
