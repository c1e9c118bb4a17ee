"""Two busy threads and one that works a little and sleeps, for a short time: what timelines are drawn of; shared=1 shares a list."""
import time
import harness


def setup(k):
    return [0] * 64


def run(k, cells):
    end = harness.clock() + k.seconds
    done = [0] * 3

    def busy(t):
        n = 0
        while harness.clock() < end:
            for i in range(50):
                if k.shared:
                    cells[i & 7] += 1
                n += i
        done[t] = n

    def polite():
        n = 0
        while harness.clock() < end:
            time.sleep(k.nap)
            for i in range(50):
                n += i
        done[2] = n

    harness.threads(3, lambda t: polite() if t == 2 else busy(t))
    return done


def verify(k, cells, done):
    assert min(done) >= 0 and (max(cells) > 0) == bool(k.shared)


if __name__ == "__main__":
    harness.main(setup, run, verify, seconds=0.001, nap=0.00005, shared=0)
