"""Starts and ends threads, interpreters or processes (what=...), one after the other."""
import threading
import harness


def nothing():
    pass


def setup(k):
    if k.what in ("fork", "spawn"):
        import multiprocessing
        return multiprocessing.get_context(k.what).Process
    if k.what == "interpreter":
        import _interpreters
        return _interpreters
    return threading.Thread


def run(k, make):
    ended = 0
    for _ in range(k.n):
        if k.what == "interpreter":
            i = make.create()
            ended += make.run_string(i, "pass") is None
            make.destroy(i)
        else:
            t = make(target=nothing)
            t.start()
            t.join()
            ended += not t.is_alive()
    return ended


def verify(k, make, ended):
    assert ended == k.n, ended


if __name__ == "__main__":
    harness.main(setup, run, verify, what="thread", n=20)
