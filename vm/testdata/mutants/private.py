# regimes: gil stm rw
# Private lists, dicts and instances, small and large, that change in slices which are rolled back.
import threading

hot = [0]


class Point:
    def __init__(self):
        self.x = 0


def work(n):
    small, large = [], list(range(200))
    few, many = {}, {i: 0 for i in range(300)}
    p = Point()
    for i in range(n):
        small.append(i)
        if len(small) > 5:
            small.pop(0)
        large[i % 200] += 1
        large.append(i)
        few[i % 3] = few.get(i % 3, 0) + 1
        many[i % 300] += i
        many[1000 + i] = i
        p.x += 1
        if i == 20:
            p.y = 0
        elif i > 20:
            p.y += i
        hot[0] += 1
    out.append((sum(small), len(large), sum(large), few, len(many), sum(many.values()), p.x, p.y))


out = []
threads = [threading.Thread(target=work, args=(60,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hot, out[0] == out[1] == out[2], out[0])
