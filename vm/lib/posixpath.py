"""Operations on path names."""

import posix

curdir, pardir, extsep, sep, pathsep, altsep, devnull, defpath = ".", "..", ".", "/", ":", None, "/dev/null", "/bin:/usr/bin"
supports_unicode_filenames = False


def _fspath(p):
    if isinstance(p, (str, bytes)):
        return p
    try:
        return type(p).__fspath__(p)
    except AttributeError:
        raise TypeError("expected str, bytes or os.PathLike object, not " + type(p).__name__) from None


def _sep(p):
    return b"/" if isinstance(p, bytes) else "/"


def normcase(s):
    return _fspath(s)


def isabs(s):
    s = _fspath(s)
    return s.startswith(_sep(s))


def join(a, *p):
    """Join parts of a path; an absolute part starts anew."""
    a = _fspath(a)
    s = _sep(a)
    path = a
    for b in map(_fspath, p):
        if isinstance(b, bytes) != isinstance(a, bytes):
            raise TypeError("Can't mix strings and bytes in path components") from None
        if b.startswith(s) or not path:
            path = b
        elif path.endswith(s):
            path += b
        else:
            path += s + b
    return path


def split(p):
    """The part up to the last slash and what follows it."""
    p = _fspath(p)
    s = _sep(p)
    i = p.rfind(s) + 1
    head, tail = p[:i], p[i:]
    if head and head != s * len(head):
        head = head.rstrip(s)
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    """Root and extension, with the dot."""
    p = _fspath(p)
    dot = b"." if isinstance(p, bytes) else "."
    start = p.rfind(_sep(p)) + 1
    i = p.rfind(dot)
    if i > start and p[start:i].strip(dot):
        return p[:i], p[i:]
    return p, p[:0]


def splitdrive(p):
    p = _fspath(p)
    return p[:0], p


def splitroot(p):
    p = _fspath(p)
    s = _sep(p)
    if not p.startswith(s):
        return p[:0], p[:0], p
    n = 2 if p.startswith(s * 2) and not p.startswith(s * 3) else 1
    return p[:0], p[:n], p[n:]


def exists(path):
    try:
        posix.stat(path)
    except (OSError, ValueError):
        return False
    return True


def lexists(path):
    try:
        posix.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def _mode(path, link=False):
    try:
        return (posix.lstat if link else posix.stat)(path).st_mode & 0o170000
    except (OSError, ValueError):
        return 0


def isfile(path):
    return _mode(path) == 0o100000


def isdir(s):
    return _mode(s) == 0o040000


def islink(path):
    return _mode(path, True) == 0o120000


def ismount(path):
    return abspath(path) == "/"


def isjunction(path):
    return False


def getsize(filename):
    return posix.stat(filename).st_size


def getmtime(filename):
    return posix.stat(filename).st_mtime


def getatime(filename):
    return posix.stat(filename).st_atime


def getctime(filename):
    return posix.stat(filename).st_ctime


def samefile(f1, f2):
    return samestat(posix.stat(f1), posix.stat(f2))


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def normpath(path):
    """Collapse double slashes, . and .. parts."""
    path = _fspath(path)
    s = _sep(path)
    dot = b"." if isinstance(path, bytes) else "."
    if not path:
        return dot
    drive, root, tail = splitroot(path)
    comps = []
    for comp in tail.split(s):
        if not comp or comp == dot:
            continue
        if comp != dot + dot or (not root and not comps) or (comps and comps[-1] == dot + dot):
            comps.append(comp)
        elif comps:
            comps.pop()
    return (root + s.join(comps)) or dot


def abspath(path):
    path = _fspath(path)
    if not isabs(path):
        cwd = posix.getcwd()
        path = join(cwd.encode() if isinstance(path, bytes) else cwd, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The path without symbolic links."""
    rest = abspath(filename).split("/")[1:]
    done, seen = "", 0
    while rest:
        name = rest.pop(0)
        if not name or name == ".":
            continue
        if name == "..":
            done = dirname(done)
            if done == "/":
                done = ""
            continue
        path = done + "/" + name
        if islink(path) and seen < 40:
            seen += 1
            target = posix.readlink(path)
            if target.startswith("/"):
                done = ""
            rest = target.split("/") + rest
            continue
        if strict:
            posix.lstat(path)
        done = path
    return done or "/"


def relpath(path, start=None):
    """A path to here from start."""
    if not path:
        raise ValueError("no path specified")
    here = [x for x in abspath(start or curdir).split(sep) if x]
    there = [x for x in abspath(path).split(sep) if x]
    i = 0
    while i < len(here) and i < len(there) and here[i] == there[i]:
        i += 1
    return join(*([pardir] * (len(here) - i) + there[i:])) if len(here) > i or len(there) > i else curdir


def commonprefix(m):
    """The longest string that all begin with."""
    if not m:
        return ""
    m = [_fspath(p) if not isinstance(p, (list, tuple)) else p for p in m]
    a, b = min(m), max(m)
    for i, c in enumerate(a):
        if c != b[i]:
            return a[:i]
    return a


def commonpath(paths):
    """The longest path that all begin with."""
    paths = [_fspath(p) for p in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    absolute = {p.startswith(sep) for p in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    parts = [[c for c in p.split(sep) if c and c != curdir] for p in paths]
    return (sep if absolute == {True} else "") + sep.join(commonprefix(parts))


def expanduser(path):
    """Replace a leading ~ by the home directory."""
    path = _fspath(path)
    if not path.startswith("~"):
        return path
    name, slash, rest = path.partition("/")
    home = posix.environ.get("HOME")
    if name != "~" or home is None:
        return path
    return (home.rstrip("/") + slash + rest) or "/"


def expandvars(path):
    """Replace $name and ${name} by environment variables."""
    path = _fspath(path)
    out, i = "", 0
    while i < len(path):
        c = path[i]
        i += 1
        if c != "$":
            out += c
            continue
        start = i
        if path[i:i + 1] == "{" and "}" in path[i:]:
            end = path.index("}", i)
            name, i = path[i + 1:end], end + 1
        else:
            while i < len(path) and (path[i].isalnum() or path[i] == "_") and path[i].isascii():
                i += 1
            name = path[start:i]
        out += posix.environ.get(name, "$" + path[start:i]) if name else "$" + path[start:i]
    return out
