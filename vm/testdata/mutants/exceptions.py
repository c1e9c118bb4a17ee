# regimes: gil stm rw
# Exceptions that are being handled when a slice is rolled back.
import sys
import threading

hot = [0]


def work(n):
    odd = 0
    for i in range(n):
        if sys.exc_info()[0] is not None:
            odd += 1
        try:
            raise KeyError(i)
        except KeyError as e:
            hot[0] += 1
            try:
                raise ValueError(i)
            except ValueError as f:
                hot[0] += 1
                odd += f.__context__ is not e
            odd += sys.exc_info()[1] is not e
        hot[0] += 1
    try:
        raise OSError(1)
    except OSError as e:
        odd += e.__context__ is not None
    out.append(odd)


out = []
threads = [threading.Thread(target=work, args=(40,)) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(hot, out)
