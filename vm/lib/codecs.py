"""Encoding, decoding, and files of text in an encoding."""

import builtins
import io

__all__ = ["encode", "decode", "open", "lookup", "getencoder", "getdecoder", "getreader", "getwriter", "iterencode", "iterdecode", "CodecInfo",
           "BOM", "BOM_UTF8", "BOM_LE", "BOM_BE", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32_LE", "BOM_UTF32_BE"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_LE = BOM_UTF16_LE = BOM = BOM_UTF16 = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"

_ALIASES = {"utf8": "utf-8", "u8": "utf-8", "utf": "utf-8", "latin-1": "iso8859-1", "latin1": "iso8859-1", "iso-8859-1": "iso8859-1",
            "l1": "iso8859-1", "us-ascii": "ascii", "646": "ascii", "utf16": "utf-16", "utf32": "utf-32"}


def _by(module, function):
    """A function of a module that is imported when it is needed."""
    def convert(data):
        return getattr(__import__(module), function)(data)
    return convert


def _rot13(text):
    small, big = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return text.translate(str.maketrans(small + big, small[13:] + small[:13] + big[13:] + big[:13]))


_TRANSFORMS = {"hex": (_by("binascii", "hexlify"), _by("binascii", "unhexlify")), "base64": (_by("base64", "encodebytes"), _by("base64", "decodebytes")),
               "zlib": (_by("zlib", "compress"), _by("zlib", "decompress")), "bz2": (_by("bz2", "compress"), _by("bz2", "decompress")), "rot13": (_rot13, _rot13)}


def _name(encoding):
    name = encoding.lower().replace("_", "-")
    return _ALIASES.get(name, name)


def _transform(encoding):
    name = _name(encoding).replace("-", "")
    return _TRANSFORMS.get(name.removesuffix("codec"))


def encode(obj, encoding="utf-8", errors="strict"):
    pair = _transform(encoding)
    if pair:
        return pair[0](obj)
    return obj.encode(encoding, errors)


def decode(obj, encoding="utf-8", errors="strict"):
    pair = _transform(encoding)
    if pair:
        return pair[1](obj)
    return bytes(obj).decode(encoding, errors)


class CodecInfo(tuple):
    """What lookup gives: the functions and classes of a codec."""

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None, name=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode, self.decode = encode, decode
        self.streamreader, self.streamwriter = streamreader, streamwriter
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        return self

    def __repr__(self):
        return "<codecs.CodecInfo object for encoding %s at 0x%x>" % (self.name, id(self))


def lookup(encoding):
    name = _name(encoding)
    if _transform(encoding) is None:
        "".encode(encoding)  # a LookupError if there is no such encoding

    def enc(obj, errors="strict"):
        return encode(obj, encoding, errors), len(obj)

    def dec(obj, errors="strict"):
        return decode(obj, encoding, errors), len(obj)
    return CodecInfo(enc, dec, getreader(encoding), getwriter(encoding), name=name)


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


class _Reader:
    """A stream of bytes as text. Nothing is read before it is asked for, and then everything."""

    def __init__(self, stream, encoding, errors):
        self.stream, self._encoding, self.errors = stream, encoding, errors
        self._text = None

    def _opened(self):
        if self._text is None:
            self._text = io.StringIO(self.stream.read().decode(self._encoding, self.errors), newline="")
        return self._text

    def read(self, size=-1, chars=-1, firstline=False):
        return self._opened().read(max(size, chars))

    def readline(self, size=None, keepends=True):
        line = self._opened().readline()
        return line if keepends else line.rstrip("\r\n")

    def readlines(self, sizehint=None, keepends=True):
        return [line if keepends else line.rstrip("\r\n") for line in self._opened()]

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


def getreader(encoding):
    def reader(stream, errors="strict"):
        return _Reader(stream, encoding, errors)
    return reader


class _Writer:
    """A stream of bytes that takes text."""

    def __init__(self, stream, encoding, errors):
        self.stream, self._encoding, self.errors = stream, encoding, errors

    def write(self, text):
        self.stream.write(text.encode(self._encoding, self.errors))

    def writelines(self, lines):
        self.write("".join(lines))

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.stream.close()


def getwriter(encoding):
    def writer(stream, errors="strict"):
        return _Writer(stream, encoding, errors)
    return writer


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    """A file; with an encoding, one of text whose line ends stay as they are."""
    if encoding is None:
        return builtins.open(filename, mode, buffering)
    return builtins.open(filename, mode.replace("b", "").replace("U", ""), buffering, encoding=encoding, errors=errors, newline="")


def iterencode(iterator, encoding, errors="strict"):
    for text in iterator:
        out = encode(text, encoding, errors)
        if out:
            yield out


def iterdecode(iterator, encoding, errors="strict"):
    rest = b""
    for data in iterator:
        rest += data
        try:
            out, rest = decode(rest, encoding, errors), b""
        except UnicodeDecodeError as e:
            if e.end != len(rest) or e.reason != "unexpected end of data":
                raise
            out, rest = decode(rest[:e.start], encoding, errors), rest[e.start:]
        if out:
            yield out
    if rest:
        out = decode(rest, encoding, errors)
        if out:
            yield out


def strict_errors(e):
    raise e


def ignore_errors(e):
    return "", e.end
