"""Bytes as packed C values (the work is done by module _struct)."""

from _struct import Struct, calcsize, iter_unpack, pack, pack_into, unpack, unpack_from, _clearcache

__all__ = ["calcsize", "pack", "pack_into", "unpack", "unpack_from", "iter_unpack", "Struct", "error"]


class error(Exception):
    """What cannot be packed or unpacked."""
