"""Spectral norm of an infinite matrix: nested float loops and small functions."""
import sys


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v, n):
    return [sum_row(i, v, n) for i in range(n)]


def sum_row(i, v, n):
    s = 0.0
    for j in range(n):
        s += element(i, j) * v[j]
    return s


def times_transposed(v, n):
    out = []
    for i in range(n):
        s = 0.0
        for j in range(n):
            s += element(j, i) * v[j]
        out.append(s)
    return out


def main(n):
    u = [1.0] * n
    for _ in range(4):
        v = times_transposed(times(u, n), n)
        u = times_transposed(times(v, n), n)
    vbv = vv = 0.0
    for ue, ve in zip(u, v):
        vbv += ue * ve
        vv += ve * ve
    print("%.9f" % (vbv / vv) ** 0.5)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
