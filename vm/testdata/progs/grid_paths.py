# Shortest paths on a grid with costs: Dijkstra, A*, breadth-first search; all must agree where they can.
import heapq
from collections import deque
from dataclasses import dataclass, field

MAP = """\
S..#....~~..
.#.#.##.~~..
.#...#..~...
.####.#...#.
......#.#.#.
.##.#...#...
~~#.#.###.#.
~~#.......#G
"""
COST = {".": 1, "S": 1, "G": 1, "~": 5}


@dataclass(order=True)
class Entry:
    priority: int
    cell: complex = field(compare=False)
    cost: int = field(compare=False, default=0)


class Grid:
    def __init__(self, text):
        self.cells = {complex(x, y): ch for y, line in enumerate(text.splitlines()) for x, ch in enumerate(line)}
        self.start, self.goal = (next(c for c, ch in self.cells.items() if ch == k) for k in "SG")

    def neighbours(self, c):
        for d in (1, 1j, -1, -1j):
            if self.cells.get(c + d, "#") != "#":
                yield c + d

    def search(self, estimate=lambda c: 0):
        cost, came, visited = {self.start: 0}, {}, 0
        heap = [Entry(estimate(self.start), self.start)]
        while heap:
            e = heapq.heappop(heap)
            if e.cost > cost[e.cell]:
                continue
            visited += 1
            if e.cell == self.goal:
                break
            for n in self.neighbours(e.cell):
                new = e.cost + COST[self.cells[n]]
                if new < cost.get(n, float("inf")):
                    cost[n], came[n] = new, e.cell
                    heapq.heappush(heap, Entry(new + estimate(n), n, new))
        path, c = [self.goal], self.goal
        while c != self.start:
            c = came[c]
            path.append(c)
        return cost[self.goal], path[::-1], visited

    def manhattan(self, c):
        d = self.goal - c
        return int(abs(d.real) + abs(d.imag))

    def steps(self):
        seen, todo = {self.start: 0}, deque([self.start])
        while todo:
            c = todo.popleft()
            for n in self.neighbours(c):
                if n not in seen:
                    seen[n] = seen[c] + 1
                    todo.append(n)
        return seen

    def draw(self, path):
        marks = set(path)
        w, h = (int(max(f(c) for c in self.cells)) + 1 for f in (lambda c: c.real, lambda c: c.imag))
        return "\n".join("".join("o" if complex(x, y) in marks and self.cells[complex(x, y)] not in "SG" else self.cells[complex(x, y)] for x in range(w)) for y in range(h))


grid = Grid(MAP)
cost, path, visited = grid.search()
print(cost, len(path), visited)
print(grid.draw(path))
best, other, fewer = grid.search(grid.manhattan)
assert best == cost and fewer <= visited
print(best, len(other), fewer, sum(COST[grid.cells[c]] for c in other[1:]))
steps = grid.steps()
print(steps[grid.goal], max(steps.values()), [str(c) for c, d in steps.items() if d == max(steps.values())])
print(Entry(1, 2j) < Entry(2, 1j), Entry(1, 1j) == Entry(1, 2j, 7), Entry(3, 0j), sorted([Entry(3, 1j), Entry(1, 2j)])[0])


# All pairs on a small graph (Floyd and Warshall), with the routes.
def all_pairs(edges):
    nodes = sorted({n for e in edges for n in e[:2]})
    dist = {(a, b): 0 if a == b else float("inf") for a in nodes for b in nodes}
    via = {}
    for a, b, w in edges:
        dist[a, b] = w
    for k in nodes:
        for a in nodes:
            for b in nodes:
                if (d := dist[a, k] + dist[k, b]) < dist[a, b]:
                    dist[a, b], via[a, b] = d, k

    def route(a, b):
        k = via.get((a, b))
        return [a] if k is None else route(a, k) + route(k, b)
    return nodes, dist, lambda a, b: "-".join(route(a, b) + [b])


nodes, dist, route = all_pairs([("a", "b", 7), ("a", "c", 3), ("c", "b", 1), ("b", "d", 2), ("c", "d", 8), ("d", "a", -2)])
print("  ", *(f"{n:>3}" for n in nodes))
for a in nodes:
    print(a, *(f"{dist[a, b]:>4}" for b in nodes))
print(route("a", "d"), route("d", "b"), route("a", "a"))
