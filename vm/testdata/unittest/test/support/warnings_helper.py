"""Warnings are not recorded: tests that check for some are skipped, tests that silence them run."""
import unittest


class _Quiet:
    def __init__(self, *a, **k):
        self.warnings = []

    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


ignore_warnings = lambda **kw: lambda f: f
check_no_warnings = check_no_resource_warning = _Quiet


def check_warnings(*a, **k):
    raise unittest.SkipTest("warnings")


def check_syntax_warning(*a, **k):
    raise unittest.SkipTest("warnings")


save_restore_warnings_filters = _Quiet
