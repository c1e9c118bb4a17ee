import itertools as it
import operator

print(list(it.accumulate([1, 2, 3, 4])), list(it.accumulate([3, 1, 2], max)), list(it.accumulate([1, 2], initial=10)))
print(list(it.batched("abcdefg", 3)), list(it.chain("ab", [1, 2])), list(it.chain.from_iterable(["ab", "c"])))
print(list(it.combinations("abcd", 2)), list(it.combinations_with_replacement("ab", 3)))
print(list(it.compress("abcdef", [1, 0, 1, 0, 1, 1])), list(it.islice(it.count(10, 3), 4)), list(it.islice(it.cycle("ab"), 5)))
print(list(it.dropwhile(lambda x: x < 3, [1, 4, 2, 5])), list(it.takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(it.filterfalse(lambda x: x % 2, range(6))))
print([(k, list(g)) for k, g in it.groupby("aaabbc")], [k for k, g in it.groupby([1, 3, 2, 4], lambda x: x % 2)])
print(list(it.islice("abcdefg", 2, None, 2)), list(it.islice("abc", 2)), list(it.pairwise("abcd")))
print(list(it.permutations("abc")), list(it.permutations(range(3), 2)), list(it.product("ab", [1, 2])), list(it.product([0, 1], repeat=2)))
print(list(it.repeat(7, 3)), list(it.starmap(pow, [(2, 3), (3, 2)])), list(it.zip_longest("abc", [1], fillvalue="-")))
a, b, c = it.tee(range(4), 3)
print(list(a), next(b), list(b), list(c))
print(it.count(3), it.count(1.5, 0.5), it.repeat(2), it.repeat(2, 4))
for bad in ("it.islice([1], -1)", "it.islice([1], 0, 1, 0)", "it.combinations('ab', -1)", "it.batched('ab', 0)", "list(it.batched('abc', 2, strict=True))",
            "it.count('a')", "it.chain(1).__next__()", "it.tee([], -1)", "it.product([1], repeat=-1)", "it.accumulate()"):
    try:
        print(eval(bad))
    except Exception as e:
        print(type(e).__name__, e)
print(list(map(operator.add, [1, 2], [3, 4])), sum(it.takewhile(lambda x: x < 1000, (x * x for x in it.count()))))
