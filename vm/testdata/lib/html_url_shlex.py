import html
import secrets
import shlex
import uuid
from urllib.parse import (parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus, unquote_to_bytes, urldefrag, urlencode, urljoin,
                          urlparse, urlsplit, urlunparse)


def t(f, *a, **k):
    try:
        print(f.__name__, a, k, "->", repr(f(*a, **k)))
    except Exception as e:
        print(f.__name__, a, k, type(e).__name__, "|", e)


print(html.escape("<a href=\"x\">'&'</a>"), html.escape('"', quote=False))
for s in ("&lt;&gt;&amp;", "&notit;", "&notin;", "&copy &copy; &nosuch; &#65;&#x41;&#0;&#128;&#xD800;&#x110000;&#1;", "&NotEqualTilde;", "&semi;", "&ampamp;", "&", "&x", "a&b;"):
    t(html.unescape, s)
for u in ("http://user:pw@Host.com:80/a/b;p?q=1#f", "mailto:a@b", "//h/p", "/p?x", "http://[::1]:8080/", "http://[::1/", "http://h:99999/", "http://h:x/",
          "  http://a\n/b", "HTTP://A", "x:y", "1:2", "http://[1.2.3.4]/", "http://[v1.x]/", "", "a?b#c", "file:///etc/x", "http://h?q", b"http://h/p"):
    t(urlsplit, u)
    t(urlparse, u)
    try:
        p = urlsplit(u)
        print(p.username, p.password, p.hostname, p.port, p.geturl())
    except ValueError as e:
        print(e)
base = "http://a/b/c/d;p?q"
for r in ("g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", ";x", "g;x", "", ".", "./", "..", "../", "../g", "../..", "../../g", "../../../g",
          "/./g", "/../g", "g.", "..g", "./../g", "g/./h", "g/../h", "http:g"):
    print(r, urljoin(base, r))
t(urldefrag, "http://a/b#c")
t(urlunparse, ("http", "h", "p", "x", "q", "f"))
t(quote, "a b/ü~&")
t(quote, "a/b", safe="")
t(quote_plus, "a b+c")
t(quote, b"\xff", encoding="x")
t(quote, 5)
t(unquote, "a%20b%FC%C3%BC%zz%")
t(unquote, "é%C3%A9")
t(unquote_plus, "a+b%2B")
t(unquote_to_bytes, "%ff%")
t(urlencode, {"a": 1, "b c": "ü&"})
t(urlencode, [("a", [1, 2])], doseq=True)
t(urlencode, "abc")
t(urlencode, {"a": b"\xff"})
t(parse_qs, "a=1&b=2&a=3&c=&d")
t(parse_qsl, "a=1&c=&d", keep_blank_values=True)
t(parse_qsl, "a&b", strict_parsing=True)
t(parse_qsl, "a=1&b=2", max_num_fields=1)
t(parse_qsl, b"a=%20;b=2", separator=b";")
for s in ("a b  c", "'a b' c", '"a \\" b" c', "a\\ b", "a # b", "'a", "a\\", "x='1 2'y", "", "é ü"):
    t(shlex.split, s)
    t(shlex.split, s, posix=False)
t(shlex.split, "a # b", comments=True)
print(list(shlex.shlex("a && b || c; d >'e f' foo-bar", punctuation_chars=True)), list(shlex.shlex("a=b 'c d'")))
t(shlex.quote, "a b'c")
t(shlex.quote, "")
t(shlex.quote, "safe-1.0/x")
t(shlex.join, ["a b", "c", "$d"])
print(len(secrets.token_bytes()), len(secrets.token_hex(5)), len(secrets.token_urlsafe(16)), secrets.randbelow(1), secrets.choice([3]), secrets.compare_digest("a", "a"))
t(secrets.randbelow, 0)
u = uuid.UUID("{12345678-1234-5678-1234-567812345678}")
print(u, repr(u), u.hex, u.int, u.urn, u.bytes, u.bytes_le, u.fields, u.version, u.variant, u.time, u.node, u.clock_seq, u == uuid.UUID(int=u.int), hash(u) == hash(u.int))
print(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "http://x"))
a, b = uuid.uuid4(), uuid.uuid1()
print(a.version, a.variant, b.version, a != uuid.uuid4(), b < uuid.uuid1() or True)
t(uuid.UUID, "x")
t(uuid.UUID)
t(uuid.UUID, int=-1)
t(uuid.UUID, bytes=b"x")
