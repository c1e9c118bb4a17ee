"""Networks: a first address and the length of a prefix."""

import functools
from ._address import IPv4Address, IPv6Address, _Address, _Base, _V4, _V6
from ._text import AddressValueError, NetmaskValueError, _parse4


def _split(address):
    """The address and what is behind the slash, None without."""
    if isinstance(address, (int, bytes)):
        return address, None
    if isinstance(address, tuple):
        return address[0], address[1] if len(address) > 1 else None
    parts = str(address).split("/")
    if len(parts) > 2:
        raise AddressValueError("Only one '/' permitted in %r" % address)
    return parts[0], parts[1] if len(parts) > 1 else None


def _prefix(cls, mask):
    """The length of the prefix that a mask means: a number, or for IPv4 a netmask or hostmask."""
    bits = cls.max_prefixlen
    if isinstance(mask, int):
        if not 0 <= mask <= bits:
            raise NetmaskValueError("%r is not a valid netmask" % mask)
        return mask
    if mask.isascii() and mask.isdigit():
        n = int(mask)
        if n > bits:
            raise NetmaskValueError("%r is not a valid netmask" % mask)
        return n
    if cls.version == 4:
        try:
            n = _parse4(mask)
        except AddressValueError:
            pass
        else:
            for m in (n, n ^ 0xffffffff):    # first as a netmask, then as a hostmask
                ones = bin(m).count("1")
                if m == (1 << 32) - (1 << 32 - ones):
                    return ones
    raise NetmaskValueError("%r is not a valid netmask" % mask)


@functools.total_ordering
class _Network(_Base):
    __slots__ = ()

    def __init__(self, address, strict=True):
        address, mask = _split(address)
        a = self._address(address)
        n = self.max_prefixlen if mask is None else _prefix(self, mask)
        self._n = n
        first = int(a) >> self.max_prefixlen - n << self.max_prefixlen - n
        if first != int(a) and strict:
            raise ValueError("%s has host bits set" % self._shown(a, n))
        self.network_address = a if first == int(a) else self._address(first)

    def _shown(self, a, n):
        return "%s/%d" % (a, n)

    @property
    def prefixlen(self):
        return self._n

    @property
    def _first(self):
        return int(self.network_address)

    @property
    def _last(self):
        return self._first | (1 << self.max_prefixlen - self._n) - 1

    @property
    def broadcast_address(self):
        return self._address(self._last)

    @property
    def netmask(self):
        bits = self.max_prefixlen
        return self._address((1 << bits) - (1 << bits - self._n))

    @property
    def hostmask(self):
        return self._address((1 << self.max_prefixlen - self._n) - 1)

    @property
    def num_addresses(self):
        return 1 << self.max_prefixlen - self._n

    @property
    def with_prefixlen(self):
        return "%s/%d" % (self.network_address, self._n)

    @property
    def with_netmask(self):
        return "%s/%s" % (self.network_address, self.netmask)

    @property
    def with_hostmask(self):
        return "%s/%s" % (self.network_address, self.hostmask)

    def __str__(self):
        return "%s/%d" % (self.network_address, self._n)

    def _explode(self):
        return "%s/%d" % (self.network_address.exploded, self._n)

    def __eq__(self, other):
        try:
            return self.version == other.version and self.network_address == other.network_address and self._n == other._n
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Network):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return (self._first, self._n) < (other._first, other._n)

    def __hash__(self):
        return hash((self._first, self._n))

    def __iter__(self):
        for n in range(self._first, self._last + 1):
            yield self._address(n)

    def __getitem__(self, i):
        n = self._first + i if i >= 0 else self._last + i + 1
        if not self._first <= n <= self._last:
            raise IndexError("address out of range")
        return self._address(n)

    def __contains__(self, other):
        if isinstance(other, _Network) or getattr(other, "version", None) != self.version:
            return False
        return self._first <= int(other) <= self._last

    def hosts(self):
        """The addresses that a host can have."""
        first, last = self._first, self._last
        if self._n == self.max_prefixlen:
            return [self._address(first)]
        if self._n == self.max_prefixlen - 1:
            return list(self)
        if self.version == 4:
            last -= 1
        return (self._address(n) for n in range(first + 1, last + 1))

    def overlaps(self, other):
        return self._first <= other._last and other._first <= self._last

    def _check_same(self, other):
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))

    def subnet_of(self, other):
        self._check_same(other)
        return other._first <= self._first and self._last <= other._last

    def supernet_of(self, other):
        return other.subnet_of(self)

    def compare_networks(self, other):
        self._check_same(other)
        a, b = (self._first, self._n), (other._first, other._n)
        return (a > b) - (a < b)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        """The networks that it consists of, each with a prefix longer by prefixlen_diff."""
        if self._n == self.max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._n:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._n
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        n = self._n + prefixlen_diff
        if n > self.max_prefixlen:
            raise ValueError("prefix length diff %d is invalid for netblock %s" % (n, self))
        for first in range(self._first, self._last + 1, 1 << self.max_prefixlen - n):
            yield type(self)((first, n))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        """The network with a prefix shorter by prefixlen_diff that has this one in it."""
        if self._n == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._n:
                raise ValueError("new prefix must be shorter")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = self._n - new_prefix
        n = self._n - prefixlen_diff
        if n < 0:
            raise ValueError("current prefixlen is %d, cannot have a prefixlen_diff of %d" % (self._n, prefixlen_diff))
        return type(self)((self._first >> self.max_prefixlen - n << self.max_prefixlen - n, n))

    def address_exclude(self, other):
        """The networks that are left when other is taken out."""
        self._check_same(other)
        if not isinstance(other, _Network):
            raise TypeError("%s is not a network object" % other)
        if not other.subnet_of(self):
            raise ValueError("%s not contained in %s" % (other, self))
        part = self
        while part != other:
            a, b = part.subnets()
            if other.subnet_of(a):
                yield b
                part = a
            else:
                yield a
                part = b

    @property
    def is_private(self):
        within = lambda networks: any(self._first >> n == self._last >> n == a >> n for a, n in networks)
        return within(self._address._private) and not within(self._address._not_private)

    @property
    def is_global(self):
        if self.version == 4 and self.network_address._within(IPv4Address._shared) and self.broadcast_address._within(IPv4Address._shared):
            return False
        return not self.is_private

    def _both(name):
        return property(lambda self: getattr(self.network_address, name) and getattr(self.broadcast_address, name))

    for _name in ("is_multicast", "is_reserved", "is_link_local", "is_unspecified", "is_loopback"):
        locals()[_name] = _both(_name)
    is_site_local = _both("is_site_local")
    del _name, _both


class IPv4Network(_V4, _Network):
    """An IPv4 network."""
    __module__ = "ipaddress"
    _address = IPv4Address


class IPv6Network(_V6, _Network):
    """An IPv6 network."""
    __module__ = "ipaddress"
    _address = IPv6Address
