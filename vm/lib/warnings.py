"""Warnings."""

import sys

__all__ = ["warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings", "catch_warnings", "deprecated"]

filters = [("default", None, DeprecationWarning, "__main__", 0), ("ignore", None, DeprecationWarning, None, 0),
           ("ignore", None, PendingDeprecationWarning, None, 0), ("ignore", None, ImportWarning, None, 0), ("ignore", None, ResourceWarning, None, 0)]
_defaultaction = "default"
_once = {}


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self.filename, self.lineno = message, category, filename, lineno
        self.file, self.line, self.source = file, line, source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return "{message : %r, category : %r, filename : %r, lineno : %s, line : %r}" % (
            self.message, self._category_name, self.filename, self.lineno, self.line)


def formatwarning(message, category, filename, lineno, line=None):
    s = "%s:%s: %s: %s\n" % (filename, lineno, category.__name__, message)
    if line is None:
        try:
            with open(filename) as f:
                for n, text in enumerate(f, 1):
                    if n == lineno:
                        line = text
                        break
        except (OSError, ValueError):
            line = None
    if line and line.strip():
        s += "  %s\n" % line.strip()
    return s


def showwarning(message, category, filename, lineno, file=None, line=None):
    file = file or sys.stderr
    if file is not None:
        file.write(formatwarning(message, category, filename, lineno, line))


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    if action not in ("error", "ignore", "always", "all", "default", "module", "once"):
        raise ValueError("invalid action: %r" % (action,))
    _add((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    if action not in ("error", "ignore", "always", "all", "default", "module", "once"):
        raise ValueError("invalid action: %r" % (action,))
    _add((action, None, category, None, lineno), append)


def _add(item, append):
    if append:
        if item not in filters:
            filters.append(item)
    else:
        if item in filters:
            filters.remove(item)
        filters.insert(0, item)


def resetwarnings():
    filters[:] = []


def _matches(pattern, text):
    if pattern is None:
        return True
    if pattern.isidentifier():
        return text.lower().startswith(pattern.lower())
    import re
    return re.match(pattern, text, re.I) is not None


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Issue a warning."""
    if isinstance(message, Warning):
        category = message.__class__
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError("category must be a Warning subclass, not '%s'" % type(category).__name__)
    try:
        frame = sys._getframe(stacklevel)
        module_globals, filename, lineno = frame.f_globals, frame.f_code.co_filename, frame.f_lineno
    except (ValueError, AttributeError):
        module_globals, filename, lineno = {}, "sys", 0
    if module_globals is None:
        module_globals = {}
    registry = module_globals.setdefault("__warningregistry__", {}) if hasattr(module_globals, "setdefault") else {}
    warn_explicit(message, category, filename, lineno, module_globals.get("__name__", "<string>"), registry, module_globals, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    if registry is None:
        registry = {}
    if isinstance(message, Warning):
        text, category = str(message), message.__class__
    else:
        text, message = message, category(message)
    key = (text, category, lineno)
    if registry.get(key):
        return
    module = module or filename
    action = _defaultaction
    for act, msg, cat, mod, ln in filters:
        if issubclass(category, cat) and (ln == 0 or ln == lineno) and _matches(msg, text) and (mod is None or mod == module or _matches(mod, module)):
            action = act
            break
    if action == "ignore":
        return
    if action == "error":
        raise message
    if action == "once":
        registry[key] = 1
        if _once.get((text, category)):
            return
        _once[(text, category)] = 1
    elif action == "default":
        registry[key] = 1
    elif action == "module":
        registry[key] = 1
        if registry.get((text, category, 0)):
            return
        registry[(text, category, 0)] = 1
    msg = WarningMessage(message, category, filename, lineno, source=source)
    if _recorders:
        _recorders[-1].append(msg)
    else:
        sys.modules["warnings"].showwarning(msg.message, msg.category, msg.filename, msg.lineno)


_recorders = []


class catch_warnings:
    """Restore the filters at the end of the block; with record=True, collect the warnings in a list."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)

    def __enter__(self):
        self._filters = filters[:]
        self._show = sys.modules["warnings"].showwarning
        if self._filter is not None:
            simplefilter(*self._filter)
        if self._record:
            log = []
            _recorders.append(log)
            return log
        return None

    def __exit__(self, *exc_info):
        filters[:] = self._filters
        sys.modules["warnings"].showwarning = self._show
        if self._record:
            _recorders.pop()


class deprecated:
    """Decorator that marks something as deprecated."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        self.message, self.category, self.stacklevel = message, category, stacklevel

    def __call__(self, arg, /):
        arg.__deprecated__ = self.message
        if self.category is None or isinstance(arg, type):
            return arg
        import functools

        @functools.wraps(arg)
        def wrapper(*args, **kwargs):
            warn(self.message, category=self.category, stacklevel=self.stacklevel + 1)
            return arg(*args, **kwargs)
        wrapper.__deprecated__ = self.message
        return wrapper
