"""Assertions that several test files share."""
import math


class ExtraAssertions:
    pass


class ExceptionIsLikeMixin:
    pass


class ComplexesAreIdenticalMixin:
    def assertFloatIdentical(self, x, y):
        self.assertEqual(math.isnan(x), math.isnan(y))
        if not math.isnan(x):
            self.assertEqual(x, y)
            self.assertEqual(math.copysign(1.0, x), math.copysign(1.0, y))

    def assertComplexesAreIdentical(self, x, y):
        self.assertFloatIdentical(x.real, y.real)
        self.assertFloatIdentical(x.imag, y.imag)


class FloatsAreIdenticalMixin:
    def assertFloatsAreIdentical(self, x, y):
        self.assertEqual(math.isnan(x), math.isnan(y))
        if not math.isnan(x):
            self.assertEqual(x, y)
            self.assertEqual(math.copysign(1.0, x), math.copysign(1.0, y))
