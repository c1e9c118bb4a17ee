"""Pancake flips over all permutations: list indexing and slices."""
import sys


def fannkuch(n):
    count = list(range(1, n + 1))
    perm1 = list(range(n))
    flips_max = checksum = nperm = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        if perm1[0] != 0:
            perm = perm1[:]
            flips = 0
            k = perm[0]
            while k:
                perm[:k + 1] = reversed(perm[:k + 1])
                flips += 1
                k = perm[0]
            if flips > flips_max:
                flips_max = flips
            checksum += flips if nperm % 2 == 0 else -flips
        while True:
            if r == n:
                return checksum, flips_max
            first = perm1[0]
            for i in range(r):
                perm1[i] = perm1[i + 1]
            perm1[r] = first
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        nperm += 1


n = int(sys.argv[1]) if len(sys.argv) > 1 else 7
print("%d\nPfannkuchen(%d) = %d" % (fannkuch(n)[0], n, fannkuch(n)[1]))
