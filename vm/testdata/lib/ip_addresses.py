# Module ipaddress.
import ipaddress
import pickle
from ipaddress import ip_address, ip_network, ip_interface


def attempt(f, *args):
    try:
        return f(*args)
    except (ValueError, TypeError, IndexError) as e:
        return '%s: %s' % (type(e).__name__, e)


for x in ['1.2.3.4', '255.255.255.255', '0.0.0.0', '127.0.0.1', '10.1.2.3', '224.0.0.1', '169.254.1.1', '8.8.8.8', '192.0.0.9', '100.64.0.1', 0, 2**32, '::', '::1',
          '2001:db8::1', '::ffff:1.2.3.4', 'ff02::1', '1:2:3:4:5:6:7:8', '2002:c000:204::', '2001:0:4136:e378:8000:63bf:3fff:fdd2', b'\x01\x02\x03\x04', 2**127]:
    a = ip_address(x)
    print(repr(a), int(a), a.exploded, a.packed, a.reverse_pointer)
    print('   ', [n for n in ('is_multicast', 'is_reserved', 'is_link_local', 'is_private', 'is_global', 'is_unspecified', 'is_loopback') if getattr(a, n)])
    if a.version == 6:
        print('   ', a.ipv4_mapped, a.teredo, a.sixtofour, a.scope_id, a.is_site_local)
for x in ['', '1.2.3', '1.2.3.256', '1.2.3.04', '1.2.3.x', '1.2.3.1234', '1..2.3', '1:2', ':::', '1::2::3', '12345::', 'g::', ':1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:']:
    print(repr(x), attempt(ipaddress.IPv4Address, x), '|', attempt(ipaddress.IPv6Address, x), '|', attempt(ip_address, x))
print(attempt(ipaddress.IPv4Address, -1), attempt(ipaddress.IPv4Address, 2**32), attempt(ipaddress.IPv4Address, b'abc'), attempt(ipaddress.IPv4Address, '1.2.3.4/24'))
a = ip_address('10.0.0.1')
print(a + 5, a - 1, a < a + 1, a == ip_address('10.0.0.1'), a in ip_network('10.0.0.0/8'), a == '10.0.0.1', hash(a) == hash(ip_address('10.0.0.1')), a.ipv6_mapped)
print(attempt(lambda: a < ip_address('::')), attempt(lambda: a + 2**32), f'{a:s} {a:b} {a:#x} {a:_X} {a:n}', f'{ip_address("::1"):x}')
n = ip_network('192.168.0.0/22')
print(repr(n), n.netmask, n.hostmask, n.broadcast_address, n.num_addresses, n.prefixlen, n.with_netmask, n.with_hostmask, n.exploded, n.is_private)
print([str(s) for s in n.subnets()], [str(s) for s in n.subnets(new_prefix=24)], n.supernet(), n.supernet(new_prefix=16), n[5], n[-1], attempt(lambda: n[5000]))
print([str(h) for h in ip_network('10.0.0.0/29').hosts()], [str(h) for h in ip_network('10.0.0.0/31').hosts()], [str(h) for h in ip_network('10.0.0.1').hosts()])
print(len(list(ip_network('10.0.0.0/28'))), [str(h) for h in ip_network('2001:db8::/126').hosts()])
for bad in ['10.0.0.1/8', '10.0.0.0/33', '10.0.0.0/255.0.255.0', '10.0.0.0/8/9', 'x/8', '::/129']:
    print(bad, attempt(ip_network, bad), '|', attempt(ipaddress.IPv4Network, bad))
print(ip_network('10.0.0.1/8', strict=False), ip_network('10.0.0.0/255.255.0.0'), ip_network('10.0.0.0/0.0.255.255'), ip_network((167772160, 8)), ip_network('::/0').num_addresses)
m = ip_network('192.168.1.0/24')
print(m.subnet_of(n), n.supernet_of(m), n.overlaps(m), n.compare_networks(m), sorted([m, n, ip_network('10.0.0.0/8')]), m < n, m == n)
print([str(x) for x in n.address_exclude(m)], attempt(lambda: list(m.address_exclude(n))), attempt(lambda: list(m.subnets(9))), attempt(m.supernet, 25))
i = ip_interface('192.168.1.7/24')
print(repr(i), i.ip, i.network, i.netmask, i.with_prefixlen, i.with_netmask, i == ip_interface('192.168.1.7/24'), i == i.ip, i in m, ip_interface('::1/64'), ip_interface('1.2.3.4'))
print([str(x) for x in ipaddress.summarize_address_range(ip_address('10.0.0.1'), ip_address('10.0.0.20'))])
print([str(x) for x in ipaddress.collapse_addresses([ip_network('10.0.0.0/25'), ip_network('10.0.0.128/25'), ip_address('10.0.1.0'), ip_address('10.0.1.1')])])
print(sorted([ip_network('::/8'), ip_address('1.2.3.4'), ip_network('1.0.0.0/8')], key=ipaddress.get_mixed_type_key))
print(pickle.loads(pickle.dumps(n)) == n, pickle.loads(pickle.dumps(a)) == a, {a: 1}[ip_address('10.0.0.1')], ipaddress.v4_int_to_packed(5))
s = ip_address('fe80::1%eth0')
print(repr(s), s.scope_id, s.is_link_local, s == ip_address('fe80::1'), attempt(ip_address, 'fe80::1%'))
