"""Taking URLs apart and putting them together (RFC 3986). Functions take str or bytes, and return what they were given."""

from collections import namedtuple as _namedtuple

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs", "parse_qsl", "quote",
           "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes", "DefragResult", "ParseResult", "SplitResult",
           "DefragResultBytes", "ParseResultBytes", "SplitResultBytes"]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtsps", "rtspu",
                 "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero", "rtsp",
               "rtsps", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss", "itms-services"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtsps", "rtspu", "sip", "sips", "mms", "sftp", "tel"]
scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
_CONTROL_OR_SPACE = "".join(map(chr, range(33)))


def _encode_result(obj, encoding="ascii", errors="strict"):
    return obj.encode(encoding, errors)


def _same(obj):
    return obj


def _coerce_args(*args):
    """The arguments as str, and a function that gives results their type."""
    is_str = isinstance(args[0], str)
    for arg in args[1:]:
        if arg and isinstance(arg, str) != is_str:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_str:
        return args + (_same,)
    return tuple(x.decode("ascii", "strict") if x else "" for x in args) + (_encode_result,)


class _ResultMixin:
    """What results over str and bytes have in common."""

    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        return self._bytes_class(*(x.encode(encoding, errors) for x in self))

    def decode(self, encoding="ascii", errors="strict"):
        return self._str_class(*(x.decode(encoding, errors) for x in self))


class _Netloc(_ResultMixin):
    """The parts of a network location."""

    __slots__ = ()

    def _signs(self, text):
        return text if isinstance(self.netloc, str) else text.encode("ascii")

    @property
    def _userinfo(self):
        userinfo, found, _ = self.netloc.rpartition(self._signs("@"))
        if not found:
            return None, None
        username, found, password = userinfo.partition(self._signs(":"))
        return username, password if found else None

    @property
    def _hostinfo(self):
        hostinfo = self.netloc.rpartition(self._signs("@"))[2]
        _, bracket, rest = hostinfo.partition(self._signs("["))
        colon = self._signs(":")
        if bracket:
            hostname, _, port = rest.partition(self._signs("]"))
            port = port.partition(colon)[2]
        else:
            hostname, _, port = hostinfo.partition(colon)
        return hostname, port or None

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        hostname = self._hostinfo[0]
        if not hostname:
            return None
        hostname, percent, zone = hostname.partition(self._signs("%"))
        return hostname.lower() + percent + zone

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is not None:
            if not (port.isdigit() and port.isascii()):
                raise ValueError(f"Port could not be cast to integer value as {port!r}")
            port = int(port)
            if not 0 <= port <= 65535:
                raise ValueError("Port out of range 0-65535")
        return port

    @classmethod
    def __class_getitem__(cls, item):
        import types
        return types.GenericAlias(cls, item)


_DefragResultBase = _namedtuple("_DefragResultBase", "url fragment")
_SplitResultBase = _namedtuple("_SplitResultBase", "scheme netloc path query fragment")
_ParseResultBase = _namedtuple("_ParseResultBase", "scheme netloc path params query fragment")


class DefragResult(_DefragResultBase, _ResultMixin):
    """A URL and its fragment."""

    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url


class SplitResult(_SplitResultBase, _Netloc):
    """The five parts of a URL."""

    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _Netloc):
    """The six parts of a URL."""

    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixin):
    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _Netloc):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _a, _b in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes)):
    _a._str_class = _b._str_class = _a._decoded_counterpart = _b._decoded_counterpart = _a
    _a._bytes_class = _b._bytes_class = _a._encoded_counterpart = _b._encoded_counterpart = _b
del _a, _b


def urlparse(url, scheme="", allow_fragments=True):
    """The six parts of a URL: scheme://netloc/path;params?query#fragment."""
    url, scheme, result = _coerce_args(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        i = path.find(";", path.rfind("/")) if "/" in path else path.find(";")
        if i >= 0:
            path, params = path[:i], path[i + 1:]
    v = ParseResult(scheme, netloc, path, params, query, fragment)
    return v if result is _same else v.encode()


def _check_netloc(netloc):
    """Refuse characters that normalization would turn into separators."""
    if not netloc or netloc.isascii():
        return
    import unicodedata
    n = netloc
    for c in "@:#?":
        n = n.replace(c, "")
    normal = unicodedata.normalize("NFKC", n)
    if n != normal:
        for c in "/?#@:":
            if c in normal:
                raise ValueError("netloc '" + netloc + "' contains invalid characters under NFKC normalization")


def _check_bracketed(host):
    if host.startswith("v"):
        version, dot, rest = host[1:].partition(".")
        if not (dot and rest and version and all(c in "0123456789abcdefABCDEF" for c in version)):
            raise ValueError("IPvFuture address is invalid")
        return
    if _is_ipv4(host):
        raise ValueError("An IPv4 address cannot be in brackets")
    if not _is_ipv6(host):
        raise ValueError("%r does not appear to be an IPv4 or IPv6 address" % host)


def _is_ipv4(s):
    parts = s.split(".")
    return len(parts) == 4 and all(p.isascii() and p.isdigit() and len(p) <= 3 and int(p) < 256 and (p == "0" or p[0] != "0") for p in parts)


def _is_ipv6(s):
    s, percent, zone = s.partition("%")
    if percent and (not zone or "%" in zone):
        return False
    if s.count("::") > 1 or ":::" in s:
        return False
    head, double, tail = s.partition("::")
    groups = (head.split(":") if head else []) + (tail.split(":") if tail else [])
    n = len(groups)
    if groups and "." in groups[-1]:
        if not _is_ipv4(groups.pop()):
            return False
        n += 1
    if not all(0 < len(g) <= 4 and all(c in "0123456789abcdefABCDEF" for c in g) for g in groups):
        return False
    return n <= 7 if double else n == 8


def urlsplit(url, scheme="", allow_fragments=True):
    """The five parts of a URL: scheme://netloc/path?query#fragment."""
    url, scheme, result = _coerce_args(url, scheme)
    url = url.lstrip(_CONTROL_OR_SPACE)
    scheme = scheme.strip(_CONTROL_OR_SPACE)
    for c in "\t\r\n":
        url = url.replace(c, "")
        scheme = scheme.replace(c, "")
    netloc = query = fragment = ""
    i = url.find(":")
    if i > 0 and url[0].isascii() and url[0].isalpha() and all(c in scheme_chars for c in url[:i]):
        scheme, url = url[:i].lower(), url[i + 1:]
    if url[:2] == "//":
        end = min([k for k in (url.find(c, 2) for c in "/?#") if k >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        if "[" in netloc:
            _check_bracketed(netloc.partition("[")[2].partition("]")[0])
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    _check_netloc(netloc)
    v = SplitResult(scheme, netloc, url, query, fragment)
    return v if result is _same else v.encode()


def urlunparse(components):
    """The URL of six parts."""
    scheme, netloc, url, params, query, fragment, result = _coerce_args(*components)
    if params:
        url = "%s;%s" % (url, params)
    return result(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """The URL of five parts."""
    scheme, netloc, url, query, fragment, result = _coerce_args(*components)
    if netloc:
        url = "//" + netloc + ("/" if url and url[:1] != "/" else "") + url
    elif url[:2] == "//" or (scheme and scheme in uses_netloc and (not url or url[:1] == "/")):
        url = "//" + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url += "?" + query
    if fragment:
        url += "#" + fragment
    return result(url)


def urljoin(base, url, allow_fragments=True):
    """What a reference means at a base URL."""
    if not base:
        return url
    if not url:
        return base
    base, url, result = _coerce_args(base, url)
    bscheme, bnetloc, bpath, bparams, bquery, bfragment = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, bscheme, allow_fragments)
    if scheme != bscheme or scheme not in uses_relative:
        return result(url)
    if scheme in uses_netloc:
        if netloc:
            return result(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = bnetloc
    if not path and not params:
        return result(urlunparse((scheme, netloc, bpath, bparams, query or bquery, fragment)))
    parts = bpath.split("/")
    if parts[-1] != "":
        del parts[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = parts + path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for seg in segments:
        if seg == "..":
            if resolved:
                resolved.pop()
        elif seg != ".":
            resolved.append(seg)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return result(urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment)))


def urldefrag(url):
    """A URL without its fragment, and the fragment."""
    url, result = _coerce_args(url)
    if "#" in url:
        s, n, p, a, q, frag = urlparse(url)
        v = DefragResult(urlunparse((s, n, p, a, q, "")), frag)
    else:
        v = DefragResult(url, "")
    return v if result is _same else v.encode()


_HEX = {(a + b).encode(): bytes((int(a + b, 16),)) for a in "0123456789ABCDEFabcdef" for b in "0123456789ABCDEFabcdef"}


def unquote_to_bytes(string):
    """The bytes of a text with %XX."""
    if not string:
        string.split
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    bits = bytes(string).split(b"%")
    out = [bits[0]]
    for item in bits[1:]:
        c = _HEX.get(item[:2])
        out.append(c + item[2:] if c is not None else b"%" + item)
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    """The text of a text with %XX."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        string.split
        return string
    if encoding is None:
        encoding = "utf-8"
    if errors is None:
        errors = "replace"
    out, i, n = [], 0, len(string)
    while i < n:  # runs of ASCII are decoded, the rest stays
        j = i
        while j < n and string[j].isascii():
            j += 1
        if j > i:
            out.append(unquote_to_bytes(string[i:j]).decode(encoding, errors))
        i = j
        while j < n and not string[j].isascii():
            j += 1
        out.append(string[i:j])
        i = j
    return "".join(out)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """As unquote; + is a space."""
    return unquote(string.replace("+", " "), encoding, errors)


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    """A query as a dict of lists."""
    out = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding=encoding, errors=errors, max_num_fields=max_num_fields,
                                 separator=separator):
        out.setdefault(name, []).append(value)
    return out


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    """A query as a list of (name, value)."""
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if isinstance(qs, str):
        if not isinstance(separator, str):
            separator = str(separator, "ascii")
        eq = "="

        def text(s):
            return unquote_plus(s, encoding=encoding, errors=errors)
    else:
        if not qs:
            return []
        qs = bytes(memoryview(qs))
        if isinstance(separator, str):
            separator = bytes(separator, "ascii")
        eq = b"="

        def text(s):
            return unquote_to_bytes(s.replace(b"+", b" "))
    if not qs:
        return []
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    out = []
    for field in qs.split(separator):
        if field or strict_parsing:
            name, has_eq, value = field.partition(eq)
            if not has_eq and strict_parsing:
                raise ValueError("bad query field: %r" % (field,))
            if value or keep_blank_values:
                out.append((text(name), text(value)))
    return out


_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_QUOTED = ["%{:02X}".format(b) for b in range(256)]


def quote(string, safe="/", encoding=None, errors=None):
    """Replace what is special in a part of a URL by %XX."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """As quote; spaces become +."""
    if (isinstance(string, str) and " " not in string) or (isinstance(string, bytes) and b" " not in string):
        return quote(string, safe, encoding, errors)
    return quote(string, safe + (" " if isinstance(safe, str) else b" "), encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """As quote, of bytes."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    safe = _ALWAYS_SAFE.union(c for c in safe if c < 128)
    return "".join([chr(c) if c in safe else _QUOTED[c] for c in bs])


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """A query of a dict or pairs; doseq: values that are sequences become several fields."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as err:
            raise TypeError("not a valid non-string sequence or mapping object") from err

    def one(x):
        if isinstance(x, bytes):
            return quote_via(x, safe)
        return quote_via(x if isinstance(x, str) else str(x), safe, encoding, errors)

    out = []
    for k, v in query:
        k = one(k)
        if doseq and not isinstance(v, (str, bytes)):
            try:
                len(v)
            except TypeError:
                pass
            else:
                out.extend(k + "=" + one(x) for x in v)
                continue
        out.append(k + "=" + one(v))
    return "&".join(out)
