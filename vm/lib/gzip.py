"""Files compressed by gzip."""

import io as _io
import os as _os
import struct as _struct
import time as _time
import zlib as _zlib

__all__ = ["BadGzipFile", "GzipFile", "open", "compress", "decompress"]

READ, WRITE = "rb", "wb"
_open = open


class BadGzipFile(OSError):
    """A file that is no gzip file."""


def compress(data, compresslevel=9, *, mtime=None):
    """The gzip file of some bytes."""
    if mtime is None:
        mtime = _time.time()
    xfl = {9: 2, 1: 4}.get(compresslevel, 0)
    header = b"\x1f\x8b\x08\x00" + _struct.pack("<L", int(mtime)) + bytes((xfl, 255))
    return (header + _zlib.compress(data, compresslevel, -15) +
            _struct.pack("<LL", _zlib.crc32(data), len(data) & 0xFFFFFFFF))


def _header(data, pos):
    """The place behind a member's header."""
    magic = data[pos:pos + 2]
    if magic != b"\x1f\x8b":
        raise BadGzipFile("Not a gzipped file (%r)" % magic)
    ended = EOFError("Compressed file ended before the end-of-stream marker was reached")
    if len(data) < pos + 10:
        raise ended
    method, flags = data[pos + 2], data[pos + 3]
    if method != 8:
        raise BadGzipFile("Unknown compression method")
    pos += 10
    if flags & 4:
        if len(data) < pos + 2:
            raise ended
        pos += 2 + data[pos] + data[pos + 1] * 256
    for bit in (8, 16):
        if flags & bit:
            end = data.find(b"\0", pos)
            if end < 0:
                raise ended
            pos = end + 1
    if flags & 2:
        pos += 2
    if pos > len(data):
        raise ended
    return pos


def decompress(data):
    """The bytes of a gzip file, all its members."""
    data = bytes(data)
    out = []
    while data:
        d = _zlib.decompressobj(-15)
        part = d.decompress(data[_header(data, 0):])
        if not d.eof or len(d.unused_data) < 8:
            raise EOFError("Compressed file ended before the end-of-stream marker was reached")
        crc, length = _struct.unpack("<II", d.unused_data[:8])
        if crc != _zlib.crc32(part):
            raise BadGzipFile("CRC check failed")
        if length != len(part) & 0xFFFFFFFF:
            raise BadGzipFile("Incorrect length of data produced")
        out.append(part)
        data = d.unused_data[8:].lstrip(b"\x00")
    return b"".join(out)


class GzipFile:
    """A gzip file; it is read whole, and written as it comes."""

    def __init__(self, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        if mode and ("t" in mode or "U" in mode):
            raise ValueError("Invalid mode: {!r}".format(mode))
        if mode and "b" not in mode:
            mode += "b"
        self._own = None
        if fileobj is None:
            fileobj = self._own = _open(filename, mode or "rb")
        if filename is None:
            filename = getattr(fileobj, "name", "")
            if not isinstance(filename, (str, bytes)):
                filename = ""
        else:
            filename = _os.fspath(filename)
        self.name = filename
        mode = mode or getattr(fileobj, "mode", "rb")
        self.fileobj = fileobj
        self._buffer = None
        self._mtime = mtime
        if mode.startswith("r"):
            self.mode = READ
        elif mode.startswith(("w", "a", "x")):
            self.mode = WRITE
            self._compressor = _zlib.compressobj(compresslevel, _zlib.DEFLATED, -15, 8, 0)
            self._crc = _zlib.crc32(b"")
            self._size = 0
            self._started = False
            self._level = compresslevel
        else:
            raise ValueError("Invalid mode: {!r}".format(mode))

    @property
    def closed(self):
        return self.fileobj is None

    @property
    def mtime(self):
        return self._mtime

    def __repr__(self):
        return "<gzip " + repr(self.fileobj)[1:-1] + " " + hex(id(self)) + ">"

    def _check(self):
        if self.fileobj is None:
            raise ValueError("I/O operation on closed file.")

    def _reader(self):
        self._check()
        if self.mode != READ:
            raise OSError(9, "read() on write-only GzipFile object")
        if self._buffer is None:
            data = self.fileobj.read()
            if len(data) >= 8:
                self._mtime = _struct.unpack("<L", data[4:8])[0]
            self._buffer = _io.BytesIO(decompress(data))
        return self._buffer

    def read(self, size=-1):
        return self._reader().read(size)

    def read1(self, size=-1):
        return self._reader().read(size)

    def peek(self, n):
        b = self._reader()
        at = b.tell()
        data = b.read(n)
        b.seek(at)
        return data

    def readline(self, size=-1):
        return self._reader().readline(size)

    def readlines(self, size=-1):
        return self._reader().readlines(size)

    def __iter__(self):
        return iter(self._reader())

    def seek(self, offset, whence=0):
        if self.mode == WRITE:
            self._check()
            if whence == 1:
                offset += self._size
            elif whence:
                raise ValueError("Seek from end not supported")
            if offset < self._size:
                raise OSError("Negative seek in write mode")
            self.write(b"\0" * (offset - self._size))
            return self._size
        return self._reader().seek(offset, whence)

    def tell(self):
        return self._size if self.mode == WRITE else self._reader().tell()

    def rewind(self):
        if self.mode != READ:
            raise OSError("Can't rewind in write mode")
        self._reader().seek(0)

    def _start(self):
        self._started = True
        name = _os.path.basename(self.name)
        if not isinstance(name, bytes):
            try:
                name = name.encode("latin-1")
            except UnicodeEncodeError:
                name = b""
        if name.endswith(b".gz"):
            name = name[:-3]
        mtime = _time.time() if self._mtime is None else self._mtime
        self.fileobj.write(b"\x1f\x8b\x08" + (b"\x08" if name else b"\0") + _struct.pack("<L", int(mtime)) +
                           bytes(({9: 2, 1: 4}.get(self._level, 0), 255)) + (name + b"\0" if name else b""))

    def write(self, data):
        self._check()
        if self.mode != WRITE:
            raise OSError(9, "write() on read-only GzipFile object")
        if not self._started:
            self._start()
        data = bytes(data)
        self.fileobj.write(self._compressor.compress(data))
        self._size += len(data)
        self._crc = _zlib.crc32(data, self._crc)
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self, zlib_mode=_zlib.Z_SYNC_FLUSH):
        self._check()
        if self.mode == WRITE:
            if not self._started:
                self._start()
            self.fileobj.write(self._compressor.flush(zlib_mode))
            self.fileobj.flush()

    def fileno(self):
        return self.fileobj.fileno()

    def readable(self):
        return self.mode == READ

    def writable(self):
        return self.mode == WRITE

    def seekable(self):
        return True

    def close(self):
        f, self.fileobj = self.fileobj, None
        if f is None:
            return
        try:
            if self.mode == WRITE:
                self.fileobj = f
                if not self._started:
                    self._start()
                self.fileobj = None
                f.write(self._compressor.flush())
                f.write(_struct.pack("<LL", self._crc, self._size & 0xFFFFFFFF))
        finally:
            if self._own is not None:
                own, self._own = self._own, None
                own.close()

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc):
        self.close()


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    """Open a gzip file, binary or as text."""
    if "t" in mode:
        if "b" in mode:
            raise ValueError("Invalid mode: %r" % (mode,))
    else:
        if encoding is not None:
            raise ValueError("Argument 'encoding' not supported in binary mode")
        if errors is not None:
            raise ValueError("Argument 'errors' not supported in binary mode")
        if newline is not None:
            raise ValueError("Argument 'newline' not supported in binary mode")
    binary = mode.replace("t", "")
    if isinstance(filename, (str, bytes)) or hasattr(filename, "__fspath__"):
        f = GzipFile(filename, binary, compresslevel)
    elif hasattr(filename, "read") or hasattr(filename, "write"):
        f = GzipFile(None, binary, compresslevel, filename)
    else:
        raise TypeError("filename must be a str or bytes object, or a file")
    if "t" not in mode:
        return f
    if f.mode == READ:
        return _io.StringIO(f.read().decode(encoding or "utf-8", errors or "strict"), newline)
    from bz2 import _TextWriter
    return _TextWriter(f, encoding or "utf-8", errors or "strict")
