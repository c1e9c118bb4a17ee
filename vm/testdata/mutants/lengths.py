# Whether a thread goes on depends on how long a shared list or dict is.
import threading
from transaction import atomic

queue, table = [0] * 500, dict.fromkeys(range(300))
log = []


def work(me, n):
    for i in range(n):
        with atomic:
            if len(queue) < 550:
                queue.append(me)
        with atomic:
            at = len(table)
            queue[0], queue[9], queue[99]
            if at < 350:
                table[me, i] = at


threads = [threading.Thread(target=work, args=(me, 30)) for me in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
added = [v for v in table.values() if v is not None]
print(len(queue), len(table), sorted(added) == list(range(300, 350)))
