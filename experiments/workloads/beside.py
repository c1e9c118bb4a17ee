"""A server echoes datagrams beside threads that count; what the interpreter's lock makes of it. interval= and check= are sys.set...interval's."""
from __future__ import print_function
import socket
import sys
import threading
import harness


def setup(k):
    if k.interval:
        sys.setswitchinterval(k.interval)
    if k.check:
        sys.setcheckinterval(k.check)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind(("127.0.0.1", 0))
    return s


def run(k, s):
    counted = [0] * k.busy
    stop = []

    def work(i):
        rounds = 0
        while not stop:
            n = 1000
            while n > 0:
                n -= 1
            rounds += 1
        counted[i] = rounds * 1000

    ts = [threading.Thread(target=work, args=(i,)) for i in range(k.busy)]
    for t in ts:
        t.start()
    print("ready", s.getsockname()[1])
    sys.stdout.flush()
    answered = 0
    start = harness.clock()
    while True:
        data, sender = s.recvfrom(2048)
        if len(data) == 1:  # the last one
            break
        s.sendto(data, sender)
        answered += 1
    window = harness.clock() - start
    stop.append(True)
    for t in ts:
        t.join()
    return answered, sum(counted), window


def verify(k, s, result):
    answered, counted, window = result
    assert answered > 0
    return {"answered": answered, "counted": counted, "window": window}


if __name__ == "__main__":
    harness.main(setup, run, verify, busy=1, interval=0.0, check=0)
