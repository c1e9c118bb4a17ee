"""bzip2 compression (the work is done by module _bz2, which releases the interpreter's lock for long inputs)."""

import io as _io
from _bz2 import BZ2Compressor, BZ2Decompressor

__all__ = ["BZ2File", "BZ2Compressor", "BZ2Decompressor", "open", "compress", "decompress"]

_open = open


def compress(data, compresslevel=9):
    """The bzip2 stream of some bytes."""
    c = BZ2Compressor(compresslevel)
    return c.compress(data) + c.flush()


def decompress(data):
    """The bytes of one or more bzip2 streams."""
    results = []
    while data:
        d = BZ2Decompressor()
        try:
            res = d.decompress(data)
        except OSError:
            if results:
                break  # what follows the last stream is no stream
            raise
        results.append(res)
        if not d.eof:
            raise ValueError("Compressed data ended before the end-of-stream marker was reached")
        data = d.unused_data
    return b"".join(results)


class BZ2File:
    """A file of bzip2 streams, read or written whole."""

    def __init__(self, filename, mode="r", *, compresslevel=9):
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        mode = mode.replace("b", "") or "r"
        if mode not in ("r", "w", "x", "a"):
            raise ValueError("Invalid mode: %r" % (mode,))
        self.mode = mode
        self._level = compresslevel
        if hasattr(filename, "read") or hasattr(filename, "write"):
            self._fp, self._close = filename, False
        elif isinstance(filename, (str, bytes)) or hasattr(filename, "__fspath__"):
            self._fp, self._close = _open(filename, mode + "b"), True
        else:
            raise TypeError("filename must be a str, bytes, file or PathLike object")
        self.closed = False
        self._buffer = None
        self._compressor = None if mode == "r" else BZ2Compressor(compresslevel)

    def _reader(self):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if self.mode != "r":
            raise _io.UnsupportedOperation("File not open for reading")
        if self._buffer is None:
            self._buffer = _io.BytesIO(decompress(self._fp.read()))
        return self._buffer

    def read(self, size=-1):
        return self._reader().read(size)

    def read1(self, size=-1):
        return self._reader().read(size)

    def readline(self, size=-1):
        return self._reader().readline(size)

    def readlines(self, size=-1):
        return self._reader().readlines(size)

    def seek(self, offset, whence=0):
        return self._reader().seek(offset, whence)

    def tell(self):
        return self._reader().tell()

    def __iter__(self):
        return iter(self._reader())

    def write(self, data):
        if self.closed:
            raise ValueError("I/O operation on closed file")
        if self._compressor is None:
            raise _io.UnsupportedOperation("File not open for writing")
        self._fp.write(self._compressor.compress(data))
        return len(data)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def readable(self):
        return self.mode == "r"

    def writable(self):
        return self.mode != "r"

    def seekable(self):
        return self.mode == "r"

    def flush(self):
        pass

    def close(self):
        if self.closed:
            return
        self.closed = True
        if self._compressor is not None:
            self._fp.write(self._compressor.flush())
        if self._close:
            self._fp.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def open(filename, mode="rb", compresslevel=9, encoding=None, errors=None, newline=None):
    """Open a compressed file, binary or as text."""
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
    f = BZ2File(filename, mode.replace("t", ""), compresslevel=compresslevel)
    if "t" not in mode:
        return f
    if f.mode == "r":
        return _io.StringIO(f.read().decode(encoding or "utf-8", errors or "strict"), newline)
    return _TextWriter(f, encoding or "utf-8", errors or "strict")


class _TextWriter:
    """Text written to a binary file."""

    def __init__(self, f, encoding, errors):
        self._f, self.encoding, self.errors = f, encoding, errors

    def write(self, s):
        self._f.write(s.encode(self.encoding, self.errors))
        return len(s)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def close(self):
        self._f.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()
