"""Temporary files and directories."""

import os as _os
import random as _random
import shutil as _shutil

__all__ = ["NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp", "mktemp", "gettempdir",
           "gettempprefix", "tempdir"]

tempdir = None
template = "tmp"
TMP_MAX = 10000


def gettempprefix():
    return template


def gettempdir():
    """The directory for temporary files."""
    if tempdir is not None:
        return tempdir
    for name in ("TMPDIR", "TEMP", "TMP"):
        d = _os.environ.get(name)
        if d and _os.path.isdir(d):
            return d
    return "/tmp" if _os.path.isdir("/tmp") else _os.getcwd()


def _names():
    rng = _random.SystemRandom()
    while True:
        yield "".join(rng.choice("abcdefghijklmnopqrstuvwxyz0123456789_") for _ in range(8))


def _path(prefix, suffix, dir, name):
    return _os.path.join(_os.path.abspath(dir or gettempdir()), (template if prefix is None else prefix) + name + (suffix or ""))


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """A new file: its descriptor and name."""
    for n, name in enumerate(_names()):
        file = _path(prefix, suffix, dir, name)
        try:
            return _os.open(file, _os.O_RDWR | _os.O_CREAT | _os.O_EXCL, 0o600), file
        except FileExistsError:
            if n > TMP_MAX:
                raise


def mkdtemp(suffix=None, prefix=None, dir=None):
    """A new directory."""
    for n, name in enumerate(_names()):
        file = _path(prefix, suffix, dir, name)
        try:
            _os.mkdir(file, 0o700)
            return file
        except FileExistsError:
            if n > TMP_MAX:
                raise


def mktemp(suffix="", prefix=template, dir=None):
    for name in _names():
        file = _path(prefix, suffix, dir, name)
        if not _os.path.exists(file):
            return file


class _TemporaryFile:
    def __init__(self, file, name, delete=True, delete_on_close=True):
        self.file, self.name, self.delete, self._on_close = file, name, delete, delete_on_close

    def __getattr__(self, name):
        return getattr(self.__dict__["file"], name)

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *exc):
        self._on_close = True
        self.close()

    def __iter__(self):
        return iter(self.file)

    def close(self):
        self.file.close()
        if self.delete and self._on_close:
            self.delete = False
            try:
                _os.unlink(self.name)
            except FileNotFoundError:
                pass


def NamedTemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None,
                       delete_on_close=True):
    fd, name = mkstemp(suffix, prefix, dir)
    return _TemporaryFile(_os.fdopen(fd, mode, buffering, encoding, errors, newline), name, delete, delete_on_close)


def TemporaryFile(mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *, errors=None):
    fd, name = mkstemp(suffix, prefix, dir)
    _os.unlink(name)
    return _os.fdopen(fd, mode, buffering, encoding, errors, newline)


def SpooledTemporaryFile(max_size=0, mode="w+b", *args, **kwargs):
    return TemporaryFile(mode, *args, **kwargs)


class TemporaryDirectory:
    """A directory that is removed at the end of the block."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False, *, delete=True):
        self.name = mkdtemp(suffix, prefix, dir)
        self._delete = delete

    def __repr__(self):
        return "<%s %r>" % (self.__class__.__name__, self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, *exc):
        if self._delete:
            self.cleanup()

    def cleanup(self):
        if _os.path.exists(self.name):
            _shutil.rmtree(self.name)
