# Module cmath, to twelve digits: beyond them the C library has its own opinion.
import cmath
import math

FUNCTIONS = [cmath.sqrt, cmath.exp, cmath.log, cmath.log10, cmath.sin, cmath.cos, cmath.tan, cmath.sinh, cmath.cosh, cmath.tanh,
             cmath.asin, cmath.acos, cmath.atan, cmath.asinh, cmath.acosh, cmath.atanh, cmath.phase]
POINTS = [0j, 1, -1, 1j, -1j, 2, -2, 0.5 + 0.25j, -3.5 - 4j, 1e-5 + 1e-6j, 10 + 3j, complex(-0.0, 0.0), complex(2, -0.0), complex(-2, -0.0),
          0.999 + 0.01j, 1e200 + 1e100j, 1e-310 + 1e-312j, -700 + 1j, 709.9 + 1j, 3, 2.5, True, complex(math.inf, 1), complex(-math.inf, 0.0),
          complex(1, math.inf), complex(math.nan, 0), complex(math.inf, math.inf)]
for f in FUNCTIONS:
    print(f.__name__)
    for z in POINTS:
        try:
            w = f(z)
            print('   ', z, w if isinstance(w, float) else '%.11e %.11e' % (w.real, w.imag) if isinstance(w, complex) else w)
        except (ValueError, OverflowError) as e:
            print('   ', z, type(e).__name__, e)
print(cmath.polar(3 + 4j), cmath.polar(-1), cmath.log(8, 2), cmath.log(1j, 10), cmath.rect(2, 1), cmath.rect(-1, 0), cmath.rect(0, 5))
print(cmath.pi, cmath.e, cmath.tau, cmath.inf, cmath.nan, cmath.infj, cmath.nanj)
print(cmath.isfinite(1j), cmath.isinf(complex(0, math.inf)), cmath.isnan(complex(math.nan, 0)), cmath.isclose(1, 1 + 1e-10j), cmath.isclose(1, 1.1))
for bad in ('x', None, [1]):
    try:
        cmath.sqrt(bad)
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
