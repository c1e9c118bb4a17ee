# Big integers: arithmetic across the small boundary, division signs, shifts, powers, conversion, algorithms.
import math
B = 2 ** 63
for x in (B - 2, B - 1, B, B + 1, -B + 1, -B, -B - 1):
    print(x, x + 1, x - 1, -x, abs(x), ~x, x * x, x // 7, x % 7, -x // 7, -x % 7, x >> 3, x << 1, x & 0xff, x | 1, x ^ -1, bool(x), x == float(x), hash(x))
f = 1
for i in range(1, 60): f *= i
print(f)
for i in range(59, 0, -1): f //= i
print(f)
print(math.factorial(40), math.gcd(2 ** 100, 6 ** 50), math.lcm(10 ** 20, 15 ** 15), math.isqrt(10 ** 50 + 7), math.comb(100, 50), math.perm(30, 20))
a, b = 3 ** 200, 7 ** 90
q, r = divmod(a, b); print(q * b + r == a, 0 <= r < b, q, r)
for x, y in ((a, b), (-a, b), (a, -b), (-a, -b)): print(x // y, x % y, x // y * y + x % y == x)
print(a & b, a | b, a ^ b, -a & b, -a | b, a ^ -b)
print(pow(a, b, 10 ** 20), pow(3, 10 ** 18, 10 ** 9 + 7), pow(a, -1, 10 ** 9 + 7))
print(a < b, a > b, a == a + 0, a != b, a <= a, max(a, b) == a, sorted([a, -b, 5, b, -a])[0] == -a)
print(float(2 ** 100), float(3 ** 100), int(1e30), int(float(2 ** 60 + 1)), 2 ** 100 / 3, 10 ** 40 / 10 ** 38, 1 / 10 ** 50, (2 ** 64 + 1) / 2 ** 64, round(10 ** 30, -28))
print(2 ** 100 + 0.5, 2 ** 100 - 1.0, 1.5 * 10 ** 20, 10 ** 20 // 3.0, 10 ** 20 % 7.0, 10 ** 16 == 1e16, 10 ** 23 == 1e23, 10 ** 23 > 1e23)
print(str(2 ** 200)[:10], int(str(3 ** 300)) == 3 ** 300, int("f" * 40, 16), hex(2 ** 90 - 1), bin(2 ** 70), oct(-2 ** 70), f"{2 ** 80:x} {2 ** 70:,} {-2 ** 70:_} {2 ** 66:e} {2 ** 66:>30}|{2 ** 66:030}")
print((2 ** 100).bit_length(), (-2 ** 100 + 1).bit_length(), (2 ** 100 - 1).bit_count(), (2 ** 70).to_bytes(9, "little"), int.from_bytes(b"\x80" + b"\0" * 12, "big", signed=True))
print(1 << 200 >> 195, -1 << 70 >> 69, (-2 ** 70) >> 200, 2 ** 70 >> 71, (2 ** 70 + 5) & (2 ** 64 - 1), ~(2 ** 70))
def fib(n):
    a, b = 0, 1
    for _ in range(n): a, b = b, a + b
    return a
print(fib(300), len(str(fib(1000))))
def egcd(a, b):
    if not b: return a, 1, 0
    g, x, y = egcd(b, a % b); return g, y, x - a // b * y
print(egcd(2 ** 89 - 1, 3 ** 50))
def prime(n):
    d, s = n - 1, 0
    while d % 2 == 0: d //= 2; s += 1
    for a in (2, 3, 5, 7, 11, 13, 17):
        x = pow(a, d, n)
        if x in (1, n - 1): continue
        for _ in range(s - 1):
            x = x * x % n
            if x == n - 1: break
        else: return False
    return True
print([p for p in (61, 89, 97, 107, 109, 127) if prime(2 ** p - 1)])
s = 0
for i in range(100): s += 10 ** i * (-1) ** i
print(s)
n = 12345678901234567890; c = 0
while n != 1 and c < 1000: n = n // 2 if n % 2 == 0 else 3 * n + 1; c += 1
print(c)
d = {2 ** 64: "a", 2.0 ** 64: "b", 2 ** 64 + 1: "c"}; print(d[2 ** 64], len(d))
x = 10 ** 30; x += 1; x -= 10 ** 30; print(x, [10, 20][x], type(x).__name__, x is 1 if False else x == 1)
print(range(2 ** 70, 2 ** 70 + 5)[3], len(range(0, 2 ** 40, 2 ** 20)), 2 ** 70 in range(2 ** 71), list(range(2 ** 65, 2 ** 65 + 30, 10)), sum(range(2 ** 64, 2 ** 64 + 3)))
