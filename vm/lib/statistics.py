"""Statistics of numeric data."""

import math
from fractions import Fraction

__all__ = ["StatisticsError", "mean", "fmean", "geometric_mean", "harmonic_mean", "median", "median_low", "median_high", "mode", "multimode",
           "pstdev", "pvariance", "stdev", "variance", "quantiles", "correlation", "covariance", "linear_regression", "NormalDist"]


class StatisticsError(ValueError):
    pass


def _exact(data):
    """The sum without rounding, the type to return, and the number of values."""
    total, kind, n = Fraction(0), int, 0
    for x in data:
        n += 1
        if isinstance(x, float):
            kind = float
        elif not isinstance(x, int) and kind is int:
            kind = type(x)
        total += Fraction(x)
    return total, kind, n


def _convert(value, kind):
    if kind is int and value.denominator != 1 or kind is float:
        return value.numerator / value.denominator
    if kind in (int, bool):
        return value.numerator
    return kind(value) if kind is Fraction else kind(value.numerator) / kind(value.denominator)


def mean(data):
    total, kind, n = _exact(data)
    if n < 1:
        raise StatisticsError("mean requires at least one data point")
    return _convert(total / n, kind)


def fmean(data, weights=None):
    data = list(map(float, data))
    if not data:
        raise StatisticsError("fmean requires at least one data point")
    if weights is None:
        return math.fsum(data) / len(data)
    weights = list(weights)
    if len(weights) != len(data):
        raise StatisticsError("data and weights must be the same length")
    den = math.fsum(weights)
    if not den:
        raise StatisticsError("sum of weights must be non-zero")
    return math.sumprod(data, weights) / den


def geometric_mean(data):
    data = list(data)
    if not data or any(x <= 0 for x in data):
        raise StatisticsError("Must have a non-empty dataset" if not data else "No negative inputs allowed")
    return math.exp(math.fsum(map(math.log, data)) / len(data))


def harmonic_mean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("harmonic_mean requires at least one data point")
    if any(x < 0 for x in data):
        raise StatisticsError("harmonic mean does not support negative values")
    if 0 in data:
        return 0
    weights = [1] * len(data) if weights is None else list(weights)
    total, kind, _ = _exact([w / x if w else 0 for w, x in zip(weights, data)])
    return _convert(Fraction(sum(map(Fraction, weights))) / total, kind)


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    counts = _counts(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=counts.get)


def multimode(data):
    counts = _counts(data)
    top = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == top]


def _squares(data, c=None):
    data = list(data)
    total, kind, n = _exact(data)
    if n == 0:
        return Fraction(0), kind, 0
    m = total / n if c is None else Fraction(c)
    return sum(((Fraction(x) - m) ** 2 for x in data), Fraction(0)), kind, n


def variance(data, xbar=None):
    ss, kind, n = _squares(data, xbar)
    if n < 2:
        raise StatisticsError("variance requires at least two data points")
    return _convert(ss / (n - 1), kind)


def pvariance(data, mu=None):
    ss, kind, n = _squares(data, mu)
    if n < 1:
        raise StatisticsError("pvariance requires at least one data point")
    return _convert(ss / n, kind)


def _root(q):
    """The square root of a fraction, rounded once."""
    n, m = q.numerator, q.denominator
    if not n:
        return 0.0
    shift = (n.bit_length() - m.bit_length() - 109) // 2
    if shift >= 0:
        r = math.isqrt(n // (m << 2 * shift)) | (n % (m << 2 * shift) != 0)
        return float(r << shift)
    r = math.isqrt((n << -2 * shift) // m) | 1
    return r / (1 << -shift)


def stdev(data, xbar=None):
    ss, kind, n = _squares(data, xbar)
    if n < 2:
        raise StatisticsError("stdev requires at least two data points")
    return _root(ss / (n - 1))


def pstdev(data, mu=None):
    ss, kind, n = _squares(data, mu)
    if n < 1:
        raise StatisticsError("pstdev requires at least one data point")
    return _root(ss / n)


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    ld = len(data)
    if ld < 2:
        if ld == 1:
            return data * (n - 1)
        raise StatisticsError("must have at least one data point")
    result = []
    if method == "inclusive":
        for i in range(1, n):
            j, delta = divmod(i * (ld - 1), n)
            result.append((data[j] * (n - delta) + data[j + 1] * delta) / n)
        return result
    if method != "exclusive":
        raise ValueError("Unknown method: %r" % (method,))
    for i in range(1, n):
        j = min(max(i * (ld + 1) // n, 1), ld - 1)
        delta = i * (ld + 1) - j * n
        result.append((data[j - 1] * (n - delta) + data[j] * delta) / n)
    return result


def covariance(x, y, /):
    n = len(x)
    if len(y) != n:
        raise StatisticsError("covariance requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError("covariance requires at least two data points")
    xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    return math.sumprod((a - xbar for a in x), (b - ybar for b in y)) / (n - 1)


def correlation(x, y, /):
    n = len(x)
    if len(y) != n:
        raise StatisticsError("correlation requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError("correlation requires at least two data points")
    xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
    x, y = [a - xbar for a in x], [b - ybar for b in y]
    try:
        return math.sumprod(x, y) / math.sqrt(math.sumprod(x, x) * math.sumprod(y, y))
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant") from None


def linear_regression(x, y, /, *, proportional=False):
    from collections import namedtuple
    n = len(x)
    if proportional:
        slope, intercept = math.sumprod(x, y) / math.sumprod(x, x), 0.0
    else:
        xbar, ybar = math.fsum(x) / n, math.fsum(y) / n
        dx = [a - xbar for a in x]
        slope = math.sumprod(dx, (b - ybar for b in y)) / math.sumprod(dx, dx)
        intercept = ybar - slope * xbar
    return namedtuple("LinearRegression", "slope intercept")(slope, intercept)


class NormalDist:
    """The normal distribution."""

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self.mean, self.stdev = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))

    variance = property(lambda self: self.stdev ** 2)
    median = mode = property(lambda self: self.mean)

    def pdf(self, x):
        v = self.stdev * self.stdev
        if not v:
            raise StatisticsError("pdf() not defined when sigma is zero")
        d = x - self.mean
        return math.exp(d * d / (-2.0 * v)) / math.sqrt(math.tau * v)

    def cdf(self, x):
        if not self.stdev:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * math.erfc((self.mean - x) / (self.stdev * math.sqrt(2.0)))

    def zscore(self, x):
        return (x - self.mean) / self.stdev

    def __repr__(self):
        return "NormalDist(mu=%r, sigma=%r)" % (self.mean, self.stdev)
