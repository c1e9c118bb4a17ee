# f-strings: expressions, conversions, specs, nesting, debugging form, quotes.
x, y, name, pi = 42, -7, "World", 3.14159265
print(f"{x} {y} {name}", f"{x+y}", f"{x!r} {name!r} {name!s} {'é'!a}")
print(f"{x:5}|{x:<5}|{x:>5}|{x:^5}|{x:05}|{x:+}|{x: }|{x:x}|{x:#x}|{x:b}|{x:#o}|{x:e}|{x:,}|{1234567:,}|{1234567:_}")
print(f"{pi:.2f}|{pi:10.3f}|{pi:<10.1f}|{pi:e}|{pi:g}|{pi:.0%}|{pi:010.2f}|{-pi:+.1f}")
print(f"{name:10}|{name:>10}|{name:*^11}|{name:.3}|{name!r:>10}")
print(f"{x=}", f"{x = }", f"{x+1=}", f"{name=!s}", f"{pi=:.2f}", f"{name=}")
w, p = 10, 3
print(f"{pi:{w}.{p}f}|{name:{'*'}^{w}}|{x:{'0'}{w}}")
print(f"{{}} {{{x}}} {{x}}", f"", f"no fields", rf"\n{x}", f"\n{x}\t|".strip())
print(f"{'nested ' + f'{x}'} {f'{f"{x}"}'}")
print(f"{(lambda v: v * 2)(3)} {[i for i in range(3)]} { {'a': 1}['a'] } {x if x > 1 else y}")
print(f'{name.upper()} {name[0]} {name[1:3]} {len(name)} {", ".join(["a", "b"])}')
print("a" f"{x}" "b" f"{y}" 'c')
print(f"""multi
{x}
line {
    y
}""")
class F:
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "str"
    def __repr__(self): return "repr"
f = F()
print(f"{f} {f:abc} {f!s} {f!r} {f!s:>5} {f:{x}-{y}}")
d = {"k": {"n": 1}}
print(f"{d['k']['n']} {d["k"]}")
print(f"{x:>{w}}", f"{None} {True!r:>6} {[1,2]!s:>8}", f"{x!r:^{w}}|")
print(f"{1_000:_} {0x10} {1e10} {1j} {.5}", f"{-5 % 3} {2 ** 3 ** 0}", f"{x:n}")
for bad in (lambda: f"{name:d}", lambda: f"{x:s}", lambda: f"{pi:d}", lambda: f"{x:.2}", lambda: f"{[]:5}", lambda: f"{None:>5}", lambda: f"{name:,}", lambda: f"{name:=5}", lambda: f"{x:zz}", lambda: f"{name:+}", lambda: f"{f.missing}"):
    try: print(bad())
    except (ValueError, TypeError, AttributeError) as e: print(type(e).__name__, e)
def g():
    yield f"{(yield)}"
it = g(); next(it); print(it.send("sent"))
print(f"{(z := 5)} {z}", f"{x,}", f"{x, y}", f"{*[1, 2],}")
print(f"{'a' 'b'}", f"{'\n'.join(['l1', 'l2'])}", f"{'"'}", f"\N{BULLET} \u2022 \x41")
print(f"{3.0} {3.10} {1e100} {float('inf')} {-0.0} {float('nan')}", f"{10**20} {2**64:,}", f"{'x':\u2022<3}")
