"""A job server hands jobs of unequal length to local nodes (pipes) and remote ones (sockets): in which order come the results?"""
import multiprocessing
import multiprocessing.connection
import threading
import time
import harness


def work(connection):
    while True:
        job = connection.recv()
        if job is None:
            return
        n, pause = job
        time.sleep(pause)
        connection.send((n, sum(i * i for i in range(n))))


def remote(address, key):
    work(multiprocessing.connection.Client(address, authkey=key))


def setup(k):
    context = multiprocessing.get_context("fork")
    nodes, processes = [], []
    for _ in range(k.local):
        ours, theirs = context.Pipe()
        nodes.append(ours)
        processes.append(context.Process(target=work, args=(theirs,)))
    listener = multiprocessing.connection.Listener(("127.0.0.1", 0), authkey=b"jobs")
    processes += [context.Process(target=remote, args=(listener.address, b"jobs")) for _ in range(k.remote)]
    for p in processes:
        p.start()
    nodes += [listener.accept() for _ in range(k.remote)]
    return nodes, processes


def run(k, state):
    nodes, _ = state
    r = harness.Random(k.seed)
    jobs = [(r.below(300) + 1, r.below(8) / 1000.0) for _ in range(k.n)]
    results, finished = [None] * k.n, []
    todo = iter(enumerate(jobs))
    lock = threading.Lock()

    def serve(t):
        while True:
            with lock:
                at, job = next(todo, (None, None))
            if job is None:
                return
            nodes[t].send(job)
            results[at] = nodes[t].recv()
            finished.append(at)

    harness.threads(len(nodes), serve)
    return jobs, results, finished


def verify(k, state, result):
    jobs, results, finished = result
    nodes, processes = state
    for node in nodes:
        node.send(None)
    for p in processes:
        p.join()
    wrong = sum(r != (n, sum(i * i for i in range(n))) for (n, _), r in zip(jobs, results))
    assert sorted(finished) == list(range(k.n))
    return {"disordered": wrong, "overtaken": sum(a > b for a, b in zip(finished, finished[1:]))}


if __name__ == "__main__":
    harness.main(setup, run, verify, local=2, remote=2, n=24, seed=1)
