"""Print and take apart tracebacks."""

import sys

__all__ = ["extract_stack", "extract_tb", "format_exception", "format_exception_only", "format_list", "format_stack", "format_tb", "print_exc",
           "format_exc", "print_exception", "print_last", "print_stack", "print_tb", "FrameSummary", "StackSummary", "TracebackException",
           "print_list", "walk_stack", "walk_tb"]


class FrameSummary:
    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None, **kw):
        self.filename, self.lineno, self.name, self._line, self.locals = filename, lineno, name, line, locals

    @property
    def line(self):
        if self._line is None:
            self._line = ""
            try:
                with open(self.filename) as f:
                    for n, text in enumerate(f, 1):
                        if n == self.lineno:
                            self._line = text.strip()
                            break
            except (OSError, ValueError, TypeError):
                pass
        return self._line

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __getitem__(self, i):
        return (self.filename, self.lineno, self.name, self.line)[i]

    def __len__(self):
        return 4

    def __eq__(self, other):
        return tuple(self) == tuple(other)

    def __repr__(self):
        return "<FrameSummary file %s, line %s in %s>" % (self.filename, self.lineno, self.name)


class StackSummary(list):
    def format(self):
        out = []
        for f in self:
            s = '  File "%s", line %s, in %s\n' % (f[0], f[1], f[2])
            if f[3]:
                s += "    %s\n" % f[3]
            out.append(s)
        return out

    @classmethod
    def extract(cls, gen, *, limit=None, **kw):
        return cls(FrameSummary(f.f_code.co_filename, n, f.f_code.co_name) for f, n in gen)

    @classmethod
    def from_list(cls, a_list):
        return cls(f if isinstance(f, FrameSummary) else FrameSummary(f[0], f[1], f[2], line=f[3]) for f in a_list)


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    if f is None:
        f = sys._getframe(2)
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def extract_tb(tb, limit=None):
    out = StackSummary(FrameSummary(f.f_code.co_filename, n, f.f_code.co_name) for f, n in walk_tb(tb))
    return StackSummary(out[:limit] if limit is None or limit >= 0 else out[limit:])


def extract_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe(1)
    out = StackSummary(FrameSummary(g.f_code.co_filename, n, g.f_code.co_name) for g, n in walk_stack(f))
    out.reverse()
    return StackSummary(out if limit is None else out[-limit:])


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    for item in format_list(extracted_list):
        print(item, file=file or sys.stderr, end="")


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit), file)


def format_stack(f=None, limit=None):
    return format_list(extract_stack(f or sys._getframe(1), limit))


def print_stack(f=None, limit=None, file=None):
    print_list(extract_stack(f or sys._getframe(1), limit), file)


_none = object()


def _exc(exc, value, tb):
    if value is _none:
        if exc is not None and not isinstance(exc, BaseException):
            raise TypeError("Exception expected for value, %s found" % type(exc).__name__)
        return exc
    return value


def format_exception_only(exc, /, value=_none, *, show_group=False):
    e = _exc(exc, value, None)
    if e is None:
        return ["NoneType: None\n"]
    cls = type(e)
    name = cls.__qualname__ if cls.__module__ in ("builtins", "__main__") else "%s.%s" % (cls.__module__, cls.__qualname__)
    out = []
    if isinstance(e, SyntaxError) and e.lineno is not None:
        out.append('  File "%s", line %s\n' % (e.filename or "<string>", e.lineno))
        if e.text:
            text = e.text.rstrip("\n")
            stripped = text.lstrip(" \n\f")
            out.append("    %s\n" % stripped)
            if e.offset:
                col = max(e.offset - 1 - (len(text) - len(stripped)), 0)
                end = e.end_offset - 1 - (len(text) - len(stripped)) if e.end_offset else col + 1
                out.append("    %s%s\n" % (" " * col, "^" * max(end - col, 1)))
        out.append("%s: %s\n" % (name, e.msg))
    else:
        try:
            s = str(e)
        except Exception:
            s = "<exception str() failed>"
        out.append("%s: %s\n" % (name, s) if s else "%s\n" % name)
    for note in getattr(e, "__notes__", ()):
        out += [line + "\n" for line in str(note).split("\n")]
    return out


def format_exception(exc, /, value=_none, tb=_none, limit=None, chain=True, **kw):
    e = _exc(exc, value, tb)
    return _format(e, e.__traceback__ if tb is _none and e is not None else tb, limit, chain, set())


def _format(e, tb, limit, chain, seen):
    out = []
    if e is not None and chain:
        seen.add(id(e))
        cause, context = e.__cause__, e.__context__
        if cause is not None and id(cause) not in seen:
            out += _format(cause, cause.__traceback__, limit, chain, seen)
            out.append("\nThe above exception was the direct cause of the following exception:\n\n")
        elif cause is None and context is not None and not e.__suppress_context__ and id(context) not in seen:
            out += _format(context, context.__traceback__, limit, chain, seen)
            out.append("\nDuring handling of the above exception, another exception occurred:\n\n")
    if tb is not None:
        out.append("Traceback (most recent call last):\n")
        out += format_tb(tb, limit)
    return out + format_exception_only(e)


def print_exception(exc, /, value=_none, tb=_none, limit=None, file=None, chain=True, **kw):
    print("".join(format_exception(exc, value, tb, limit, chain)), file=file or sys.stderr, end="")


def format_exc(limit=None, chain=True):
    return "".join(format_exception(sys.exception(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(sys.exception(), limit=limit, file=file, chain=chain)


def print_last(limit=None, file=None, chain=True):
    print_exception(getattr(sys, "last_exc", None), limit=limit, file=file, chain=chain)


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, **kw):
        self._exc, self._tb, self._limit = exc_value, exc_traceback, limit
        self.exc_type = exc_type
        self.stack = extract_tb(exc_traceback, limit)

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def format(self, *, chain=True, **kw):
        yield from _format(self._exc, self._tb, self._limit, chain, set())

    def format_exception_only(self, **kw):
        yield from format_exception_only(self._exc)

    def __str__(self):
        return str(self._exc)


def clear_frames(tb):
    pass
