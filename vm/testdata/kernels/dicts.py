"""Counting in dicts with int, str and tuple keys."""
import sys


def numbers(n):
    x = 12345
    for _ in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        yield x >> 8


def count_ints(n):
    d = {}
    for x in numbers(n):
        k = x % 1000
        d[k] = d.get(k, 0) + 1
    return len(d), max(d.values()), sum(k * v for k, v in d.items()) % 10007


def count_words(n):
    words = ["w%d" % (i * i % 313) for i in range(400)]
    d = {}
    for x in numbers(n):
        w = words[x % 400]
        if w in d:
            d[w] += 1
        else:
            d[w] = 1
    top = sorted(d.items(), key=lambda kv: (-kv[1], kv[0]))
    return top[:3]


def count_pairs(n):
    d = {}
    for x in numbers(n):
        d.setdefault((x % 13, x % 7), []).append(x & 15)
    return sum(len(v) for v in d.values()), len(d), sorted(d)[5]


n = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
print(count_ints(n), count_words(n), count_pairs(n))
