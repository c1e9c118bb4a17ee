"""IPv4 and IPv6 addresses, networks, and interfaces.

An address is an int and a version; a network is its first address and the length of its prefix; an interface is an address that
knows its network. All are values: immutable, comparable within a version, hashable."""

import functools

__all__ = ["ip_address", "ip_network", "ip_interface", "IPv4Address", "IPv4Network", "IPv4Interface", "IPv6Address", "IPv6Network",
           "IPv6Interface", "AddressValueError", "NetmaskValueError", "summarize_address_range", "collapse_addresses", "get_mixed_type_key",
           "v4_int_to_packed", "v6_int_to_packed"]

IPV4LENGTH, IPV6LENGTH = 32, 128


class AddressValueError(ValueError):
    """The text or number is no address."""


class NetmaskValueError(ValueError):
    """The text is no mask."""


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


# Text and numbers. A family has the length of its addresses in bits and the two conversions.

def _parse4(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(".")
    if len(parts) != 4:
        raise AddressValueError("Expected 4 octets in %r" % text)
    n = 0
    for p in parts:
        try:
            n = n << 8 | _octet(p)
        except ValueError as e:
            raise AddressValueError("%s in %r" % (e, text)) from None
    return n


def _octet(p):
    if not p:
        raise ValueError("Empty octet not permitted")
    if not (p.isascii() and p.isdigit()):
        raise ValueError("Only decimal digits permitted in %r" % p)
    if len(p) > 3:
        raise ValueError("At most 3 characters permitted in %r" % p)
    if p != "0" and p[0] == "0":
        raise ValueError("Leading zeros are not permitted in %r" % p)
    n = int(p, 10)
    if n > 255:
        raise ValueError("Octet %d (> 255) not permitted" % n)
    return n


def _text4(n):
    return ".".join(str(b) for b in n.to_bytes(4))


def _parse6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    if len(text) > 45:
        shorten = text[:42] + "..." if len(text) > 45 else text
        raise AddressValueError("At most 45 characters expected in %r" % shorten)
    parts = text.split(":", 9)
    if len(parts) < 3:
        raise AddressValueError("At least 3 parts expected in %r" % text)
    if "." in parts[-1]:
        try:
            n = _parse4(parts.pop())
        except AddressValueError as e:
            raise AddressValueError("%s in %r" % (e, text)) from None
        parts += ["%x" % (n >> 16), "%x" % (n & 0xffff)]
    if len(parts) > 9:
        raise AddressValueError("At most 8 colons permitted in %r" % text)
    gap = None
    for i in range(1, len(parts) - 1):
        if not parts[i]:
            if gap is not None:
                raise AddressValueError("At most one '::' permitted in %r" % text)
            gap = i
    if gap is not None:
        high, low = gap, len(parts) - gap - 1
        if not parts[0]:
            high -= 1
            if high:
                raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
        if not parts[-1]:
            low -= 1
            if low:
                raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
        skipped = 8 - (high + low)
        if skipped < 1:
            raise AddressValueError("Expected at most 7 other parts with '::' in %r" % text)
    else:
        if len(parts) != 8:
            raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
        if not parts[0]:
            raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
        if not parts[-1]:
            raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
        high, low, skipped = 8, 0, 0
    n = 0
    try:
        for i in range(high):
            n = n << 16 | _hextet(parts[i])
        n <<= 16 * skipped
        for i in range(-low, 0):
            n = n << 16 | _hextet(parts[i])
    except ValueError as e:
        raise AddressValueError("%s in %r" % (e, text)) from None
    return n


def _hextet(p):
    if not all(c in "0123456789abcdefABCDEF" for c in p):
        raise ValueError("Only hex digits permitted in %r" % p)
    if len(p) > 4:
        raise ValueError("At most 4 characters permitted in %r" % p)
    return int(p, 16)


def _text6(n):
    words = [n >> s & 0xffff for s in range(112, -16, -16)]
    best, length, i = -1, 1, 0
    while i < 8:
        j = i
        while j < 8 and not words[j]:
            j += 1
        if j - i > length:
            best, length = i, j - i
        i = j + 1
    if best < 0:
        return ":".join("%x" % w for w in words)
    return ":".join("%x" % w for w in words[:best]) + "::" + ":".join("%x" % w for w in words[best + length:])


class _Base:
    """What addresses and networks share."""
    __slots__ = ()

    @property
    def exploded(self):
        return self._explode()

    @property
    def compressed(self):
        return str(self)

    def __reduce__(self):
        return type(self), (str(self),)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))


class _V4:
    __slots__ = ()
    version = 4
    max_prefixlen = 32

    _parse = staticmethod(_parse4)
    _text = staticmethod(_text4)

    def _explode_number(self, n):
        return _text4(n)


class _V6:
    __slots__ = ()
    version = 6
    max_prefixlen = 128

    _parse = staticmethod(_parse6)
    _text = staticmethod(_text6)

    def _explode_number(self, n):
        return ":".join("%04x" % (n >> s & 0xffff) for s in range(112, -16, -16))


@functools.total_ordering
class _Address(_Base):
    __slots__ = ()

    def _set(self, address):
        bits = self.max_prefixlen
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError("%d (< 0) is not permitted as an IPv%d address" % (address, self.version))
            if address >> bits:
                raise AddressValueError("%d (>= 2**%d) is not permitted as an IPv%d address" % (address, bits, self.version))
            self._ip = address
        elif isinstance(address, bytes):
            if len(address) != bits // 8:
                raise AddressValueError("%r (len %d != %d) is not permitted as an IPv%d address" % (address, len(address), bits // 8, self.version))
            self._ip = int.from_bytes(address)
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError("Unexpected '/' in %r" % address)
            self._ip = self._parse(text)

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self.version == other.version and getattr(self, "_scope", None) == getattr(other, "_scope", None)
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Address):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return self._ip < other._ip

    def __hash__(self):
        return hash(hex(self._ip))

    def __add__(self, n):
        if not isinstance(n, int):
            return NotImplemented
        return self._family(self._ip + n)

    def __sub__(self, n):
        if not isinstance(n, int):
            return NotImplemented
        return self._family(self._ip - n)

    def __str__(self):
        return self._text(self._ip)

    def _explode(self):
        return self._explode_number(self._ip)

    def __format__(self, spec):
        if not spec or spec[-1] == "s":
            return format(str(self), spec)
        import re
        m = re.fullmatch("(#?)(_?)([xbnX])", spec)
        if m is None:
            return super().__format__(spec)
        alternate, grouping, kind = m.groups()
        if kind == "n":
            kind = "b" if self.version == 4 else "x"
        width = self.max_prefixlen if kind == "b" else self.max_prefixlen // 4
        if grouping:
            width += width // 4 - 1
        if alternate:
            width += 2
        return format(self._ip, "%s0%d%s%s" % (alternate, width, grouping, kind))

    @property
    def packed(self):
        return self._ip.to_bytes(self.max_prefixlen // 8)

    @property
    def reverse_pointer(self):
        if self.version == 4:
            return ".".join(reversed(str(self).split("."))) + ".in-addr.arpa"
        return ".".join(reversed("%032x" % self._ip)) + ".ip6.arpa"

    def _within(self, networks):
        return any(self._ip >> n == a >> n for a, n in networks)

    @property
    def is_multicast(self):
        return self._within(self._multicast)

    @property
    def is_reserved(self):
        return self._within(self._reserved)

    @property
    def is_link_local(self):
        return self._within(self._link_local)

    @property
    def is_private(self):
        return self._within(self._private) and not self._within(self._not_private)

    @property
    def is_unspecified(self):
        return self._ip == 0


def _table(parse, bits, *networks):
    """Networks as pairs of first address and number of free bits."""
    out = []
    for n in networks:
        a, _, p = n.partition("/")
        out.append((parse(a), bits - int(p)))
    return tuple(out)


class IPv4Address(_V4, _Address):
    """An IPv4 address."""
    __slots__ = ("_ip", "__weakref__")

    _loopback = _table(_parse4, 32, "127.0.0.0/8")
    _multicast = _table(_parse4, 32, "224.0.0.0/4")
    _reserved = _table(_parse4, 32, "240.0.0.0/4")
    _link_local = _table(_parse4, 32, "169.254.0.0/16")
    _shared = _table(_parse4, 32, "100.64.0.0/10")
    _private = _table(_parse4, 32, "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.0.170/31",
                      "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32")
    _not_private = _table(_parse4, 32, "192.0.0.9/32", "192.0.0.10/32")

    def __init__(self, address):
        self._set(address)

    @property
    def is_loopback(self):
        return self._within(self._loopback)

    @property
    def is_global(self):
        return not self._within(self._shared) and not self.is_private

    @property
    def ipv6_mapped(self):
        return IPv6Address("::ffff:%s" % self)


class IPv6Address(_V6, _Address):
    """An IPv6 address, which may have a scope."""
    __slots__ = ("_ip", "_scope", "__weakref__")

    _multicast = _table(_parse6, 128, "ff00::/8")
    _reserved = _table(_parse6, 128, "::/8", "100::/8", "200::/7", "400::/6", "800::/5", "1000::/4", "4000::/3", "6000::/3", "8000::/3",
                       "A000::/3", "C000::/3", "E000::/4", "F000::/5", "F800::/6", "FE00::/9")
    _link_local = _table(_parse6, 128, "fe80::/10")
    _site_local = _table(_parse6, 128, "fec0::/10")
    _private = _table(_parse6, 128, "::1/128", "::/128", "::ffff:0:0/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
                      "3fff::/20", "fc00::/7", "fe80::/10")
    _not_private = _table(_parse6, 128, "2001:1::1/128", "2001:1::2/128", "2001:3::/32", "2001:4:112::/48", "2001:20::/28", "2001:30::/28")

    def __init__(self, address):
        self._scope = None
        if isinstance(address, str):
            if "/" in address:
                raise AddressValueError("Unexpected '/' in %r" % address)
            text, percent, scope = address.partition("%")
            if percent:
                if not scope or "%" in scope:
                    raise AddressValueError('Invalid IPv6 address: "%r"' % address)
                self._scope = scope
            address = text
        self._set(address)

    @property
    def scope_id(self):
        return self._scope

    def __str__(self):
        m = self.ipv4_mapped
        text = _text6(self._ip) if m is None else "::ffff:%s" % m
        return text + "%" + self._scope if self._scope else text

    def _explode(self):
        m = self.ipv4_mapped
        return self._explode_number(self._ip) if m is None else "0000:0000:0000:0000:0000:ffff:%s" % m

    def __hash__(self):
        return hash((self._ip, self._scope))

    @property
    def is_loopback(self):
        m = self.ipv4_mapped
        return m.is_loopback if m is not None else self._ip == 1

    @property
    def is_private(self):
        m = self.ipv4_mapped
        return m.is_private if m is not None else super().is_private

    @property
    def is_multicast(self):
        m = self.ipv4_mapped
        return m.is_multicast if m is not None else super().is_multicast

    @property
    def is_link_local(self):
        m = self.ipv4_mapped
        return m.is_link_local if m is not None else super().is_link_local

    @property
    def is_global(self):
        m = self.ipv4_mapped
        return m.is_global if m is not None else not self.is_private

    @property
    def is_site_local(self):
        return self._within(self._site_local)

    @property
    def is_unspecified(self):
        m = self.ipv4_mapped
        return m.is_unspecified if m is not None else self._ip == 0

    @property
    def ipv4_mapped(self):
        if self._ip >> 32 != 0xffff:
            return None
        return IPv4Address(self._ip & 0xffffffff)

    @property
    def teredo(self):
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xffffffff), IPv4Address(~self._ip & 0xffffffff)

    @property
    def sixtofour(self):
        if self._ip >> 112 != 0x2002:
            return None
        return IPv4Address(self._ip >> 80 & 0xffffffff)


IPv4Address._family, IPv6Address._family = IPv4Address, IPv6Address


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
    _address = IPv4Address


class IPv6Network(_V6, _Network):
    """An IPv6 network."""
    _address = IPv6Address


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
