# Dijkstra, breadth-first search, topological order and components over small graphs.
import heapq
from collections import deque
G = {"a": {"b": 7, "c": 9, "f": 14}, "b": {"c": 10, "d": 15}, "c": {"d": 11, "f": 2}, "d": {"e": 6}, "f": {"e": 9}, "e": {}}
def dijkstra(g, s):
    dist, prev, q = {s: 0}, {}, [(0, s)]
    while q:
        d, u = heapq.heappop(q)
        if d > dist[u]: continue
        for v, w in g[u].items():
            if d + w < dist.get(v, 1 << 60):
                dist[v], prev[v] = d + w, u
                heapq.heappush(q, (d + w, v))
    return dist, prev
dist, prev = dijkstra(G, "a"); print(dist)
path, u = ["e"], "e"
while u != "a": u = prev[u]; path.append(u)
print(" -> ".join(reversed(path)))
def bfs(g, s):
    seen, q, order = {s}, deque([s]), []
    while q:
        u = q.popleft(); order.append(u)
        for v in sorted(g[u]):
            if v not in seen: seen.add(v); q.append(v)
    return order
print(bfs(G, "a"))
def topo(g):
    done, out = set(), []
    def visit(u):
        if u not in done:
            done.add(u)
            for v in g[u]: visit(v)
            out.append(u)
    for u in g: visit(u)
    return out[::-1]
print(topo(G))
parent = {i: i for i in range(10)}
def find(x):
    while parent[x] != x: parent[x] = parent[parent[x]]; x = parent[x]
    return x
for a, b in ((1, 2), (3, 4), (2, 3), (7, 8)): parent[find(a)] = find(b)
groups = {}
for i in parent: groups.setdefault(find(i), []).append(i)
print(sorted(groups.values()))
