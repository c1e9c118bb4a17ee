"""Signals, and contexts: precision, rounding, limits of exponents, what is flagged and what is raised."""

from threading import local as _local

ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR"
ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP = "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN", "ROUND_05UP"
_roundings = (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP)

MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)


class DecimalException(ArithmeticError):
    pass


class Clamped(DecimalException):
    pass


class InvalidOperation(DecimalException):
    pass


class ConversionSyntax(InvalidOperation):
    pass


class DivisionImpossible(InvalidOperation):
    pass


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    pass


class InvalidContext(InvalidOperation):
    pass


class DivisionByZero(DecimalException, ZeroDivisionError):
    pass


class Inexact(DecimalException):
    pass


class Rounded(DecimalException):
    pass


class Subnormal(DecimalException):
    pass


class Overflow(Inexact, Rounded):
    pass


class Underflow(Inexact, Rounded, Subnormal):
    pass


class FloatOperation(DecimalException, TypeError):
    pass


SIGNALS = [Clamped, InvalidOperation, DivisionByZero, Inexact, Rounded, Subnormal, Overflow, Underflow, FloatOperation]
_shown = [InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped]

_in_context = [Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow]

for _c in (DecimalException, ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext, *SIGNALS):
    _c.__module__ = "decimal"


class SignalDict(dict):
    """Which signals are set; the keys cannot change."""

    def __setitem__(self, key, value):
        if key not in SIGNALS:
            raise KeyError("invalid error flag")
        dict.__setitem__(self, key, bool(value))

    def __delitem__(self, key):
        raise ValueError("signal keys cannot be deleted")

    def copy(self):
        return SignalDict(self)

    def __repr__(self):
        return "{" + ", ".join("<class 'decimal.%s'>:%s" % (s.__name__, self[s]) for s in _shown) + "}"


def _signals(given):
    if isinstance(given, dict):
        if set(given) != set(SIGNALS):
            raise KeyError("invalid signal dict")
        return SignalDict((s, bool(given[s])) for s in SIGNALS)
    given = list(given or ())
    for s in given:
        if s not in SIGNALS:
            raise TypeError("valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, "
                            "Subnormal, Inexact, Rounded,\n   Clamped]")
    return SignalDict((s, s in given) for s in SIGNALS)


_limits = {"prec": (1, MAX_PREC, "valid range for prec is [1, MAX_PREC]"), "Emin": (MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]"),
           "Emax": (0, MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]"), "capitals": (0, 1, "valid values for capitals are 0 or 1"),
           "clamp": (0, 1, "valid values for clamp are 0 or 1")}


class Context:
    """How to calculate. Methods of Decimal are methods here too, which use this context."""

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        d = _Defaults.context
        self.prec = 28 if d is None and prec is None else d.prec if prec is None else prec
        self.rounding = (ROUND_HALF_EVEN if d is None else d.rounding) if rounding is None else rounding
        self.Emin = (-999999 if d is None else d.Emin) if Emin is None else Emin
        self.Emax = (999999 if d is None else d.Emax) if Emax is None else Emax
        self.capitals = (1 if d is None else d.capitals) if capitals is None else capitals
        self.clamp = (0 if d is None else d.clamp) if clamp is None else clamp
        self.flags = flags
        self.traps = (d.traps if d is not None else [InvalidOperation, DivisionByZero, Overflow]) if traps is None else traps

    def __setattr__(self, name, value):
        if name in _limits:
            if not isinstance(value, int):
                raise TypeError("'%s' object cannot be interpreted as an integer" % type(value).__name__)
            lo, hi, message = _limits[name]
            if not lo <= value <= hi:
                raise ValueError(message)
        elif name == "rounding":
            if value not in _roundings:
                raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, "
                                "ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]")
        elif name in ("flags", "traps"):
            value = _signals(value)
        else:
            raise AttributeError("'decimal.Context' object has no attribute '%s'" % name)
        object.__setattr__(self, name, value)

    def __repr__(self):
        lists = [", ".join(s.__name__ for s in _in_context if d[s]) for d in (self.flags, self.traps)]
        return ("Context(prec=%d, rounding=%s, Emin=%d, Emax=%d, capitals=%d, clamp=%d, flags=[%s], traps=[%s])"
                % (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, *lists))

    def copy(self):
        return Context(self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, self.flags, self.traps)

    __copy__ = copy

    def __reduce__(self):
        return Context, (self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, [s for s in SIGNALS if self.flags[s]],
                         [s for s in SIGNALS if self.traps[s]])

    def clear_flags(self):
        self.flags = None

    def clear_traps(self):
        self.traps = []

    def Etiny(self):
        return self.Emin - self.prec + 1

    def Etop(self):
        return self.Emax - self.prec + 1

    def signal(self, condition, kind=None):
        """Flag a condition, and raise it if it is trapped."""
        kind = kind or condition
        dict.__setitem__(self.flags, kind, True)
        if self.traps[kind]:
            raise kind([condition])

    def signals(self, conditions):
        """Flag conditions at once; the gravest that is trapped is raised, and shows all."""
        for c in conditions:
            dict.__setitem__(self.flags, c, True)
        trapped = [s for s in _shown if s in conditions and self.traps[s]]
        if trapped:
            raise trapped[0](trapped)

    def create_decimal(self, num="0", /):
        from . import Decimal
        if isinstance(num, str) and (num != num.strip() or "_" in num):
            self.signal(ConversionSyntax, InvalidOperation)
            return Decimal("NaN")
        return Decimal(num, context=self)._fix(self)

    def create_decimal_from_float(self, f, /):
        from . import Decimal
        return Decimal.from_float(f)._fix(self)

    def radix(self):
        from . import Decimal
        return Decimal(10)


class _Defaults:
    context = None


_Defaults.context = DefaultContext = Context()
BasicContext = Context(9, ROUND_HALF_UP, traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(9, ROUND_HALF_EVEN, traps=[])

Context.__module__ = "decimal"
_threads = _local()


def getcontext():
    """The context of this thread."""
    try:
        return _threads.context
    except AttributeError:
        context = _threads.context = DefaultContext.copy()
        context.clear_flags()
        return context


def setcontext(context, /):
    if not isinstance(context, Context):
        raise TypeError("optional argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _threads.context = context


class _Manager:
    def __init__(self, context):
        self.new = context

    def __enter__(self):
        self.saved = getcontext()
        setcontext(self.new)
        return self.new

    def __exit__(self, *exc):
        setcontext(self.saved)


def localcontext(ctx=None, **settings):
    """A context for a with statement."""
    context = (getcontext() if ctx is None else ctx).copy()
    for name, value in settings.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError("this function got an unexpected keyword argument '%s'" % name)
        setattr(context, name, value)
    return _Manager(context)
