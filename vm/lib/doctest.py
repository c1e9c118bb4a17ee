"""Run the examples in docstrings."""

import sys
import traceback

__all__ = ["testmod", "run_docstring_examples", "TestResults", "ELLIPSIS", "NORMALIZE_WHITESPACE", "IGNORE_EXCEPTION_DETAIL", "SKIP",
           "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "REPORT_ONLY_FIRST_FAILURE", "FAIL_FAST"]

DONT_ACCEPT_TRUE_FOR_1, DONT_ACCEPT_BLANKLINE, NORMALIZE_WHITESPACE, ELLIPSIS, SKIP, IGNORE_EXCEPTION_DETAIL, \
    REPORT_ONLY_FIRST_FAILURE, FAIL_FAST = [1 << i for i in range(8)]
_flags = {n: globals()[n] for n in __all__[3:]}


class TestResults(tuple):
    def __new__(cls, failed, attempted, *, skipped=0):
        return tuple.__new__(cls, (failed, attempted))

    failed = property(lambda s: s[0])
    attempted = property(lambda s: s[1])

    def __repr__(self):
        return "TestResults(failed=%d, attempted=%d)" % self


def _examples(text):
    """Source, expected output, line number and flags of each example."""
    lines = text.expandtabs().split("\n")
    i, out = 0, []
    while i < len(lines):
        line = lines[i]
        stripped = line.lstrip()
        if not (stripped.startswith(">>> ") or stripped == ">>>"):
            i += 1
            continue
        indent = len(line) - len(stripped)
        start, source = i, [stripped[4:]]
        i += 1
        while i < len(lines) and lines[i][indent:].startswith("...") and not lines[i][:indent].strip():
            source.append(lines[i][indent + 4:])
            i += 1
        want = []
        while i < len(lines) and lines[i].strip() and not lines[i].lstrip().startswith(">>>"):
            want.append(lines[i][indent:])
            i += 1
        flags = 0
        for s in source:
            if "# doctest:" in s:
                for word in s.split("# doctest:")[1].replace(",", " ").split():
                    if word[0] == "+":
                        flags |= _flags.get(word[1:], 0)
        src = "\n".join(source) + "\n"
        if src.strip() and not all(l.strip() == "" or l.strip().startswith("#") for l in source):
            out.append((src, "\n".join(want) + "\n" if want else "", start, flags))
    return out


def _match(want, got, flags):
    if want == got:
        return True
    if not flags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
        return True
    want = "\n".join("" if l.strip() == "<BLANKLINE>" else l for l in want.split("\n"))
    if want == got:
        return True
    if flags & NORMALIZE_WHITESPACE:
        want, got = " ".join(want.split()), " ".join(got.split())
        if want == got:
            return True
    if flags & ELLIPSIS and "..." in want:
        parts = want.split("...")
        if not got.startswith(parts[0]) or not got.endswith(parts[-1]) or len(got) < len(parts[0]) + len(parts[-1]):
            return False
        pos, end = len(parts[0]), len(got) - len(parts[-1])
        for p in parts[1:-1]:
            pos = got.find(p, pos, end)
            if pos < 0:
                return False
            pos += len(p)
        return True
    return False


def _run(name, text, globs, file, lineno, verbose, flags, out):
    from io import StringIO
    failed = tried = 0
    for source, want, line, own in _examples(text):
        f = flags | own
        if f & SKIP:
            continue
        tried += 1
        if verbose:
            out("Trying:\n    %sExpecting%s\n" % (source.replace("\n", "\n    ").rstrip(" "), ":\n    %s" % want.rstrip("\n").replace("\n", "\n    ") if want else " nothing"))
        buf, saved = StringIO(), sys.stdout
        sys.stdout = buf
        exc = None
        try:
            try:
                exec(compile(source, "<doctest %s[%d]>" % (name, tried - 1), "single"), globs)
            finally:
                sys.stdout = saved
        except KeyboardInterrupt:
            raise
        except BaseException as e:
            exc = e
        got = buf.getvalue()
        if got and not got.endswith("\n"):
            got += "\n"
        if exc is None:
            ok = _match(want, got, f)
            shown = got
        else:
            shown = "".join(traceback.format_exception_only(exc))
            ok = False
            if want.startswith("Traceback (most recent call last):") or want.startswith("Traceback (innermost last):"):
                lines = want.split("\n")
                k = 1
                while k < len(lines) and not (lines[k][:1].isalnum() or lines[k][:1] == "_"):
                    k += 1
                message = "\n".join(lines[k:])
                ok = _match(message, shown, f)
                if not ok and f & IGNORE_EXCEPTION_DETAIL:
                    ok = message.split(":")[0].split(".")[-1].strip() == shown.split(":")[0].split(".")[-1].strip()
            shown = "Traceback (most recent call last):\n    ...\n" + shown
        if ok:
            if verbose:
                out("ok\n")
            continue
        failed += 1
        out("*" * 70 + "\n")
        where = "line %d" % (lineno + line) if lineno else "line ?"
        out('File "%s", %s, in %s\nFailed example:\n    %s' % (file, where, name, source.replace("\n", "\n    ").rstrip(" ")))
        if exc is not None:
            out("Exception raised:\n    %s\n" % shown.rstrip("\n").replace("\n", "\n    "))
        else:
            out("Expected%s\n" % (":\n    " + want.rstrip("\n").replace("\n", "\n    ") if want else " nothing"))
            out("Got%s\n" % (":\n    " + got.rstrip("\n").replace("\n", "\n    ") if got else " nothing"))
        if f & FAIL_FAST:
            break
    return failed, tried


def _line(obj):
    code = getattr(obj, "__code__", None)
    if code is not None:
        return code.co_firstlineno + 1
    return getattr(obj, "__firstlineno__", 0) + 1 if hasattr(obj, "__firstlineno__") else 0


def _find(obj, name, module, seen):
    if id(obj) in seen:
        return
    seen.add(id(obj))
    doc = getattr(obj, "__doc__", None)
    if isinstance(doc, str) and ">>>" in doc:
        yield name, doc, obj
    if isinstance(obj, type(sys)) or isinstance(obj, type):
        for n, v in sorted(obj.__dict__.items()):
            v = v.__func__ if isinstance(v, (staticmethod, classmethod)) else v
            while hasattr(v, "__wrapped__") and not isinstance(v, type):
                v = v.__wrapped__
            if isinstance(v, (type, type(_line), property)) and getattr(v, "__module__", getattr(getattr(v, "fget", None), "__module__", None)) == module:
                yield from _find(v, "%s.%s" % (name, n), module, seen)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False, exclude_empty=False):
    """Run the examples of a module."""
    if m is None:
        m = sys.modules["__main__"]
    name = name or m.__name__
    if verbose is None:
        verbose = "-v" in sys.argv
    globs = dict(m.__dict__ if globs is None else globs)
    if extraglobs:
        globs.update(extraglobs)
    globs.setdefault("__name__", "__main__")
    out = sys.stdout.write
    failed = tried = 0
    per = []
    found = list(_find(m, name, m.__name__, set()))
    for n, doc, obj in sorted(found, key=lambda x: x[0]):
        f, t = _run(n, doc, dict(globs), getattr(m, "__file__", "?"), _line(obj) or 1, verbose, optionflags, out)
        failed, tried = failed + f, tried + t
        per.append((n, f, t))
    if report and failed:
        out("*" * 70 + "\n")
        bad = [p for p in per if p[1]]
        out("%d item%s had failures:\n" % (len(bad), "" if len(bad) == 1 else "s"))
        for n, f, t in bad:
            out(" %3d of %3d in %s\n" % (f, t, n))
        out("***Test Failed*** %d failure%s.\n" % (failed, "" if failed == 1 else "s"))
    elif report and verbose:
        out("%d tests in %d items.\n%d passed.\nTest passed.\n" % (tried, len(per), tried))
    return TestResults(failed, tried)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    _run(name, getattr(f, "__doc__", "") or "", dict(globs), "<doctest>", 0, verbose, optionflags, sys.stdout.write)


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0, **kw):
    with open(filename) as f:
        text = f.read()
    failed, tried = _run(name or filename, text, dict(globs or {}), filename, 1, bool(verbose), optionflags, sys.stdout.write)
    return TestResults(failed, tried)
