"""Names for files; the tests that make them are not run."""
TESTFN = "@test"
TESTFN_UNICODE = TESTFN_NONASCII = TESTFN_ASCII = TESTFN_UNDECODABLE = TESTFN_UNENCODABLE = TESTFN
FS_NONASCII = ""


def unlink(name):
    import os
    try:
        os.unlink(name)
    except OSError:
        pass


class EnvironmentVarGuard(dict):
    def __enter__(self):
        return self

    def __exit__(self, *a):
        return False


class FakePath:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path
