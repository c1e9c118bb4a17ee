"""Digits of pi by a spigot: big integers."""
import sys


def digits():
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    while True:
        if 4 * q + r - t < m * t:
            yield m
            q, r, m = 10 * q, 10 * (r - m * t), (10 * (3 * q + r)) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2


def main(n):
    out = []
    for i, d in enumerate(digits()):
        if i == n:
            break
        out.append(str(d))
    text = "".join(out)
    for i in range(0, min(n, 50), 10):
        print(text[i:i + 10], i + 10)
    print(sum(map(int, text)), 2 ** 200 % 10 ** 9, len(str(3 ** 1000)))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 150)
