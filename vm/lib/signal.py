"""Handlers of signals: of SIGINT, which Ctrl-C sends."""

import _signal

SIG_DFL = 0
SIG_IGN = 1
SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT = 1, 2, 3, 4, 5, 6
SIGFPE, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM = 8, 9, 10, 11, 12, 13, 14, 15
NSIG = 65


def default_int_handler(signum, frame):
    raise KeyboardInterrupt


_handlers = {SIGINT: default_int_handler}


def _ignore(signum, frame):
    pass


def signal(signalnum, handler):
    if not callable(handler) and handler not in (SIG_DFL, SIG_IGN):
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if not 1 <= signalnum < NSIG:
        raise ValueError("signal number out of range")
    if signalnum == SIGINT:
        if handler is default_int_handler or handler == SIG_DFL:
            _signal._handle(None)
        else:
            _signal._handle(_ignore if handler == SIG_IGN else handler)
    old = _handlers.get(signalnum, SIG_DFL)
    _handlers[signalnum] = handler
    return old


def getsignal(signalnum):
    return _handlers.get(signalnum, SIG_DFL)


def raise_signal(signum):
    if signum != SIGINT:
        raise ValueError("only SIGINT can be raised")
    _signal._raise()
