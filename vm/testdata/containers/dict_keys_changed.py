# A dict whose keys are replaced while it is iterated over keeps its size; the iteration ends in a RuntimeError all the same,
# as soon as there is one item more than there were at the start. (Two keys: what else is visited is nobody's promise.)
import threading

VIEWS = [('dict', lambda d: d), ('iter', iter), ('keys', dict.keys), ('values', dict.values), ('items', dict.items)]


def replace(d, view):
    seen = []
    try:
        for x in view(d):
            seen.append(x)
            k = next(iter(d))
            d[k + 100] = d.pop(k)
    except RuntimeError as e:
        seen.append(str(e))
    return seen


def all_views():
    out = []
    for name, view in VIEWS:
        for size in (2,):
            seen = replace({i: i for i in range(size)}, view)
            out.append((name, size, seen))
        d = {i: i for i in range(2)}
        it = iter(view(d))
        try:
            for x in it:
                d[len(d)] = 0
        except RuntimeError as e:
            out.append((name, x, str(e)))
    return out


for line in all_views():
    print(line)

shared = {i: i for i in range(2)}
results = []


def work():
    try:
        for k in shared:
            shared[k + 1000] = shared.pop(k)
    except RuntimeError as e:
        results.append(str(e))


t = threading.Thread(target=work)
t.start()
t.join()
print(results, len(shared))
