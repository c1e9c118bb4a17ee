# Whether a thread goes on depends on how long a shared list or dict is.
import threading
from transaction import atomic

queue, table = [0] * 500, {}
log = []


def work(me, n):
    for i in range(n):
        with atomic:
            if len(queue) < 550:
                queue.append(me)
        with atomic:
            at = len(table)
            sum(range(10))
            if at < 50:
                table[me, i] = at


threads = [threading.Thread(target=work, args=(me, 30)) for me in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(queue), len(table), sorted(table.values()) == list(range(50)))
