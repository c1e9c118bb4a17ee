# Critical sections of which many fit into a slice, against others that do not.
import threading

lock = threading.Lock()
data = {'a': 0, 'b': 0}
seen = []


def fast(n):
    for i in range(n):
        with lock:
            if data['a'] != data['b']:
                seen.append(i)
            data['a'] += 1
            data['b'] += 1


def slow(n):
    for i in range(n):
        with lock:
            v = data['a']
            sum(range(30))
            for _ in range(40):
                pass
            data['a'] = v + 1
            for _ in range(40):
                pass
            data['b'] = v + 1


threads = [threading.Thread(target=f, args=(n,)) for f, n in ((fast, 60), (slow, 15), (fast, 60))]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(data, seen)
