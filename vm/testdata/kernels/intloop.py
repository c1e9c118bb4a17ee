"""Integer arithmetic in loops: countdown, Collatz lengths, greatest common divisors."""
import sys


def countdown(n):
    while n > 0:
        n -= 1
    return n


def collatz(limit):
    best = best_n = 0
    for start in range(1, limit):
        n = start
        steps = 0
        while n != 1:
            if n % 2:
                n = 3 * n + 1
            else:
                n = n // 2
            steps += 1
        if steps > best:
            best, best_n = steps, start
    return best_n, best


def gcds(limit):
    total = 0
    for a in range(1, limit):
        for b in range(a, limit, 7):
            x, y = a, b
            while y:
                x, y = y, x % y
            total += x
    return total


def main(n):
    print(countdown(n * 100), collatz(n), gcds(n // 12))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
