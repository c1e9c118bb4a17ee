"""Measure the time of small pieces of code."""

import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_timer = time.perf_counter
default_number, default_repeat = 1000000, 5


class Timer:
    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        ns = {} if globals is None else globals
        scope = dict(ns)
        lines = []
        if isinstance(setup, str):
            compile(setup, "<timeit-src>", "exec")
            lines.append(setup)
        elif callable(setup):
            scope["_setup"] = setup
            lines.append("_setup()")
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(stmt, "<timeit-src>", "exec")
        elif callable(stmt):
            scope["_stmt"] = stmt
            stmt = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")

        def indent(text, n):
            return "\n".join(" " * n + line for line in text.split("\n"))
        self.src = "def inner(_it, _timer):\n%s\n    _t0 = _timer()\n    for _i in _it:\n%s\n        pass\n    _t1 = _timer()\n    return _t1 - _t0\n" % (
            indent(lines[0], 4), indent(stmt, 8))
        exec(compile(self.src, "<timeit-src>", "exec"), scope)
        self.inner = scope["inner"]

    def print_exc(self, file=None):
        import traceback
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        return self.inner(itertools.repeat(None, number), self.timer)

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        i = 1
        while True:
            for j in 1, 2, 5:
                number = i * j
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            i *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)
