"""Transactions for programs.

    with atomic:            nobody sees anything in between
        ...
    @atomic                 a function whose calls are atomic blocks
    retry()                 give up, and wait until something that was read changes
    or_else(f, g)           f(), or g() if f retries
    irrevocable()           from here on the transaction cannot be rolled back
"""

import _gilt
from _gilt import irrevocable, or_else, regime, retry

__all__ = ['atomic', 'retry', 'or_else', 'irrevocable', 'regime', 'statistics', 'hint_commit_soon', 'is_atomic', 'TransactionQueue']

hint_commit_soon = _gilt.commit_soon


class _Atomic:
    """Both a context manager and a decorator."""

    __slots__ = ()

    # Functions in Go: there is no place in them for an interrupt, which would leave the block entered or left halfway.
    __enter__ = _gilt.enter
    __exit__ = _gilt.leave

    def __call__(self, fn):
        def call(*args, **kwargs):
            _gilt.enter()
            try:
                return fn(*args, **kwargs)
            finally:
                _gilt.leave()
        call.__name__ = getattr(fn, '__name__', 'call')
        call.__doc__ = getattr(fn, '__doc__', None)
        call.__wrapped__ = fn
        return call

    def __repr__(self):
        return '<atomic>'


atomic = _Atomic()


def is_atomic():
    return _gilt.depth() > 0


def statistics():
    """What the calling thread's slices have done so far."""
    slices, aborts, alone = _gilt.counts()
    return {'regime': regime(), 'commits': slices, 'aborts': aborts, 'irrevocable': alone}


def __getattr__(name):
    if name == 'TransactionQueue':
        from transaction import TransactionQueue
        return TransactionQueue
    raise AttributeError("module 'gilt' has no attribute %r" % name)
