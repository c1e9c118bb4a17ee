# An inventory of dataclasses: validation, ordering, replacement, conversion, a report, and undo.
import copy
import dataclasses
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field, asdict, astuple, replace
from typing import ClassVar, Optional


@dataclass(frozen=True, order=True)
class Money:
    cents: int
    currency: str = "EUR"

    def __post_init__(self):
        if not isinstance(self.cents, int):
            raise TypeError(f"cents must be int, not {type(self.cents).__name__}")

    def __add__(self, other):
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} + {other.currency}")
        return replace(self, cents=self.cents + other.cents)

    def __mul__(self, n):
        return replace(self, cents=round(self.cents * n))

    def __str__(self):
        return f"{self.cents // 100:,}.{self.cents % 100:02d} {self.currency}"


@dataclass
class Product:
    sku: str
    name: str = field(compare=False)
    price: Money
    stock: int = 0
    tags: set = field(default_factory=set, repr=False)
    made: ClassVar[int] = 0

    def __post_init__(self):
        type(self).made += 1
        if self.stock < 0:
            raise ValueError(f"{self.sku}: stock {self.stock}")

    @property
    def value(self):
        return self.price * self.stock


@dataclass(slots=True, kw_only=True)
class Perishable:
    sku: str
    days: int
    note: Optional[str] = None


class OutOfStock(LookupError):
    pass


class Inventory:
    def __init__(self):
        self.products = {}
        self.undo = deque(maxlen=3)

    @contextmanager
    def change(self, what):
        saved = copy.deepcopy(self.products)
        try:
            yield self.products
        except Exception as e:
            self.products = saved
            print(f"  rolled back {what}: {type(e).__name__}: {e}")
        else:
            self.undo.append((what, saved))

    def add(self, *products):
        for p in products:
            self.products[p.sku] = p

    def order(self, **wanted):
        with self.change(f"order {wanted}") as products:
            total = Money(0)
            for sku, n in wanted.items():
                p = products[sku]
                if p.stock < n:
                    raise OutOfStock(f"{p.name}: {n} wanted, {p.stock} there")
                p.stock -= n
                total += p.price * n
            print("  ordered", wanted, "for", total)

    def report(self):
        for p in sorted(self.products.values(), key=lambda p: (-p.value.cents, p.sku)):
            print(f"{p.sku:<6}{p.name:<12}{p.stock:>4} x {p.price!s:>12} = {p.value!s:>14} {','.join(sorted(p.tags))}")
        total = Money(0)
        for p in self.products.values():
            total += p.value
        print(f"{'total':<42}{total!s:>15}")


inv = Inventory()
inv.add(Product("p1", "pencil", Money(120), 500, {"office"}), Product("d1", "desk", Money(24999), 3, {"office", "wood"}),
        Product("l1", "lamp", Money(4550), 12), Product("c1", "chair", Money(8999), 0, {"wood"}))
inv.report()
inv.order(p1=100, d1=1)
inv.order(p1=1, c1=2)
inv.order(x9=1)
inv.order(l1=12)
what, saved = inv.undo.pop()
print("undo", what)
inv.products = saved
inv.report()
p = inv.products["d1"]
print(p, Product.made, p == replace(p, name="other"), p == replace(p, stock=7), p.tags is replace(p).tags)
print({k: sorted(v) if isinstance(v, set) else v for k, v in asdict(p).items()}, astuple(p)[2], [f.name for f in dataclasses.fields(p)], dataclasses.is_dataclass(Product))
print(Money(5) < Money(7), max(Money(3), Money(2)), Money(3) in {Money(3)}, hash(Money(1)) == hash(Money(1)), sorted([Money(2), Money(1, "USD"), Money(1)]))
fresh = Perishable(sku="m1", days=3)
fresh.days -= 1
print(fresh, fresh == Perishable(sku="m1", days=2), Perishable.__slots__)
for f in (lambda: setattr(Money(1), "cents", 2), lambda: Money("1"), lambda: Money(1) + Money(1, "USD"), lambda: Product("x", "y"), lambda: Product("x", "y", Money(1), -1),
          lambda: Perishable("m1", 3), lambda: setattr(fresh, "extra", 1), lambda: hash(p), lambda: Money(1) < 1):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
