"""Waiting for several sockets at once."""

import _socket

error = OSError
_IN, _OUT, _PRI, _ERR, _HUP, _NVAL = 1, 4, 2, 8, 16, 32


def _number(f):
    return f if isinstance(f, int) else f.fileno()


def select(rlist, wlist, xlist, timeout=None):
    """The members of the three lists that can be read, can be written, and have something exceptional."""
    rs, ws, xs = list(rlist), list(wlist), list(xlist)
    asked = [(_number(f), _IN) for f in rs] + [(_number(f), _OUT) for f in ws] + [(_number(f), _PRI) for f in xs]
    for fd, _ in asked:
        if fd < 0:
            raise ValueError("file descriptor cannot be a negative integer (%d)" % fd)
    got = _socket.poll(asked, timeout)
    if any(e & _NVAL for e in got):
        raise OSError(9, "Bad file descriptor")
    n, m = len(rs), len(rs) + len(ws)
    return ([f for f, e in zip(rs, got[:n]) if e & (_IN | _HUP | _ERR)],
            [f for f, e in zip(ws, got[n:m]) if e & (_OUT | _ERR)],
            [f for f, e in zip(xs, got[m:]) if e & _PRI])
