"""Lines of source files, read once."""

import os

__all__ = ["getline", "getlines", "clearcache", "checkcache", "lazycache"]

cache = {}  # file name: (size, time of change, lines)


def clearcache():
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """The line with its end, or '' if there is none."""
    lines = getlines(filename, module_globals)
    if 1 <= lineno <= len(lines):
        return lines[lineno - 1]
    return ""


def getlines(filename, module_globals=None):
    entry = cache.get(filename)
    if entry is None:
        return updatecache(filename, module_globals)
    return entry[2]


def checkcache(filename=None):
    """Forgets files that have changed."""
    for name in list(cache) if filename is None else [filename]:
        if name in cache:
            try:
                st = os.stat(name)
            except OSError:
                del cache[name]
                continue
            if (st.st_size, st.st_mtime) != cache[name][:2]:
                del cache[name]


def updatecache(filename, module_globals=None):
    cache.pop(filename, None)
    if not filename or filename.startswith("<") and filename.endswith(">"):
        return []
    try:
        st = os.stat(filename)
        with open(filename, encoding="utf-8") as f:
            lines = f.readlines()
    except (OSError, UnicodeDecodeError):
        return []
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    cache[filename] = st.st_size, st.st_mtime, lines
    return lines


def lazycache(filename, module_globals):
    return False
