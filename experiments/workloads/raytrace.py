"""Threads trace rays against spheres, pixel by pixel, into one list of rows."""
import math
import harness


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def plus(self, o):
        return Vector(self.x + o.x, self.y + o.y, self.z + o.z)

    def minus(self, o):
        return Vector(self.x - o.x, self.y - o.y, self.z - o.z)

    def times(self, f):
        return Vector(self.x * f, self.y * f, self.z * f)

    def dot(self, o):
        return self.x * o.x + self.y * o.y + self.z * o.z

    def unit(self):
        return self.times(1.0 / math.sqrt(self.dot(self)))


class Sphere:
    def __init__(self, centre, radius, shine):
        self.centre = centre
        self.radius = radius
        self.shine = shine

    def meet(self, origin, direction):
        to = self.centre.minus(origin)
        along = to.dot(direction)
        square = self.radius * self.radius - to.dot(to) + along * along
        if square < 0:
            return None
        t = along - math.sqrt(square)
        return t if t > 1e-6 else None


class Scene:
    def __init__(self):
        self.light = Vector(5.0, 8.0, -5.0)
        self.spheres = [Sphere(Vector(i - 1.5, j - 0.5, 5.0 + i), 0.55, 0.3) for i in range(4) for j in range(2)]

    def nearest(self, origin, direction):
        best, hit = 1e9, None
        for s in self.spheres:
            t = s.meet(origin, direction)
            if t is not None and t < best:
                best, hit = t, s
        return best, hit

    def trace(self, origin, direction, depth):
        t, s = self.nearest(origin, direction)
        if s is None:
            return 0.1
        at = origin.plus(direction.times(t))
        normal = at.minus(s.centre).unit()
        to_light = self.light.minus(at).unit()
        bright = max(0.0, normal.dot(to_light))
        if self.nearest(at, to_light)[1] is not None:
            bright *= 0.3
        if depth > 0:
            mirrored = direction.minus(normal.times(2.0 * normal.dot(direction)))
            bright += s.shine * self.trace(at, mirrored, depth - 1)
        return bright


def pixels(scene, y, n):
    out = []
    for x in range(n):
        d = Vector((x - n / 2) / n, (n / 2 - y) / n, 1.0).unit()
        out.append(scene.trace(Vector(0.0, 0.0, 0.0), d, 2))
    return out


def setup(k):
    return Scene(), [None] * k.n


def run(k, state):
    scene, rows = state

    def work(t):
        for y in range(t, k.n, k.threads):
            rows[y] = pixels(scene, y, k.n)

    harness.threads(k.threads, work)


def verify(k, state, _):
    scene, rows = state
    assert rows[k.n // 2] == pixels(scene, k.n // 2, k.n)
    assert all(len(r) == k.n and min(r) >= 0.0 for r in rows)


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=24)
