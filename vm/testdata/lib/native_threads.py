# Threads that hash and compress long inputs, for which the interpreter's lock is released, and share the objects.
import bz2
import hashlib
import threading
import zlib

BLOCK = b"".join(b"%d," % i for i in range(1500))


def run(n, work):
    threads = [threading.Thread(target=work, args=(i,)) for i in range(n)]
    for th in threads:
        th.start()
    for th in threads:
        th.join()


# Every update of a shared object takes effect once, whole.
shared = hashlib.sha256()
run(4, lambda i: [shared.update(BLOCK) for _ in range(5)])
print(shared.hexdigest() == hashlib.sha256(BLOCK * 20).hexdigest())

short = hashlib.md5()
run(4, lambda i: [short.update(b"x" * 100) for _ in range(50)])
print(short.hexdigest() == hashlib.md5(b"x" * 20000).hexdigest())

# A compressor shared by threads: nothing is lost or doubled.
c = zlib.compressobj()
parts = []
lock = threading.Lock()


def compress(i):
    for k in range(3):
        with lock:
            parts.append(c.compress(BLOCK) + c.flush(zlib.Z_SYNC_FLUSH))


run(3, compress)
parts.append(c.flush())
print(zlib.decompress(b"".join(parts)) == BLOCK * 9)

results = {}


def work(i):
    data = BLOCK + bytes([i])
    results[i] = (hashlib.sha1(data).hexdigest(), zlib.decompress(zlib.compress(data)) == data, bz2.decompress(bz2.compress(data)) == data)


run(4, work)
for i in range(4):
    print(i, results[i])

# Nothing of an update that raises.
h = hashlib.sha1(BLOCK)
try:
    h.update("text")
except TypeError as e:
    print(e)
print(h.hexdigest())

counter = 0


def count(i):
    global counter
    for _ in range(10):
        hashlib.md5(BLOCK).digest()
        with lock:
            counter += 1


run(4, count)
print(counter)
