# Python 2.7: a bank of accounts with threads, locks, random numbers that are ours, and string formatting of money.
import threading


class Random:
    def __init__(self, seed):
        self.state = long(seed)

    def next(self, n):
        self.state = (self.state * 6364136223846793005L + 1442695040888963407L) & 0xFFFFFFFFFFFFFFFFL
        return int(self.state >> 33) % n


class Account(object):
    ids = iter(range(1, 100)).next

    def __init__(self, owner, cents):
        self.id, self.owner, self.cents = self.ids(), owner, cents
        self.lock = threading.RLock()
        self.log = []

    def __str__(self):
        return "%s: %s" % (self.owner, money(self.cents))

    def __lt__(self, other):
        return cmp((self.cents, self.owner), (other.cents, other.owner)) < 0


def money(cents):
    whole, part = divmod(abs(cents), 100)
    digits = str(whole)
    groups = []
    while digits:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return "%s%s.%02d" % ("-" * (cents < 0), ",".join(groups), part)


def transfer(a, b, cents):
    first, second = (a, b) if a.id < b.id else (b, a)
    with first.lock:
        with second.lock:
            if a.cents < cents:
                return False
            a.cents -= cents
            b.cents += cents
            a.log.append(-cents)
            b.log.append(cents)
            return True


def trader(seed, accounts, n):
    r = Random(seed)
    for _ in xrange(n):
        i, j = r.next(len(accounts)), r.next(len(accounts))
        if i != j:
            transfer(accounts[i], accounts[j], r.next(5000))


accounts = [Account(name, 1234567 * (i + 1)) for i, name in enumerate(["ann", "bob", "zoe", "dan"])]
for a in accounts:
    print a
before = sum(a.cents for a in accounts)
threads = [threading.Thread(target=trader, args=(s, accounts, 60)) for s in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print before == sum(a.cents for a in accounts), all(a.cents == 1234567 * (i + 1) + sum(a.log) for i, a in enumerate(accounts))
print sum(len(a.log) for a in accounts) % 2, money(-123456789), money(5), before / 3, "%.3f" % (before / 3.0)
trader(9, accounts[:2], 5)
r = Random(1)
print [r.next(100) for _ in range(8)], r.state
print sorted(accounts)[0].owner in ("ann", "bob", "zoe", "dan"), not max(accounts) < min(accounts)
