from collections import defaultdict, OrderedDict, Counter
d = {1: 2} | defaultdict(int, {3: 4}); print(type(d).__name__, d)
d = defaultdict(list, {3: 4}) | {1: 2}; print(type(d).__name__, d)
d = {1: 2} | OrderedDict([(3, 4)]); print(type(d).__name__, d)
d = {1: 2}; d |= defaultdict(int, {3: 4}); print(type(d).__name__, d)
print({1: 2} | {3: 4}, {1: 2} | Counter({3: 1}), type({1: 2} | Counter({3: 1})).__name__, True | 5, 5 | True, {1} | frozenset([2]), frozenset([1]) | {2})
try:
    {1: 2} | [(3, 4)]
except TypeError as e:
    print(e)
d = defaultdict(int, a=1) | defaultdict(list, b=[2])
print(d, d["c"])
