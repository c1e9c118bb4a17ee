"""Find files by shell patterns."""

import fnmatch
import os

__all__ = ["escape", "glob", "iglob", "has_magic"]


def has_magic(s):
    return any(c in s for c in "*?[")


def escape(pathname):
    return "".join("[%s]" % c if c in "*?[" else c for c in pathname)


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname = os.fspath(pathname)
    parts = pathname.split("/")
    base = "/" if pathname.startswith("/") else ""
    return _walk(base, [p for p in parts if p], root_dir or "", recursive, include_hidden)


def _list(root, directory):
    try:
        return os.listdir(os.path.join(root, directory) or ".")
    except OSError:
        return []


def _walk(directory, parts, root, recursive, hidden):
    if not parts:
        return
    part, rest = parts[0], parts[1:]
    if part == "**" and recursive:
        yield from _walk(directory, rest, root, recursive, hidden) if rest else ([directory] if directory else [])
        for name in _list(root, directory):
            if name.startswith(".") and not hidden:
                continue
            path = os.path.join(directory, name)
            if os.path.isdir(os.path.join(root, path)):
                yield from _walk(path, parts, root, recursive, hidden)
            elif not rest:
                yield path
        return
    if has_magic(part):
        names = [n for n in _list(root, directory) if fnmatch.fnmatch(n, part) and (hidden or part.startswith(".") or not n.startswith("."))]
    else:
        names = [part]
    for name in names:
        path = os.path.join(directory, name)
        if rest:
            if os.path.isdir(os.path.join(root, path)):
                yield from _walk(path, rest, root, recursive, hidden)
        elif os.path.lexists(os.path.join(root, path)):
            yield path
