# A bank: tellers are threads that take transfers from a queue; accounts are locked in order; the total must not change.
import queue
import random
import threading
from concurrent.futures import ThreadPoolExecutor


class InsufficientFunds(Exception):
    def __init__(self, account, amount):
        super().__init__(f"{account.owner} has {account.balance}, needs {amount}")
        self.short = amount - account.balance


class Account:
    numbers = iter(range(1000, 2000))

    def __init__(self, owner, balance=0):
        self.number, self.owner, self.balance = next(self.numbers), owner, balance
        self.lock = threading.Lock()
        self.moves = 0

    def withdraw(self, amount):
        if amount > self.balance:
            raise InsufficientFunds(self, amount)
        self.balance -= amount
        self.moves += 1

    def deposit(self, amount):
        self.balance += amount
        self.moves += 1


class Bank:
    def __init__(self, accounts):
        self.accounts = accounts
        self.stats_lock = threading.Lock()
        self.refused = self.done = 0

    def transfer(self, a, b, amount):
        first, second = sorted((a, b), key=lambda x: x.number)
        with first.lock, second.lock:
            try:
                a.withdraw(amount)
            except InsufficientFunds:
                with self.stats_lock:
                    self.refused += 1
                return False
            b.deposit(amount)
        with self.stats_lock:
            self.done += 1
        return True

    @property
    def total(self):
        return sum(a.balance for a in self.accounts)


def teller(bank, work, results):
    served = 0
    while True:
        job = work.get()
        try:
            if job is None:
                results.put((threading.current_thread().name, served))
                return
            bank.transfer(*job)
            served += 1
        finally:
            work.task_done()


random.seed(12)
bank = Bank([Account(name, 500) for name in ("ann", "bob", "cy", "dee", "eve")])
work, results = queue.Queue(maxsize=16), queue.SimpleQueue()
tellers = [threading.Thread(target=teller, args=(bank, work, results), name=f"teller-{i}") for i in range(4)]
for t in tellers:
    t.start()
jobs = []
for _ in range(300):
    a, b = random.sample(bank.accounts, 2)
    jobs.append((a, b, random.randint(1, 60)))
for job in jobs:
    work.put(job)
for _ in tellers:
    work.put(None)
work.join()
for t in tellers:
    t.join()
served = sorted(results.get() for _ in tellers)
print("total", bank.total, "served", sum(n for _, n in served), [name for name, _ in served], bank.done + bank.refused)
print("moves", sum(a.moves for a in bank.accounts) == 2 * bank.done, all(a.balance >= 0 for a in bank.accounts), work.empty(), work.qsize())

# Deposits and withdrawals in a pool; every worker adds up what it did in thread-local memory.
local = threading.local()
seen = []


def job(n):
    if not hasattr(local, "sum"):
        local.sum = [0]
        seen.append(local.sum)
    local.sum[0] += n
    account = bank.accounts[n % 5]
    with account.lock:
        account.deposit(n)
    return n * n


with ThreadPoolExecutor(max_workers=3) as pool:
    squares = list(pool.map(job, range(100)))
    late = pool.submit(lambda: bank.accounts[0].withdraw(10**6))
print(sum(squares), sum(s[0] for s in seen), len(seen) <= 3, bank.total)
print(type(late.exception()).__name__, late.exception().short > 0, late.done(), late.cancelled())

# An auditor that waits for a condition.
goal = threading.Condition()
level = 0
log = []


def auditor():
    with goal:
        if goal.wait_for(lambda: level >= 50, timeout=20):
            log.append(("reached", level >= 50))


watch = threading.Thread(target=auditor)
watch.start()
for step in range(10):
    with goal:
        level += 5
        goal.notify_all()
watch.join()
print(log, level, threading.active_count())
