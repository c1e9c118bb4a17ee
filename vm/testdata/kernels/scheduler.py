"""A simulated operating system: tasks, packets and devices pass control to each other (after Richards' benchmark)."""
import sys

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DEV, WORK = 0, 1


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * 4

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        p = queue
        while p.link is not None:
            p = p.link
        p.link = self
        return queue


class Task:
    def __init__(self, machine, ident, priority, queue, waiting):
        self.machine = machine
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.pending = queue is not None
        self.waiting = waiting
        self.held = False
        self.next = machine.tasks
        machine.tasks = self
        machine.table[ident] = self

    def add(self, packet, old):
        if self.queue is None:
            self.queue = packet
            self.pending = True
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.queue)
        return old

    def ready(self):
        return not (self.held or (self.waiting and not self.pending))

    def run(self):
        if self.waiting and self.pending:
            packet = self.queue
            self.queue = packet.link
            self.waiting = False
            self.pending = self.queue is not None
        else:
            packet = None
        return self.step(packet)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.machine.holds += 1
        self.held = True
        return self.next

    def release(self, ident):
        t = self.machine.table[ident]
        t.held = False
        return t if t.priority > self.priority else self

    def send(self, packet):
        t = self.machine.table[packet.ident]
        self.machine.sent += 1
        packet.link = None
        packet.ident = self.ident
        return t.add(packet, self)


class Idle(Task):
    def __init__(self, machine, ident, priority, count):
        Task.__init__(self, machine, ident, priority, None, False)
        self.control = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xd008
        return self.release(DEVICE_B)


class Worker(Task):
    def __init__(self, *args):
        super().__init__(*args)
        self.dest = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.dest = HANDLER_B if self.dest == HANDLER_A else HANDLER_A
        packet.ident = self.dest
        packet.datum = 0
        for i in range(4):
            self.letter = self.letter % 26 + 1
            packet.data[i] = ord("A") + self.letter - 1
        return self.send(packet)


class Handler(Task):
    def __init__(self, *args):
        super().__init__(*args)
        self.work = self.device = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == WORK:
                self.work = packet.append_to(self.work)
            else:
                self.device = packet.append_to(self.device)
        work = self.work
        if work is None:
            return self.wait()
        count = work.datum
        if count >= 4:
            self.work = work.link
            return self.send(work)
        if self.device is None:
            return self.wait()
        dev = self.device
        self.device = dev.link
        dev.datum = work.data[count]
        work.datum = count + 1
        return self.send(dev)


class Device(Task):
    def __init__(self, *args):
        super().__init__(*args)
        self.packet = None

    def step(self, packet):
        if packet is None:
            if self.packet is None:
                return self.wait()
            packet, self.packet = self.packet, None
            return self.send(packet)
        self.packet = packet
        return self.hold()


class Machine:
    def __init__(self, count):
        self.tasks = None
        self.table = [None] * 6
        self.holds = self.sent = 0
        Idle(self, IDLE, 0, count)
        q = Packet(Packet(None, 0, WORK), 0, WORK)
        Worker(self, WORKER, 1000, q, True)
        for ident, dev, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
            q = None
            for _ in range(3):
                q = Packet(q, dev, DEV)
            Handler(self, ident, priority, q, True)
        Device(self, DEVICE_A, 4000, None, True)
        Device(self, DEVICE_B, 5000, None, True)

    def run(self):
        task = self.tasks
        while task is not None:
            if task.ready():
                task = task.run()
            else:
                task = task.next
        return self.holds, self.sent


n = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
print(*Machine(n).run())
