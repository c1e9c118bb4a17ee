"""Hands a structure (data=list) or a buffer (data=bytes) on: how=reference, marshal, pickle, out-of-band, shared-memory."""
import harness


def setup(k):
    if k.data == "list":
        value = [(i, "item %d" % i, i * 0.5) for i in range(k.size // 64)]
    else:
        value = bytearray(i & 255 for i in range(256)) * (k.size // 256)
    memory = None
    if k.how == "shared-memory":
        from multiprocessing import shared_memory
        memory = shared_memory.SharedMemory(create=True, size=k.size)
    return value, memory


def hand_on(k, value, memory):
    if k.how == "reference":
        return value
    if k.how == "marshal":
        import marshal
        return marshal.loads(marshal.dumps(value))
    import pickle
    if k.how == "pickle":
        return pickle.loads(pickle.dumps(value, 4))
    if k.how == "out-of-band":
        buffers = []
        data = pickle.dumps(pickle.PickleBuffer(value), 5, buffer_callback=buffers.append)
        return pickle.loads(data, buffers=buffers)
    from multiprocessing import shared_memory
    memory.buf[:len(value)] = value
    other = shared_memory.SharedMemory(memory.name)
    got = bytes(other.buf[:16])
    other.close()
    return got


def run(k, state):
    value, memory = state
    for _ in range(k.n):
        got = hand_on(k, value, memory)
    return got


def verify(k, state, got):
    value, memory = state
    if memory is not None:
        assert got == bytes(value[:16])
        memory.close()
        memory.unlink()
    else:
        assert got == value


if __name__ == "__main__":
    harness.main(setup, run, verify, data="list", how="pickle", size=1 << 20, n=10)
