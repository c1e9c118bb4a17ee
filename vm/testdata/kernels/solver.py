"""A one-way constraint solver with classes: chains and projections (after DeltaBlue)."""
import sys


class Strength:
    def __init__(self, value, name):
        self.value = value
        self.name = name

    def stronger(self, other):
        return self.value < other.value


REQUIRED = Strength(0, "required")
PREFERRED = Strength(2, "preferred")
DEFAULT = Strength(4, "default")
WEAKEST = Strength(6, "weakest")


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAKEST
        self.stay = True
        self.mark = 0


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def variables(self):
        raise NotImplementedError

    def satisfied(self):
        return self.output() is not None and self.output().determined_by is self


class Edit(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable

    def variables(self):
        return [self.variable]

    def inputs(self):
        return []

    def output(self):
        return self.variable

    def choose(self, mark):
        v = self.variable
        return v.mark != mark and self.strength.stronger(v.strength)

    def execute(self):
        pass


class Scale(Constraint):
    def __init__(self, source, factor, offset, target):
        super().__init__(REQUIRED)
        self.source, self.factor, self.offset, self.target = source, factor, offset, target
        self.forward = True

    def variables(self):
        return [self.source, self.factor, self.offset, self.target]

    def inputs(self):
        return [self.source if self.forward else self.target]

    def output(self):
        return self.target if self.forward else self.source

    def choose(self, mark):
        for forward, out in ((True, self.target), (False, self.source)):
            if out.mark != mark and self.strength.stronger(out.strength):
                self.forward = forward
                return True
        return False

    def execute(self):
        if self.forward:
            self.target.value = self.source.value * self.factor.value + self.offset.value
        else:
            self.source.value = (self.target.value - self.offset.value) // self.factor.value


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, c):
        for v in c.variables():
            v.constraints.append(c)
        self.mark += 1
        while c is not None:
            c = self.satisfy(c)

    def satisfy(self, c):
        if not c.choose(self.mark):
            return None
        for v in c.inputs():
            v.mark = self.mark
        out = c.output()
        overridden = out.determined_by
        out.determined_by = c
        out.strength = c.strength if isinstance(c, Edit) else max(
            (v.strength for v in c.inputs()), key=lambda s: s.value)
        out.mark = self.mark
        c.execute()
        self.propagate(out)
        return overridden

    def propagate(self, start):
        todo = [start]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if c.satisfied() and v in c.inputs():
                    out = c.output()
                    c.execute()
                    weakest = max((x.strength for x in c.inputs()), key=lambda s: s.value)
                    if weakest.value > out.strength.value:
                        out.strength = weakest
                    todo.append(out)


def chain(n):
    planner = Planner()
    one, zero = Variable("one", 1), Variable("zero", 0)
    vs = [Variable("v%d" % i, i) for i in range(n)]
    for a, b in zip(vs, vs[1:]):
        planner.add(Scale(a, one, zero, b))
    planner.add(Edit(vs[0], PREFERRED))
    total = 0
    for k in range(20):
        vs[0].value = k
        planner.propagate(vs[0])
        total += vs[-1].value
    return total


def projection(n):
    planner = Planner()
    factor, offset = Variable("factor", 10), Variable("offset", 1000)
    pairs = []
    for i in range(n):
        a, b = Variable("a", i), Variable("b", i)
        pairs.append((a, b))
        planner.add(Edit(a, DEFAULT))
        planner.add(Scale(a, factor, offset, b))
    for a, _ in pairs:
        a.value += 17
        planner.propagate(a)
    return sum(b.value for _, b in pairs)


n = int(sys.argv[1]) if len(sys.argv) > 1 else 100
print(chain(n), projection(n))
