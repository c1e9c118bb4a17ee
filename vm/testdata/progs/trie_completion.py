# Autocompletion with a trie: weights, best completions by a heap, fuzzy matches with an edit distance row per node.
import heapq


class Node:
    __slots__ = ("children", "weight", "best")

    def __init__(self):
        self.children, self.weight, self.best = {}, 0, 0


class Trie:
    def __init__(self, words=()):
        self.root, self.size = Node(), 0
        for w in words:
            self[w] += 1

    def _walk(self, prefix):
        node = self.root
        for ch in prefix:
            node = node.children.get(ch)
            if node is None:
                return None
        return node

    def __getitem__(self, word):
        node = self._walk(word)
        return node.weight if node else 0

    def __setitem__(self, word, weight):
        node = self.root
        path = [node]
        for ch in word:
            node = node.children.setdefault(ch, Node())
            path.append(node)
        self.size += (not node.weight) - (not weight) if weight != node.weight else 0
        node.weight = weight
        for n in reversed(path):
            n.best = max([n.weight] + [c.best for c in n.children.values()])

    def __contains__(self, word):
        return self[word] > 0

    def __len__(self):
        return self.size

    def __iter__(self):
        def walk(node, word):
            if node.weight:
                yield word
            for ch in sorted(node.children):
                yield from walk(node.children[ch], word + ch)
        return walk(self.root, "")

    def complete(self, prefix, n=3):
        node = self._walk(prefix)
        if node is None:
            return []
        heap, out = [(-node.best, prefix, 0, node)], []
        while heap and len(out) < n:
            w, word, leaf, node = heapq.heappop(heap)
            if leaf:
                out.append((word, -w))
                continue
            if node.weight:
                heapq.heappush(heap, (-node.weight, word, 1, None))
            for ch, child in node.children.items():
                heapq.heappush(heap, (-child.best, word + ch, 0, child))
        return out

    def fuzzy(self, word, most):
        found = []

        def visit(node, ch, prefix, row):
            now = [row[0] + 1]
            for i, w in enumerate(word, 1):
                now.append(min(now[i - 1] + 1, row[i] + 1, row[i - 1] + (w != ch)))
            if node.weight and now[-1] <= most:
                found.append((now[-1], prefix))
            if min(now) <= most:
                for c in node.children:
                    visit(node.children[c], c, prefix + c, now)

        for c, child in self.root.children.items():
            visit(child, c, c, list(range(len(word) + 1)))
        return [w for _, w in sorted(found)]


TEXT = """the car cart carries cats the cat carts a cart to the castle the castle has a card a cardinal
and a carpet the carpet carries the cardinal to the car a caravan carries carrots to the castle cats like cards"""
trie = Trie(TEXT.split())
print(len(trie), list(trie)[:8], "cat" in trie, "ca" in trie)
for prefix in ("", "c", "car", "card", "cas", "t", "x"):
    print(f"{prefix!r:7} {trie.complete(prefix)}")
for word, most in (("crat", 1), ("carts", 1), ("castel", 2), ("kat", 1), ("", 1)):
    print(word, most, trie.fuzzy(word, most))
trie["carrot"] = 50
print(trie.complete("car", 2), len(trie))
trie["carrot"] = 0
del trie.root.children["t"]
print(trie.complete("car", 2), trie.complete("t"), trie["carrot"], trie["carrots"], max(trie, key=len))
try:
    trie.root.extra = 1
except AttributeError as e:
    print(e)
