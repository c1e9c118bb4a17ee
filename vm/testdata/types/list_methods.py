# list: methods, slices, errors, identity, comparison, copying.
def t(f, *a, **k):
    try: print(repr(f(*a, **k)), end=" ")
    except (ValueError, TypeError, IndexError, OverflowError, MemoryError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
l = [3, 1, 2]
l.append(4); l.extend((5, 6)); l.extend("ab"); l.insert(0, "first"); l.insert(-1, "before last"); l.insert(100, "end"); l.insert(-100, "start"); print(l)
print(l.pop(), l.pop(0), l.pop(-2), l); l.remove("a"); print(l, l.index(2), l.count(5), l.index(4, 2), l.index(5, -3)); l.reverse(); print(l)
m = l.copy(); m.clear(); print(l, m, l[:] == l, l[:] is l)
t([].pop); t([1].pop, 5); t([1].pop, "a"); t([1].remove, 2); t([1].index, 2); t([1, 2, 1].index, 1, 1); t([1].index, 1, 1); t([1].insert, "a", 1); t([1].extend, 5); t([].append); t([].append, 1, 2); t(list, 5); t(list, 1, 2); t([].sort, 1); t([1].count)
print()
print([1, 2] + [3], [0] * 3, 2 * [1, 2], [] * 5, [1] * -1, [1, 2, 3][-1], [1, 2, 3][1:], list("abc"), list(range(3)), list({"a": 1}), list((1, 2)), [[]] * 2)
t(lambda: [1] + (2,)); t(lambda: [1] + 1); t(lambda: [1] * 1.5); t(lambda: [1] * [2]); t(lambda: [1, 2][2]); t(lambda: [1][-2]); t(lambda: [1]["a"]); t(lambda: [1][None]); t(lambda: [1][1.0]); t(lambda: [1] - [1]); t(lambda: [1][1 << 70])
print()
def setitem(l, i, v): l[i] = v; return l
def delitem(l, i): del l[i]; return l
t(setitem, [1, 2, 3], 1, "x"); t(setitem, [1, 2, 3], -1, "x"); t(setitem, [1], 1, 0); t(setitem, [1], "a", 0); t(delitem, [1, 2, 3], 1); t(delitem, [1], 5); t(delitem, [1], "a")
print()
S = slice
for s, v in ((S(1, 3), "ab"), (S(1, 1), [9, 9]), (S(None), []), (S(None, None, 2), "xyz"), (S(None, None, -1), [1, 2, 3, 4, 5]), (S(3, 1), "new"), (S(-2, None), (7,)), (S(0, 100), [1]), (S(None, None, 2), [1]), (S(0, 2), 5), (S(4, 1, -1), "abc"), (S(None, None, 0), [])): t(setitem, [0, 1, 2, 3, 4], s, v)
print()
for s in (S(1, 3), S(None), S(None, None, 2), S(None, None, -2), S(3, 1), S(-2, None), S(4, 0, -1), S(10, 20), S(None, None, 0)): t(delitem, [0, 1, 2, 3, 4], s)
print()
for s in (S(1, 4), S(None, None, -1), S(None, None, 3), S(-3, -1), S(4, 1, -2), S(-100, 100), S(2, 2), S(None, -2), S(5, None, -1), S(None, 2, -1), S("a", 2), S(1, 2, 0)): t(lambda: [0, 1, 2, 3, 4][s])
print()
print([1, 2] == [1, 2], [1, 2] != [2, 1], [1] < [2], [1, 2] < [1], [] == [], [1, [2]] == [1, [2]], [1] == (1,), [[1, 2], [1]] < [[1, 2], [2]], 1 in [1], 1.0 in [1], [] in [[]])
a = b = [1]; a += [2]; print(b, a is b); a = a + [3]; print(b, a); b *= 2; print(b)
a = [1, 2, 3]; a += a; print(a); a[1:1] = a; print(a); a = [1]; a.extend(a); print(a); a.extend(x for x in a[:1]); print(a)
x = [1, 2, 3, 4, 5, 6]
for i in x:
    if i % 2: x.remove(i)
print(x)
x = [1, 2, 3]
for i in x:
    if len(x) < 6: x.append(i * 10)
print(x)
g = [[0] * 3 for _ in range(2)]; g[0][1] = 5; h = [[0] * 3] * 2; h[0][1] = 5; print(g, h)
print(sorted([3, 1, 2]), sorted("bca", reverse=True), list(reversed([1, 2])), sum([[1], [2]], []), max([1, 5, 3]), min([[2], [1, 5]]), any([0, 1]), all([]), len([[], []]), bool([]), bool([0]), list(map(len, ["a", "bb"])), list(filter(None, [0, 1, "", "a"])), [*[1], *(2, 3)], list(zip([1, 2], "ab")), list(enumerate("ab", 5)))
t(hash, []); t(max, []); t(min, [], default=3); t(sum, ["a"]); t(sorted, [1, "a"]); t(max, 1); t(max, [1, "a"]); t(sum, [[1]], 5); t(sum, ["a"], ""); t(max, [], key=len, default="none"); t(max, "abc", "b", key=len); t(max); t(max, 1, 2, default=3)
print()
it = iter([1, 2, 3]); next(it); print(list(it), list(it)); l = [1, 2]; it = iter(l); next(it); l.append(3); print(list(it)); l.append(4); print(list(it))
print(type([1].__iter__()).__name__, [].__len__(), [1].__contains__(1), [1].__add__([2]), [1].__eq__(5), [3].__getitem__(0), [1, 2].__reversed__().__next__())
