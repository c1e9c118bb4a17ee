# A matrix class with operators, exact arithmetic in fractions, elimination, determinants, and powers.
from fractions import Fraction
from functools import reduce
from numbers import Number


class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError("ragged matrix")

    @classmethod
    def identity(cls, n):
        return cls([int(i == j) for j in range(n)] for i in range(n))

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __getitem__(self, at):
        match at:
            case (int() as i, int() as j):
                return self.rows[i][j]
            case (slice() as i, slice() as j):
                return Matrix(r[j] for r in self.rows[i])
            case int():
                return self.rows[at]
        raise TypeError(f"bad index {at!r}")

    def __setitem__(self, at, v):
        i, j = at
        self.rows[i][j] = v

    def __iter__(self):
        return (x for r in self.rows for x in r)

    def __eq__(self, other):
        return self.rows == other.rows if isinstance(other, Matrix) else NotImplemented

    __hash__ = None

    def __add__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        if self.shape != other.shape:
            raise ValueError(f"shapes {self.shape} and {other.shape}")
        return Matrix([a + b for a, b in zip(r, s)] for r, s in zip(self.rows, other.rows))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __mul__(self, k):
        return Matrix([x * k for x in r] for r in self.rows) if isinstance(k, Number) else NotImplemented

    __rmul__ = __mul__

    def __matmul__(self, other):
        if self.shape[1] != other.shape[0]:
            raise ValueError(f"cannot multiply {self.shape} by {other.shape}")
        columns = list(zip(*other.rows))
        return Matrix([sum(a * b for a, b in zip(r, c)) for c in columns] for r in self.rows)

    def __pow__(self, n, mod=None):
        out, base = Matrix.identity(len(self.rows)), self
        while n:
            if n & 1:
                out = out @ base
            base = base @ base
            if mod:
                out, base = (Matrix([x % mod for x in r] for r in m.rows) for m in (out, base))
            n >>= 1
        return out

    def eliminate(self):
        """Reduced row echelon form, the pivots' columns, and the determinant's factor."""
        m = [[Fraction(x) for x in r] for r in self.rows]
        pivots, det, at = [], Fraction(1), 0
        for c in range(self.shape[1]):
            best = next((r for r in range(at, len(m)) if m[r][c]), None)
            if best is None:
                det *= 0
                continue
            if best != at:
                m[at], m[best] = m[best], m[at]
                det = -det
            det *= m[at][c]
            m[at] = [x / m[at][c] for x in m[at]]
            for r in range(len(m)):
                if r != at and m[r][c]:
                    k = m[r][c]
                    m[r] = [x - k * y for x, y in zip(m[r], m[at])]
            pivots.append(c)
            at += 1
            if at == len(m):
                break
        return Matrix(m), pivots, det

    @property
    def det(self):
        if self.shape[0] != self.shape[1]:
            raise ValueError("not square")
        return self.eliminate()[2]

    def inverse(self):
        n = len(self.rows)
        full, pivots, _ = Matrix(r + i for r, i in zip(self.rows, Matrix.identity(n).rows)).eliminate()
        if pivots != list(range(n)):
            raise ZeroDivisionError("singular matrix")
        return full[:, n:]

    def __str__(self):
        cells = [[str(x) for x in r] for r in self.rows]
        w = max(len(c) for r in cells for c in r)
        return "\n".join("[" + " ".join(c.rjust(w) for c in r) + "]" for r in cells)

    def __repr__(self):
        return f"Matrix({self.rows!r})"


a = Matrix([[2, 1, -1], [-3, -1, 2], [-2, 1, 2]])
b = Matrix([[8], [-11], [-3]])
print(a @ a.inverse() == Matrix.identity(3), a.det, a.T.shape)
print(a.inverse())
print(a.inverse() @ b, (a + a == 2 * a, a - a == 0 * a), sep="\n")
fib = Matrix([[1, 1], [1, 0]])
print((fib ** 90)[0, 1], pow(fib, 10**15, 10**9 + 7)[0, 1])
hilbert = Matrix([Fraction(1, i + j + 1) for j in range(5)] for i in range(5))
print(hilbert.det, max(hilbert.inverse()), sum(hilbert))
vander = Matrix([x**k for k in range(4)] for x in (1, 2, 3, 5))
print(vander.det, reduce(lambda p, x: p * x, (y - x for i, x in enumerate((1, 2, 3, 5)) for y in (1, 2, 3, 5)[i + 1:])))
singular = Matrix([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
print(singular.eliminate()[0], singular.eliminate()[1:], sep="\n")
for f in (lambda: singular.inverse(), lambda: a @ Matrix([[1, 2]]), lambda: a + b, lambda: a + 1, lambda: a["x"], lambda: Matrix([[1], [2, 3]]), lambda: hash(a), lambda: b.det, lambda: "s" * a):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
rot = Matrix([[0, -1], [1, 0]])
print([repr(rot ** n) for n in range(5)], rot * 0.5, rot * 1j)
