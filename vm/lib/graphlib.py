"""Topological sorting."""

__all__ = ["TopologicalSorter", "CycleError"]


class CycleError(ValueError):
    """The graph has a cycle: args[1] lists its nodes, the first also at the end."""


class _Node:
    __slots__ = ("name", "waits", "before")

    def __init__(self, name):
        self.name, self.waits, self.before = name, 0, []


_OUT, _DONE = -1, -2


class TopologicalSorter:
    """Nodes in an order in which each comes after those that it depends on."""

    def __init__(self, graph=None):
        self._nodes = {}
        self._ready = None
        self._passed = self._finished = 0
        for node, before in (graph or {}).items():
            self.add(node, *before)

    def _node(self, name):
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = _Node(name)
        return node

    def add(self, node, *predecessors):
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        this = self._node(node)
        this.waits += len(predecessors)
        for p in predecessors:
            self._node(p).before.append(node)

    def prepare(self):
        if self._ready is not None:
            raise ValueError("cannot prepare() more than once")
        self._ready = [n.name for n in self._nodes.values() if n.waits == 0]
        cycle = self._cycle()
        if cycle:
            raise CycleError("nodes are in a cycle", cycle)

    def get_ready(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        result = tuple(self._ready)
        for n in result:
            self._nodes[n].waits = _OUT
        self._ready.clear()
        self._passed += len(result)
        return result

    def is_active(self):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return self._finished < self._passed or bool(self._ready)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for name in nodes:
            node = self._nodes.get(name)
            if node is None:
                raise ValueError("node %r was not added using add()" % (name,))
            if node.waits != _OUT:
                if node.waits >= 0:
                    raise ValueError("node %r was not passed out (still not ready)" % (name,))
                raise ValueError("node %r was already marked done" % (name,))
            node.waits = _DONE
            for after in node.before:
                other = self._nodes[after]
                other.waits -= 1
                if other.waits == 0:
                    self._ready.append(after)
            self._finished += 1

    def _cycle(self):
        """The nodes of a cycle: depth first, with the path from the root in hand."""
        seen = set()
        for root in self._nodes:
            if root in seen:
                continue
            path, place, iterators = [root], {root: 0}, [iter(self._nodes[root].before)]
            seen.add(root)
            while path:
                for n in iterators[-1]:
                    if n in place:
                        return path[place[n]:] + [n]
                    if n not in seen:
                        seen.add(n)
                        place[n] = len(path)
                        path.append(n)
                        iterators.append(iter(self._nodes[n].before))
                        break
                else:
                    del place[path.pop()]
                    iterators.pop()
        return None

    def static_order(self):
        self.prepare()
        while self.is_active():
            group = self.get_ready()
            yield from group
            self.done(*group)
