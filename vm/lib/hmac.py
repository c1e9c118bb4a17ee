"""Keyed hashing for message authentication (RFC 2104)."""

import hashlib as _hashlib
from _hashlib import compare_digest

digest_size = None
_opad = bytes(x ^ 0x5C for x in range(256))
_ipad = bytes(x ^ 0x36 for x in range(256))


class HMAC:
    """An authentication code of the messages given to update."""

    blocksize = 64
    __slots__ = ("_inner", "_outer", "block_size", "digest_size")

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        if callable(digestmod):
            make = digestmod
        elif isinstance(digestmod, str):
            def make(d=b""):
                return _hashlib.new(digestmod, d)
        else:
            def make(d=b""):
                return digestmod.new(d)
        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        blocksize = getattr(self._inner, "block_size", None)
        if blocksize is None:
            import warnings
            warnings.warn("No block_size attribute on given digest object; Assuming %d." % self.blocksize, RuntimeWarning, 2)
            blocksize = self.blocksize
        elif blocksize < 16:
            import warnings
            warnings.warn("block_size of %d seems too small; using our default of %d." % (blocksize, self.blocksize), RuntimeWarning, 2)
            blocksize = self.blocksize
        if len(key) > blocksize:
            key = make(key).digest()
        self.block_size = blocksize
        key = key.ljust(blocksize, b"\0")
        self._outer.update(key.translate(_opad))
        self._inner.update(key.translate(_ipad))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Add a message."""
        self._inner.update(msg)

    def copy(self):
        """Another object in the same state."""
        other = self.__class__.__new__(self.__class__)
        other.digest_size = self.digest_size
        other.block_size = self.block_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def _current(self):
        h = self._outer.copy()
        h.update(self._inner.digest())
        return h

    def digest(self):
        """The code as bytes."""
        return self._current().digest()

    def hexdigest(self):
        """The code in hexadecimal."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=""):
    """An HMAC object."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of one message."""
    return HMAC(key, msg, digest).digest()
