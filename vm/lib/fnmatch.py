"""Shell patterns for file names: *, ?, [seq], [!seq]."""

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def _set(pat, i):
    """The end of the set that begins after pat[i] == '[', or -1."""
    j = i + 1
    if pat[j:j + 1] == "!":
        j += 1
    if pat[j:j + 1] == "]":
        j += 1
    return pat.find("]", j)


def _in_set(c, body):
    negate = body.startswith("!")
    if negate:
        body = body[1:]
    found, i = False, 0
    while i < len(body):
        if i + 2 < len(body) and body[i + 1] == "-":
            found = found or body[i] <= c <= body[i + 2]
            i += 3
        else:
            found = found or c == body[i]
            i += 1
    return found != negate


def fnmatchcase(name, pat):
    if isinstance(name, bytes):
        name, pat = name.decode("latin-1"), pat.decode("latin-1")
    i = j = 0
    star, mark = -1, 0
    while i < len(name):
        if j < len(pat) and pat[j] == "*":
            star, mark = j, i
            j += 1
            continue
        if j < len(pat):
            end = _set(pat, j) if pat[j] == "[" else -1
            if end >= 0:
                if _in_set(name[i], pat[j + 1:end]):
                    i, j = i + 1, end + 1
                    continue
            elif pat[j] == "?" or pat[j] == name[i]:
                i, j = i + 1, j + 1
                continue
        if star < 0:
            return False
        mark += 1
        i, j = mark, star + 1
    return not pat[j:].strip("*")


fnmatch = fnmatchcase


def filter(names, pat):
    return [n for n in names if fnmatchcase(n, pat)]


def translate(pat):
    """The regular expression for a pattern."""
    out, i = [], 0
    while i < len(pat):
        c = pat[i]
        end = _set(pat, i) if c == "[" else -1
        if c == "*":
            if not out or out[-1] != ".*":
                out.append(".*")
        elif c == "?":
            out.append(".")
        elif end >= 0:
            body = pat[i + 1:end].replace("\\", "\\\\")
            out.append("[%s]" % ("^" + body[1:] if body[0] == "!" else body))
            i = end
        else:
            out.append(c if c.isalnum() or c == "_" else "\\" + c)
        i += 1
    return "(?s:%s)\\Z" % "".join(out)
