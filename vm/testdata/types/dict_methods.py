# dict: methods, order, views, errors, mutation while iterating, keys of all sorts.
def t(f, *a, **k):
    try: print(repr(f(*a, **k)), end=" ")
    except (ValueError, TypeError, KeyError, RuntimeError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
d = {"a": 1, "b": 2}
d["c"] = 3; d["a"] = 10; print(d, len(d), "a" in d, 1 in d, d.get("z"), d.get("z", 0), d.setdefault("a", 5), d.setdefault("n", []), d)
print(d.pop("n"), d.pop("zz", "default"), d.popitem(), d); del d["a"]; d["a"] = 1; print(d, list(d), list(d.values()), list(d.items()))
d.update({"x": 1}, y=2); d.update([("p", 1), "qr"]); d.update(); print(d); e = d.copy(); e.clear(); print(d == e, e, bool(e))
t({}.popitem); t({}.pop, "k"); t(lambda: {}["k"]); t(lambda: {}[1, 2]); t(lambda: {[]: 1}); t(lambda: {}[[]]); t({}.get, []); t(lambda: [] in {}); t(dict, 5); t(dict, [1]); t(dict, [(1, 2, 3)]); t(dict, ["abc"]); t({}.update, 5); t({}.setdefault); t(dict.fromkeys, 5); t(dict, {}, {}); t({}.pop); t({1: 2}.update, [1, 2]); t(lambda: {{}: 1}); t(lambda: {{1}: 1}); t({}.get)
print()
print(dict(a=1, b=2), dict([("a", 1)]), dict({"a": 1}, b=2), dict(zip("ab", [1, 2])), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict(), {**{"a": 1}, "b": 2}, {1: "a", True: "b", 1.0: "c"}, {None: 1, (): 2, "": 3, 0: 4, frozenset(): 5})
print({"a": 1} | {"b": 2}, {"a": 1} | {"a": 2}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"a": 2}, {1: [2]} == {1: [2]}, {} == [], {"a": 1} == {"a": 1.0})
t(lambda: {} | []); t(lambda: {} + {}); t(lambda: {} < {}); t(lambda: hash({})); x = {"a": 1}; x |= [("b", 2)]; print(x)
k, v, i = d.keys(), d.values(), d.items(); d["new"] = 0
print(k, v, i, len(k), "new" in k, 0 in v, ("new", 0) in i, ("new", 1) in i, list(reversed(k)), list(reversed(d)), list(reversed(i))[0])
print(sorted(k & {"x", "y", "zz"}), sorted({"a": 1}.keys() | ["b"]), {"a": 1, "b": 2}.keys() - {"a"}, sorted({"a": 1}.keys() ^ {"b"}), {"a": 1}.items() & {("a", 1)}, {"a": 1}.keys() == {"a"}, {"a": 1}.keys() <= {"a", "b"}, {"a": 1}.keys().isdisjoint("b"), {"a": 1}.items() == {"a": 1}.items(), {"a": 1}.values() == {"a": 1}.values(), k.mapping is not None)
def grow():
    d = {1: 1}
    for x in d: d[x + 1] = 1
def shrink():
    d = {1: 1, 2: 2}
    for x in d: del d[x]
def same():
    d = {1: 1, 2: 2}
    for x in d: d[x] = 5
    return d
def swap():
    d = {1: 1, 2: 2}
    for x in d: del d[x]; d[x + 10] = 0
t(grow); t(shrink); t(same); it = iter({1: 2}); next(it); t(list, it)
print()
class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 7
    def __eq__(self, o): return isinstance(o, K) and self.n == o.n
    def __repr__(self): return f"K{self.n}"
c = {K(i): i for i in range(5)}; print(c, c[K(3)], K(9) in c); del c[K(2)]; c[K(2)] = "again"; print(c)
n = float("nan"); print({n: 1}[n], {0.0: 1}[-0.0], {2 ** 70: 1}[2.0 ** 70], {(1, (2, 3)): 4}[1, (2, 3)], {"a" + "b": 1}["ab"], {b"a": 1}.get("a"))
big = {i: i * i for i in range(1000)}
for j in range(0, 1000, 2): del big[j]
print(len(big), list(big)[:5], sum(big.values())); big.update({j: -1 for j in range(10)}); print(list(big)[:3], list(big)[-3:], big.popitem())
nested = {"a": {"b": {"c": 1}}}; nested["a"]["b"]["d"] = 2; print(nested, nested["a"]["b"]["c"])
counts = {}
for ch in "mississippi": counts[ch] = counts.get(ch, 0) + 1
print(counts, max(counts, key=counts.get), sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])), {v: k for k, v in counts.items()})
groups = {}
for w in "apple bob cat axe bat".split(): groups.setdefault(w[0], []).append(w)
print(groups, [*groups], {**groups}.keys(), len(groups), min(groups), sum(map(len, groups.values())))
print(type(d.keys()).__name__, type(iter(d)).__name__, type(iter(d.items())).__name__, {}.__len__(), {"a": 1}.__getitem__("a"), {"a": 1}.__contains__("a"), repr({"a": 1}.values()), repr({}.items()), dict.__name__)
class Missing(dict):
    def __missing__(self, k): return f"no {k}"
m = Missing(a=1); print(m["a"], m["b"], m.get("b"), "b" in m, m | {"c": 1}, type(m.copy()).__name__)
from collections import OrderedDict, defaultdict, Counter, ChainMap
o = OrderedDict(a=1, b=2, c=3); o.move_to_end("a"); o.move_to_end("c", last=False); print(o, o.popitem(last=False), list(o), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) == {"a": 1})
dd = defaultdict(list); dd["a"].append(1); dd["b"]; print(dd, dd.get("c"), dd.default_factory); dn = defaultdict(None); t(lambda: dn["x"]); t(defaultdict, 5)
cn = Counter("abracadabra"); print(cn.most_common(2), cn["z"], cn + Counter("aaz"), cn - Counter("aaaaab"), Counter(a=1) & Counter(a=2), Counter(a=1) | Counter(b=2), sorted(cn.elements())[:6], cn.total(), Counter(a=-1) + Counter()); cm = ChainMap({"a": 1}, {"a": 2, "b": 3}); print(cm["a"], cm["b"], dict(cm), len(cm))
