import atexit
import os
import sys
import time

print(sys.version_info[:3], sys.version_info >= (3, 0), sys.maxsize, sys.byteorder, sys.platform)
print(sys.getrecursionlimit(), sys.float_info.max, sys.int_info.bits_per_digit, sys.hash_info.modulus)
print(time.gmtime(0), time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1e9)), time.asctime(time.gmtime(0)))
print(time.strptime("2020-02-29 12:30", "%Y-%m-%d %H:%M"))
t = time.perf_counter()
time.sleep(0.01)
print(time.perf_counter() - t >= 0.01, time.time() > 0, time.monotonic_ns() > 0)
for bad in (lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: sys.setrecursionlimit(0), lambda: sys.exit("bye")):
    try:
        bad()
    except BaseException as e:
        print(type(e).__name__, e)
print(os.path.join("a", "b", "/c"), os.path.split("/a/b"), os.path.splitext("x.tar.gz"), os.path.basename("/q/w"), os.path.normpath("a/./b/../c"))
print(os.path.commonprefix(["abc", "abd"]), os.path.relpath("/a/b/c", "/a/d"), os.sep, repr(os.linesep), os.getpid() > 0)
try:
    open("/nonexistent/file")
except OSError as e:
    print(e, e.errno, type(e).__name__)
for mode in ("z", "rw", "rbt", "", "r+b+"):
    try:
        open("x", mode)
    except ValueError as e:
        print(e)
sys.stdout.write("written\n")
print("to stdout", file=sys.stdout, end="!\n", flush=True)
print(sys.stdout.encoding, sys.stdout.name, sys.stdin.name, sys.stdout.writable())


@atexit.register
def last():
    print("last")


atexit.register(print, "first", sep="")
try:
    raise KeyError("k")
except KeyError:
    print(sys.exc_info()[0], sys.exception())
print(sys.exc_info())
