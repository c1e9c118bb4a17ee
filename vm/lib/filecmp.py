"""Are two files the same?"""

import os
import stat

__all__ = ["cmp", "cmpfiles", "clear_cache"]


def _signature(st):
    return stat.S_IFMT(st.st_mode), st.st_size, st.st_mtime


def cmp(f1, f2, shallow=True):
    """Whether the files have the same contents; when shallow, files of the same size and time of change do."""
    s1, s2 = _signature(os.stat(f1)), _signature(os.stat(f2))
    if s1[0] != stat.S_IFREG or s2[0] != stat.S_IFREG:
        return False
    if shallow and s1 == s2:
        return True
    if s1[1] != s2[1]:
        return False
    with open(f1, "rb") as a, open(f2, "rb") as b:
        while True:
            x, y = a.read(8192), b.read(8192)
            if x != y:
                return False
            if not x:
                return True


def cmpfiles(a, b, common, shallow=True):
    """The names in common that are the same in both directories, those that differ, and those that cannot be compared."""
    out = [], [], []
    for name in common:
        try:
            same = cmp(os.path.join(a, name), os.path.join(b, name), shallow)
        except (OSError, ValueError):
            out[2].append(name)
        else:
            out[0 if same else 1].append(name)
    return out


def clear_cache():
    """There is none."""
