# A Huffman coder: canonical codes, bits packed into bytes, and back; compared with the entropy.
import heapq
import math
from collections import Counter
from itertools import count


class Bits:
    """A growing string of bits."""

    def __init__(self, data=b"", n=None):
        self.data, self.n = bytearray(data), len(data) * 8 if n is None else n

    def append(self, code, length):
        for i in range(length - 1, -1, -1):
            if self.n % 8 == 0:
                self.data.append(0)
            if code >> i & 1:
                self.data[-1] |= 0x80 >> self.n % 8
            self.n += 1

    def __iter__(self):
        for i in range(self.n):
            yield self.data[i >> 3] >> (7 - i % 8) & 1

    def __len__(self):
        return self.n


def lengths(freq):
    if len(freq) == 1:
        return dict.fromkeys(freq, 1)
    order = count()
    heap = [(n, next(order), {s: 0}) for s, n in sorted(freq.items())]
    heapq.heapify(heap)
    while len(heap) > 1:
        n1, _, a = heapq.heappop(heap)
        n2, _, b = heapq.heappop(heap)
        heapq.heappush(heap, (n1 + n2, next(order), {s: d + 1 for s, d in (a | b).items()}))
    return heap[0][2]


def canonical(lens):
    codes, code, last = {}, 0, 0
    for s, n in sorted(lens.items(), key=lambda x: (x[1], x[0])):
        code <<= n - last
        codes[s] = (code, n)
        code, last = code + 1, n
    return codes


def encode(data):
    codes = canonical(lengths(Counter(data)))
    out = Bits()
    for b in data:
        out.append(*codes[b])
    return codes, out


def decode(codes, bits):
    table = {v: k for k, v in codes.items()}
    out, code, n = bytearray(), 0, 0
    for bit in bits:
        code, n = code << 1 | bit, n + 1
        if (code, n) in table:
            out.append(table[code, n])
            code = n = 0
    if n:
        raise ValueError("%d bits left over" % n)
    return bytes(out)


texts = [b"abracadabra", b"aaaa", b"the quick brown fox jumps over the lazy dog " * 4, bytes(range(64)), "naïve café ☕".encode(), bytes(i * i % 17 for i in range(300))]
for data in texts:
    codes, bits = encode(data)
    assert decode(codes, bits) == data
    freq = Counter(data)
    entropy = -sum(n * math.log2(n / len(data)) for n in freq.values())
    kraft = sum(2.0 ** -n for _, n in codes.values())
    print(f"{data[:12]!r:<28} {len(data):4} bytes {len(bits):5} bits, entropy {entropy:9.3f}, kraft {kraft}, {len(codes)} symbols")
    if len(codes) < 10:
        for s, (code, n) in sorted(codes.items(), key=lambda x: x[1][1]):
            print(f"    {s:3} {chr(s)!r} {code:0{n}b}")
    print("   ", bits.data.hex(" ", 4)[:70], bits.data[::-1][:4])
codes, bits = encode(b"abracadabra")
bits.append(1, 2)
try:
    print(decode(codes, bits))
except ValueError as e:
    print("error:", e)
print(int.from_bytes(bits.data, "big"), int.from_bytes(bits.data[:2], "little", signed=True), bytes(bits.data).translate(None, b"\x00")[:3], bits.data.count(0))
