# Python 2.7: classes with __nonzero__ and next, super with arguments, properties, class methods, and operators.
class Shape(object):
    count = 0

    def __init__(self, name):
        self.name = name
        Shape.count += 1

    def area(self):
        raise NotImplementedError, self.name

    def __nonzero__(self):
        return self.area() > 0

    def __repr__(self):
        return "%s(%s, %.2f)" % (self.__class__.__name__, self.name, self.area())

    def __eq__(self, other):
        return self.area() == other.area()

    def __ne__(self, other):
        return not self == other


class Square(Shape):
    def __init__(self, side):
        super(Square, self).__init__("square")
        self.side = side

    def area(self):
        return self.side ** 2

    @classmethod
    def unit(cls):
        return cls(1)

    @property
    def half(self):
        return self.side / 2


class Countdown(object):
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def next(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


print Square(3), Square(5).half, bool(Square(0)), not Square(2), Square.unit(), Shape.count
print Square(2) == Square(2), Square(2) != Square(3), Square(1) <> Square(1)
print list(Countdown(4)), sum(Countdown(5)), [a * b for a, b in zip(Countdown(3), Countdown(3))], max(Countdown(7))
it = iter([1, 2])
print it.next(), it.next()
try:
    it.next()
except StopIteration:
    print "stop"
try:
    Shape("blob").area()
except NotImplementedError, e:
    print "not implemented:", e
print isinstance(Square(1), Shape), issubclass(Square, Shape), hasattr(Square(1), "area"), getattr(Square(2), "side")
