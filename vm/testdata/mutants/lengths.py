# Whether a thread goes on depends on how long a shared list or dict is. Each has a loop of its own: no slice writes both, so
# that nothing but the length makes two slices conflict which insert into different regions of the dict.
import threading
from transaction import atomic

queue, table = [0] * 500, dict.fromkeys(range(300))


def work(me, n):
    for i in range(n):
        with atomic:
            at = len(table)
            if at < 350:
                table[me, i] = at
    for i in range(n):
        with atomic:
            if len(queue) < 550:
                queue.append(me)


threads = [threading.Thread(target=work, args=(me, 30)) for me in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
added = [v for v in table.values() if v is not None]
print(len(queue), len(table), sorted(added) == list(range(300, 350)))
