"""PyPy's names for atomic blocks."""

import _gilt
from _thread import error
from gilt import atomic, hint_commit_soon, is_atomic
from transaction import getsegmentlimit


class _Exclusive:
    """An atomic block that must not be inside of another one."""

    def __enter__(self):
        if _gilt.depth():
            raise error("exclusive_atomic block can't be entered inside another atomic block")
        _gilt.enter()

    def __exit__(self, *args):
        _gilt.leave()


exclusive_atomic = _Exclusive()


def last_abort_info():
    return None


def discard_last_abort_info():
    pass


class signals_enabled:
    def __enter__(self):
        pass

    def __exit__(self, *args):
        pass


signals_enabled = signals_enabled()
