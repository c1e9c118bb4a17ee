"""Imports of modules that may be missing."""
import sys
import unittest


def import_module(name, deprecated=False, *, required_on=()):
    try:
        __import__(name)
    except ImportError as e:
        raise unittest.SkipTest(str(e))
    return sys.modules[name]


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    """There is one version of each module here: the one with accelerated parts stands for both."""
    try:
        __import__(name)
    except ImportError:
        return None
    return sys.modules[name]


class CleanImport:
    def __init__(self, *names, usefrozen=False):
        raise unittest.SkipTest("fresh imports")


def unload(name):
    sys.modules.pop(name, None)
