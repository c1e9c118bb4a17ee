# Conway's game of life: a glider on a torus and a blinker.
from collections import Counter
def step(cells, n):
    near = Counter(((x + dx) % n, (y + dy) % n) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
    return {c for c, k in near.items() if k == 3 or k == 2 and c in cells}
def show(cells, n):
    for y in range(n): print("".join("#" if (x, y) in cells else "." for x in range(n)))
    print()
g = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
for i in range(9):
    if i % 4 == 0: show(g, 6)
    g = step(g, 6)
b = {(1, 0), (1, 1), (1, 2)}
for _ in range(3): print(sorted(b)); b = step(b, 8)
