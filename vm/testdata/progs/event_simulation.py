# A discrete-event simulation of a bank: processes are generators, the calendar is a heap, servers are resources with a queue.
import heapq
import itertools
import random
from collections import deque


class Simulation:
    def __init__(self):
        self.now = 0.0
        self.calendar = []
        self.ids = itertools.count()
        self.log = []

    def at(self, delay, process, value=None):
        heapq.heappush(self.calendar, (self.now + delay, next(self.ids), process, value))

    def start(self, process):
        self.at(0, process)

    def run(self, until):
        events = 0
        while self.calendar and self.calendar[0][0] <= until:
            self.now, _, process, value = heapq.heappop(self.calendar)
            events += 1
            try:
                request = process.send(value)
            except StopIteration:
                continue
            if isinstance(request, (int, float)):
                self.at(request, process)
            else:
                request(process)
        for _, _, process, _ in self.calendar:
            process.close()
        return events


class Resource:
    def __init__(self, sim, n):
        self.sim, self.free = sim, n
        self.queue = deque()
        self.longest = 0
        self.busy = 0.0

    def acquire(self, process):
        if self.free:
            self.free -= 1
            self.sim.at(0, process, "served at once")
        else:
            self.queue.append(process)
            self.longest = max(self.longest, len(self.queue))

    def release(self):
        if self.queue:
            self.sim.at(0, self.queue.popleft(), "had to wait")
        else:
            self.free += 1


def customer(sim, name, tellers, patience, stats):
    came = sim.now
    try:
        how = yield tellers.acquire
        waited = sim.now - came
        stats["waits"].append(waited)
        try:
            service = random.expovariate(1 / 4.0)
            tellers.busy += service
            yield service
        finally:
            tellers.release()
        stats["done"] += 1
        if name % 10 == 0:
            sim.log.append(f"{sim.now:8.3f} customer {name} leaves: {how}, {waited:.2f}")
        if waited > patience:
            stats["angry"] += 1
    except GeneratorExit:
        stats["inside at closing"] += 1
        raise


def door(sim, tellers, stats):
    for name in itertools.count():
        yield random.expovariate(1 / 1.5)
        sim.start(customer(sim, name, tellers, 6.0, stats))


def clock(sim, tellers):
    while True:
        yield 30
        sim.log.append(f"{sim.now:8.3f} queue {len(tellers.queue)}, free {tellers.free}")


for n in (2, 3, 4):
    random.seed(7)
    sim = Simulation()
    tellers = Resource(sim, n)
    stats = {"waits": [], "done": 0, "angry": 0, "inside at closing": 0}
    sim.start(door(sim, tellers, stats))
    sim.start(clock(sim, tellers))
    events = sim.run(120)
    tellers.queue.clear()
    print(f"{n} tellers: {events} events, {stats['done']} served, {stats['angry']} angry, longest queue {tellers.longest}")
    waits = sorted(stats["waits"])
    print(f"   wait mean {sum(waits) / len(waits):.4f} median {waits[len(waits) // 2]:.4f} max {waits[-1]:.4f}; busy {tellers.busy / n / 120:.3f}")
    print("\n".join("   " + line for line in sim.log))
