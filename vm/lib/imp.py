"""What Python 2 programs use of imp."""

import sys
import types
from importlib import reload

__all__ = ["new_module", "reload", "load_source", "acquire_lock", "release_lock", "lock_held"]


def new_module(name):
    return types.ModuleType(name)


def load_source(name, file):
    """The module of that name from a source file."""
    m = types.ModuleType(name)
    m.__file__ = file
    sys.modules[name] = m
    with open(file) as f:
        exec(compile(f.read(), file, "exec"), m.__dict__)
    return m


def acquire_lock():
    pass


def release_lock():
    pass


def lock_held():
    return False
