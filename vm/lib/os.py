"""Miscellaneous interfaces of the operating system."""

import sys
import posix
import posixpath as path
from posix import (getpid, getppid, getuid, geteuid, getgid, getegid, cpu_count, getcwd, listdir, chdir, rmdir, unlink, remove, chmod, truncate,
                   rename, replace, link, symlink, readlink, lstat, fstat, access, utime, urandom, _exit, strerror, times, uname, getloadavg, umask,
                   open, close, read, write, lseek, ftruncate, fsync, dup, pipe, isatty, stat_result,
                   O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_CREAT, O_EXCL, O_TRUNC, O_SYNC, O_NONBLOCK, O_CLOEXEC, F_OK, R_OK, W_OK, X_OK, WNOHANG)

name = "posix"
curdir, pardir, sep, extsep, altsep, pathsep, linesep, devnull, defpath = ".", "..", "/", ".", None, ":", "\n", "/dev/null", "/bin:/usr/bin"
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
error = OSError
sys.modules["os.path"] = path


def stat(path, *, dir_fd=None, follow_symlinks=True):
    """Status of a file."""
    return posix.stat(path) if follow_symlinks else posix.lstat(path)


def mkdir(path, mode=0o777, *, dir_fd=None):
    """Make a directory."""
    posix.mkdir(path, mode)


def fspath(path):
    """The file system's form of a path object."""
    if isinstance(path, (str, bytes)):
        return path
    try:
        result = type(path).__fspath__(path)
    except AttributeError:
        if hasattr(type(path), "__fspath__"):
            raise
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__) from None
    if isinstance(result, (str, bytes)):
        return result
    raise TypeError("expected %s.__fspath__() to return str or bytes, not %s" % (type(path).__name__, type(result).__name__))


class PathLike:
    """Base class of path objects."""

    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return hasattr(subclass, "__fspath__")

    def __class_getitem__(cls, item):
        return cls


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


from collections.abc import MutableMapping as _MutableMapping


class _Environ(_MutableMapping):
    def __init__(self, data):
        self._data = data

    @staticmethod
    def _check(value):
        if not isinstance(value, str):
            raise TypeError("str expected, not %s" % type(value).__name__)
        return value

    def __getitem__(self, key):
        return self._data[self._check(key)]

    def __setitem__(self, key, value):
        posix.putenv(self._check(key), self._check(value))
        self._data[key] = value

    def __delitem__(self, key):
        if key not in self._data:
            raise KeyError(key)
        posix.unsetenv(self._check(key))
        del self._data[key]

    def __iter__(self):
        return iter(list(self._data))

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return "environ({%s})" % ", ".join("%r: %r" % kv for kv in self._data.items())

    def copy(self):
        return dict(self)

    def __or__(self, other):
        return {**self, **other}


if sys.version_info[0] == 2:
    _Environ.has_key = _Environ.__contains__
    getcwdu = getcwd
environ = _Environ(posix.environ)


def getenv(key, default=None):
    """An environment variable."""
    return environ.get(key, default)


def putenv(key, value):
    environ[key] = value


def unsetenv(key):
    environ.pop(key, None)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and those above it."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove a directory and those above it that become empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)


class DirEntry:
    """An entry of scandir."""

    def __init__(self, directory, name):
        self.name = name
        self.path = path.join(directory, name)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path) and (follow_symlinks or not self.is_symlink())

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path) and (follow_symlinks or not self.is_symlink())

    def is_symlink(self):
        return path.islink(self.path)

    def stat(self, *, follow_symlinks=True):
        return stat(self.path, follow_symlinks=follow_symlinks)

    def inode(self):
        return lstat(self.path).st_ino

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return "<DirEntry %r>" % self.name


class _Scan:
    def __init__(self, entries):
        self._it = iter(entries)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._it)

    def close(self):
        self._it = iter(())

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def scandir(path="."):
    """Iterator over the entries of a directory."""
    directory = fspath(path)
    return _Scan([DirEntry(directory, n) for n in listdir(directory)])


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Generate (directory, names of directories, names of files) for a tree."""
    top = fspath(top)
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    dirs, files = [], []
    for n in names:
        (dirs if path.isdir(path.join(top, n)) else files).append(n)
    if topdown:
        yield top, dirs, files
    for n in dirs:
        sub = path.join(top, n)
        if followlinks or not path.islink(sub):
            yield from walk(sub, topdown, onerror, followlinks)
    if not topdown:
        yield top, dirs, files


def process_cpu_count():
    return cpu_count()


def sched_getaffinity(pid):
    return set(range(cpu_count()))


def get_exec_path(env=None):
    return (env or environ).get("PATH", defpath).split(pathsep)


class terminal_size(tuple):
    columns = property(lambda self: self[0])
    lines = property(lambda self: self[1])

    def __repr__(self):
        return "os.terminal_size(columns=%d, lines=%d)" % self


def get_terminal_size(fd=1):
    try:
        return terminal_size((int(environ["COLUMNS"]), int(environ["LINES"])))
    except (KeyError, ValueError):
        raise OSError(25, "Inappropriate ioctl for device") from None


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A file object for a descriptor."""
    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


def abort():
    _exit(134)
