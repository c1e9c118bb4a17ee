# regimes: gil stm rw
# Exceptions that leave slices: out of with blocks, generators, callbacks and threads, while others change what they touch.
import threading

hot = [0]
log = []
threading.excepthook = lambda a: log.append((a.exc_type.__name__, str(a.exc_value)))


class Ctx:
    def __init__(self, quiet):
        self.quiet = quiet

    def __enter__(self):
        hot[0] += 1
        return self

    def __exit__(self, t, v, tb):
        hot[0] += 1
        if self.quiet is None:
            raise LookupError('exit')
        return self.quiet


def gen():
    try:
        while True:
            hot[0] += 1
            yield hot
    finally:
        hot[0] += 1


def key(v):
    hot[0] += 1
    if v == 3:
        raise ArithmeticError('key')
    return v


def work(i):
    with Ctx(True):
        raise ValueError('gone')
    try:
        with Ctx(None):
            raise ValueError('replaced')
    except LookupError as e:
        hot[0] += type(e.__context__) is ValueError
    g = gen()
    next(g)
    try:
        g.throw(KeyError('thrown'))
    except KeyError:
        hot[0] += 1
    l = [1, 2, 3, 4]
    try:
        l.sort(key=key)
    except ArithmeticError:
        hot[0] += len(l)
    try:
        for x in map(key, l):
            pass
    except ArithmeticError:
        hot[0] += 1
    with Ctx(False):
        raise OSError(i, 'out')


threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hot, sorted(log))
