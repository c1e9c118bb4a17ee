"""Mandelbrot's set: float loops."""
import sys


def row(y, n, limit):
    bits = 0
    inside = 0
    ci = 2.0 * y / n - 1.0
    for x in range(n):
        cr = 2.0 * x / n - 1.5
        zr = zi = 0.0
        i = 0
        while i < limit:
            zr2 = zr * zr
            zi2 = zi * zi
            if zr2 + zi2 > 4.0:
                break
            zi = 2.0 * zr * zi + ci
            zr = zr2 - zi2 + cr
            i += 1
        bits = (bits << 1 | (i == limit)) & 0xffffffff
        inside += i == limit
    return bits, inside


def main(n):
    check = total = 0
    for y in range(n):
        bits, inside = row(y, n, 50)
        check = (check * 31 + bits) % 1000000007
        total += inside
    print(total, check)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
