"""IPv4 and IPv6 addresses, networks, and interfaces.

An address is an int and a version; a network is its first address and the length of its prefix; an interface is an address that
knows its network. All are values: immutable, comparable within a version, hashable."""

from ._address import IPv4Address, IPv6Address, _Address
from ._network import IPv4Network, IPv6Network, _Network, _split
from ._text import AddressValueError, NetmaskValueError

__all__ = ["ip_address", "ip_network", "ip_interface", "IPv4Address", "IPv4Network", "IPv4Interface", "IPv6Address", "IPv6Network",
           "IPv6Interface", "AddressValueError", "NetmaskValueError", "summarize_address_range", "collapse_addresses", "get_mixed_type_key",
           "v4_int_to_packed", "v6_int_to_packed"]

IPV4LENGTH, IPV6LENGTH = 32, 128


def _first_of(classes, value, what, *args):
    for cls in classes:
        try:
            return cls(value, *args)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError("%r does not appear to be an IPv4 or IPv6 %s" % (value, what))


def ip_address(address):
    return _first_of((IPv4Address, IPv6Address), address, "address")


def ip_network(address, strict=True):
    return _first_of((IPv4Network, IPv6Network), address, "network", strict)


def ip_interface(address):
    return _first_of((IPv4Interface, IPv6Interface), address, "interface")


def v4_int_to_packed(address):
    try:
        return address.to_bytes(4)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv4")


def v6_int_to_packed(address):
    try:
        return address.to_bytes(16)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv6")


class _Interface:
    __slots__ = ()

    def __init__(self, address):
        address, mask = _split(address)
        super().__init__(address)
        self.network = self._network((address, self.max_prefixlen if mask is None else mask), strict=False)
        self._n = self.network.prefixlen

    @property
    def netmask(self):
        return self.network.netmask

    @property
    def hostmask(self):
        return self.network.hostmask

    @property
    def ip(self):
        return self._family(self._ip)

    @property
    def with_prefixlen(self):
        return "%s/%d" % (self.ip, self._n)

    @property
    def with_netmask(self):
        return "%s/%s" % (self.ip, self.netmask)

    @property
    def with_hostmask(self):
        return "%s/%s" % (self.ip, self.hostmask)

    def __str__(self):
        return "%s/%d" % (super().__str__(), self._n)

    def _explode(self):
        return "%s/%d" % (self._explode_number(self._ip), self._n)

    def __eq__(self, other):
        if not isinstance(other, _Interface):
            return False if isinstance(other, _Address) else NotImplemented
        return super().__eq__(other) and self.network == other.network

    def __lt__(self, other):
        if not isinstance(other, _Interface):
            return super().__lt__(other)
        return (self.network, self._ip) < (other.network, other._ip)

    def __hash__(self):
        return hash((self._ip, self._n, int(self.network.network_address)))


class IPv4Interface(_Interface, IPv4Address):
    """An IPv4 address in its network."""
    _network = IPv4Network


class IPv6Interface(_Interface, IPv6Address):
    """An IPv6 address in its network."""
    _network = IPv6Network


def summarize_address_range(first, last):
    """The networks that together are the addresses from first to last."""
    if not (isinstance(first, _Address) and isinstance(last, _Address)):
        raise TypeError("first and last must be IP addresses, not networks")
    if first.version != last.version:
        raise TypeError("%s and %s are not of the same version" % (first, last))
    if first > last:
        raise ValueError("last IP address must be greater than first")
    network = IPv4Network if first.version == 4 else IPv6Network
    bits = first.max_prefixlen
    a, b = int(first), int(last)
    while a <= b:
        zeros = bits if not a else (a & -a).bit_length() - 1
        k = min(zeros, (b - a + 1).bit_length() - 1)
        yield network((a, bits - k))
        a += 1 << k


def collapse_addresses(addresses):
    """The fewest networks that are the given addresses and networks."""
    ranges = []
    version = None
    for x in addresses:
        if ranges and x.version != version:
            raise TypeError("%s and %s are not of the same version" % (x, ranges[-1][2]))
        version = x.version
        if isinstance(x, _Network):
            ranges.append((x._first, x._last, x))
        else:
            ranges.append((int(x), int(x), x))
    ranges.sort(key=lambda r: r[:2])
    merged = []
    for a, b, _ in ranges:
        if merged and a <= merged[-1][1] + 1:
            merged[-1][1] = max(merged[-1][1], b)
        else:
            merged.append([a, b])
    address = IPv4Address if version == 4 else IPv6Address
    return iter([n for a, b in merged for n in summarize_address_range(address(a), address(b))])


def get_mixed_type_key(obj):
    """A key that sorts addresses and networks of both versions."""
    if isinstance(obj, _Network):
        return obj.version, obj.network_address, obj.netmask
    if isinstance(obj, _Address):
        return obj.version, obj
    return NotImplemented
