"""Streams."""

from _io import (open, open_code, IOBase, RawIOBase, BufferedIOBase, TextIOBase, TextIOWrapper, BufferedReader, BufferedWriter, BufferedRandom,
                 FileIO, StringIO, BytesIO)

DEFAULT_BUFFER_SIZE = 131072
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
BlockingIOError = BlockingIOError


class UnsupportedOperation(OSError, ValueError):
    """The stream cannot do that."""


def text_encoding(encoding, stacklevel=2):
    return "utf-8" if encoding is None else encoding
