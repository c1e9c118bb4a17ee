"""Simulations of a small operating system's scheduler, several independent ones shared out among threads."""
import harness


class Task:
    def __init__(self, system, name, rounds):
        self.system = system
        self.name = name
        self.left = rounds
        self.inbox = []
        self.waiting = False
        self.handled = 0

    def runnable(self):
        return not self.waiting or len(self.inbox) > 0

    def send(self, name, packet):
        task = self.system.tasks[name]
        task.inbox.append(packet)
        task.waiting = False
        self.system.sent += 1

    def step(self):
        raise NotImplementedError


class Source(Task):
    def step(self):
        if self.left == 0:
            self.waiting = True
            return
        self.left -= 1
        self.handled += 1
        self.send("even" if self.left % 2 == 0 else "odd", [self.left, 0])


class Worker(Task):
    def step(self):
        if not self.inbox:
            self.waiting = True
            return
        packet = self.inbox.pop(0)
        packet[1] += packet[0] * 3 % 7 + 1
        self.handled += 1
        self.send("sink" if packet[1] % 2 or packet[1] > 6 else "odd", packet)


class Sink(Task):
    total = 0

    def step(self):
        if not self.inbox:
            self.waiting = True
            return
        packet = self.inbox.pop()
        self.total = self.total + packet[0] + packet[1]
        self.handled += 1
        if packet[1] == 0:
            self.waiting = True


class System:
    def __init__(self, rounds):
        self.sent = 0
        self.tasks = {}
        for name, kind in (("source", Source), ("even", Worker), ("odd", Worker), ("sink", Sink)):
            self.tasks[name] = kind(self, name, rounds)

    def run(self):
        going = True
        steps = 0
        while going and steps < 100000:
            going = False
            for task in self.tasks.values():
                if task.runnable() and not (task.waiting and not task.inbox):
                    task.step()
                    steps += 1
                    going = True
        return self.sent, self.tasks["sink"].handled


def setup(k):
    return System(k.rounds).run()


def run(k, want):
    results = [None] * k.n

    def work(t):
        for i in harness.share(k.n, k.threads, t):
            results[i] = System(k.rounds).run()

    harness.threads(k.threads, work)
    return results


def verify(k, want, results):
    assert results == [want] * k.n, (want, results[:3])
    assert want[0] > k.rounds


if __name__ == "__main__":
    harness.main(setup, run, verify, threads=2, n=16, rounds=20)
