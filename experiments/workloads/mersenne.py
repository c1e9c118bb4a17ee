"""Threads look for Mersenne primes by Lucas and Lehmer's test; prime exponents are dealt out, results in one shared list."""
import harness


def small_prime(p):
    d = 2
    while d * d <= p:
        if p % d == 0:
            return False
        d += 1
    return p > 1


def lucas_lehmer(p):
    if p == 2:
        return True
    m = (1 << p) - 1
    s = 4
    for _ in range(p - 2):
        s = (s * s - 2) % m
    return s == 0


def setup(k):
    # The test is for prime exponents. They are dealt out, not the numbers: so each thread gets as many of them.
    return [p for p in [2] + list(range(3, k.n + 1, 2)) if small_prime(p)], []


def run(k, state):
    exponents, found = state

    def work(t):
        for p in exponents[t::k.threads]:
            if lucas_lehmer(p):
                found.append(p)

    harness.threads(k.threads, work)


def verify(k, state, _):
    found = state[1]
    assert k.n <= 21700, "larger exponents are not in the list below"
    known = [2, 3, 5, 7, 13, 17, 19, 31, 61, 89, 107, 127, 521, 607, 1279, 2203, 2281, 3217, 4253, 4423, 9689, 9941, 11213, 19937]
    assert sorted(found) == [p for p in known if p <= k.n], found


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=200)
