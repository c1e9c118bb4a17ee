# Recursion without end inside of slices: plain calls, methods, generators, comparisons, repr of what contains itself.
import threading

hot = [0]


def plain(n):
    hot[0] = n
    return plain(n + 1) + 1


class Deep:
    def __init__(self):
        self.me = self

    def __eq__(self, other):
        return self.me == other

    def __repr__(self):
        return 'D' + repr(self.me)

    def __getattr__(self, name):
        return getattr(self, name + '_')

    def __len__(self):
        return len(self.me)


def gen(n):
    yield from gen(n + 1)


def nested():
    x = []
    for _ in range(100000):
        x = [x]
    return repr(x)


def work(out):
    for f in (lambda: plain(0), lambda: Deep() == 1, lambda: repr(Deep()), lambda: Deep().x, lambda: len(Deep()),
              lambda: next(gen(0)), nested, lambda: sorted([Deep(), Deep()], key=lambda d: repr(d))):
        try:
            f()
            out.append('no error')
        except RecursionError as e:
            out.append(str(e)[:32])
    x = []
    x.append(x)
    out.append(repr(x))


outs = [[], [], []]
threads = [threading.Thread(target=work, args=(o,)) for o in outs]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(outs[0] == outs[1] == outs[2], set(outs[0][:-1]), outs[0][-1])
