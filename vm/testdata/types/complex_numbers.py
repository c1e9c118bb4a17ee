# complex: arithmetic, repr, parsing, errors.
def t(f, *a):
    try: print(repr(f(*a)), end=" ")
    except (ValueError, TypeError, ZeroDivisionError, OverflowError) as e: print(f"[{type(e).__name__}: {e}]", end=" ")
z = 3 + 4j
print(z, -z, +z, abs(z), z.real, z.imag, z.conjugate(), z + 1, 1 - z, z * 2j, z / 2, z / (1 - 1j), z ** 2, z ** -1, z ** 0.5, 2 ** z, z == 3 + 4j, z != 3, (3 + 0j) == 3, hash(3 + 0j) == hash(3), bool(0j), bool(z), 1j ** 2, complex(1, 2), complex(1.5), complex("1+2j"), complex("j"), complex(" -1.5e3-2J "), complex("(1+2j)"), complex("inf+nanj"), complex(1j, 1j), complex())
print(0j, -0j, 1e20j, complex(0, -0.0), complex(-0.0, 1), complex(1, float("inf")), complex(float("nan"), 1), 1.5j, 1e-5 + 1e16j, [1j], str(2j), repr(1 - 1j), f"{z}", f"{z:.2f}", f"{z:>12}", "%s" % z, 1j.imag, (1j).real)
t(complex, "1 + 2j"); t(complex, ""); t(complex, "abc"); t(complex, "1", 2); t(complex, 1, "2"); t(complex, None); t(lambda: 1j < 2j); t(lambda: z // 2); t(lambda: z % 2); t(lambda: z / 0); t(lambda: 0j ** -1); t(int, z); t(float, z); t(divmod, z, 1); t(lambda: z < 1); t(sorted, [1j, 2j]); t(round, z); t(lambda: 0j ** 1j); t(complex, []); t(lambda: z & 1)
print()
print(sum([1j, 2j, 3]), abs(1e200 + 1e200j) > 1e200, complex("1e5"), z.__add__(1), z.__radd__(1.5), z.__eq__("x"), 1 + 1j == complex(1, 1), {1j: 1}[1j], sorted([3j, 1 + 1j], key=abs), isinstance(z, complex), 3 * (1 + 2j) - 4, (1 + 2j) * (3 - 1j), (5 + 0j) / (2 + 1j), 0j + 0, -(0j), 1 / (1 + 1j))
