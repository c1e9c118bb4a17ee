"""Threads test numbers for primality by Miller and Rabin's method; each has a list of those that it has found."""
import harness


def is_prime(n):
    if n < 2:
        return False
    for p in (2, 3, 5, 7, 11, 13):
        if n % p == 0:
            return n == p
    d, s = n - 1, 0
    while d % 2 == 0:
        d //= 2
        s += 1
    for a in (2, 3, 5, 7):
        x = power(a, d, n)
        if x == 1 or x == n - 1:
            continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


def power(base, exponent, modulus):
    result = 1
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def setup(k):
    return [None] * k.threads


def run(k, found):
    def work(t):
        mine = []
        for i in range(t, k.n, k.threads):
            n = k.first + 2 * i
            if is_prime(n):
                mine.append(n)
        found[t] = mine

    harness.threads(k.threads, work)


def verify(k, found, _):
    primes = set(n for mine in found for n in mine)
    for i in range(0, k.n, max(1, k.n // 50)):
        n = k.first + 2 * i
        d = 3
        while d * d <= n and n % d:
            d += 2
        assert (d * d > n) == (n in primes), n


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=1000, first=1000001)
