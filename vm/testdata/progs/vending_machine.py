# A state machine over enums: a vending machine with transitions in a table, guards, and a history; flags for its equipment.
import enum
from collections import ChainMap
from functools import partial, singledispatchmethod


class State(enum.Enum):
    IDLE = "idle"
    PAID = "paid"
    VENDING = "vending"
    BROKEN = "broken"

    @property
    def stuck(self):
        return self in {State.BROKEN}

    def __str__(self):
        return f"<{self.value}>"


class Coin(enum.IntEnum):
    NICKEL = 5
    DIME = 10
    QUARTER = 25
    DOLLAR = 100

    @classmethod
    def change(cls, amount):
        out = []
        for coin in sorted(cls, reverse=True):
            n, amount = divmod(amount, coin)
            out += [coin.name] * n
        return out


class Equipment(enum.Flag):
    COOLER = enum.auto()
    LIGHT = enum.auto()
    CARD_READER = enum.auto()
    BASIC = COOLER | LIGHT


class Event(enum.StrEnum):
    INSERT = enum.auto()
    SELECT = enum.auto()
    CANCEL = enum.auto()
    KICK = enum.auto()
    SERVICE = enum.auto()


class Refused(Exception):
    pass


TABLE = {}


def on(state, event, to):
    def mark(f):
        TABLE[state, event] = (f, to)
        return f
    return mark


class Machine:
    def __init__(self, stock, prices):
        self.state, self.credit, self.bank = State.IDLE, 0, 0
        self.stock, self.prices = dict(stock), ChainMap({}, prices)
        self.history, self.equipment = [], Equipment.BASIC

    def fire(self, event, *args):
        try:
            action, to = TABLE[self.state, Event(event)]
        except KeyError:
            self.history.append(f"{self.state} ignores {event}")
            return None
        try:
            result = action(self, *args)
        except Refused as e:
            self.history.append(f"{self.state} {event}: refused, {e}")
            return None
        old, self.state = self.state, to
        self.history.append(f"{old} --{event}--> {to}")
        return result

    @on(State.IDLE, Event.INSERT, State.PAID)
    @on(State.PAID, Event.INSERT, State.PAID)
    def insert(self, coin):
        self.credit += Coin[coin]

    @on(State.PAID, Event.SELECT, State.IDLE)
    def select(self, item):
        if not self.stock.get(item):
            raise Refused(f"no {item}")
        if self.credit < self.prices[item]:
            raise Refused(f"{self.prices[item] - self.credit} missing")
        self.stock[item] -= 1
        self.bank += self.prices[item]
        change, self.credit = Coin.change(self.credit - self.prices[item]), 0
        return item, change

    @on(State.PAID, Event.CANCEL, State.IDLE)
    def cancel(self):
        out, self.credit = Coin.change(self.credit), 0
        return out

    def kick(self):
        self.equipment &= ~Equipment.LIGHT

    @on(State.BROKEN, Event.SERVICE, State.IDLE)
    def service(self):
        self.equipment |= Equipment.LIGHT | Equipment.CARD_READER

    @singledispatchmethod
    def price(self, what):
        raise TypeError(f"cannot price {what!r}")

    @price.register
    def _(self, what: str):
        return self.prices[what]

    @price.register(list)
    def _(self, what):
        return sum(map(self.price, what))


for s in State:
    TABLE[s, Event.KICK] = (Machine.kick, State.BROKEN)
m = Machine({"gum": 1, "cola": 2}, {"gum": 35, "cola": 120})
go = partial(m.fire, "insert")
go("QUARTER"), m.fire("select", "gum"), go("DIME")
print(m.fire("select", "gum"), m.credit, m.bank)
go("DOLLAR"), m.fire("select", "tea"), go("QUARTER"), go("QUARTER")
print(m.fire("select", "cola"), m.fire("cancel"), m.price(["gum", "cola"]))
go("DIME")
print(m.fire("cancel"), m.fire("kick"), m.state.stuck, m.equipment, m.fire("select", "cola"))
m.fire("service")
print(m.equipment, Equipment.CARD_READER in m.equipment, list(m.equipment), m.state.name, len(TABLE))
print(*m.history, sep="\n")
for f in (lambda: m.fire("dance"), lambda: State("lost"), lambda: Coin["PENNY"], lambda: m.price(3.0), lambda: Coin(7), lambda: setattr(State, "IDLE", 1)):
    try:
        f()
    except (ValueError, KeyError, TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print(Coin.DIME + Coin.NICKEL, repr(Coin.DIME), Coin(25), max(Coin), [e for e in Event], f"{Event.KICK:>6}", State.IDLE, repr(State.PAID), Event("kick") is Event.KICK)
