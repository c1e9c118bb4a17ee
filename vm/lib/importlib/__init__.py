"""Imports by name."""

import sys

__all__ = ["import_module", "invalidate_caches", "reload"]

__import__ = __import__


def import_module(name, package=None):
    """The module of that name; a leading dot for each level means relative to the package."""
    if name.startswith("."):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for %r" % name)
        level = len(name) - len(name.lstrip("."))
        parts = package.split(".")
        if level > len(parts):
            raise ImportError("attempted relative import beyond top-level package")
        base = ".".join(parts[:len(parts) - level + 1])
        rest = name[level:]
        name = base + "." + rest if rest else base
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """There are none."""


def reload(module):
    """The module, made anew from its source in the same module object."""
    name = module.__name__
    if sys.modules.get(name) is not module:
        raise ImportError("module %s not in sys.modules" % name, name=name)
    file = getattr(module, "__file__", None)
    if file is None or file.startswith("<"):
        return module
    with open(file) as f:
        exec(compile(f.read(), file, "exec"), module.__dict__)
    return module
