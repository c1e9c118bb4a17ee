"""What the program runs on."""

import collections as _collections
import os as _os
import sys as _sys

uname_result = _collections.namedtuple("uname_result", "system node release version machine processor")


def uname():
    try:
        u = _os.uname()
        return uname_result(u.sysname, u.nodename, u.release, u.version, u.machine, "")
    except AttributeError:
        return uname_result(_sys.platform.capitalize(), "", "", "", "", "")


def system():
    return uname().system


def node():
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    return uname().machine


def processor():
    return uname().processor


def architecture(executable=None, bits="", linkage=""):
    return (bits or ("64bit" if _sys.maxsize > 1 << 32 else "32bit"), linkage)


def platform(aliased=False, terse=False):
    u = uname()
    return "-".join(x for x in (u.system, u.release) + (() if terse else (u.machine,)) if x)


def python_version():
    return "%d.%d.%d" % tuple(_sys.version_info[:3])


def python_version_tuple():
    return tuple(map(str, _sys.version_info[:3]))


def python_implementation():
    return _sys.implementation.name


def python_compiler():
    return "Go"


def python_build():
    return "", ""


def python_branch():
    return ""


python_revision = python_branch
