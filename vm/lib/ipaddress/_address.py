"""Addresses: an int and a version."""

import functools
from ._text import AddressValueError, _parse4, _parse6, _text4, _text6


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
    __module__ = "ipaddress"
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
    __module__ = "ipaddress"
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
