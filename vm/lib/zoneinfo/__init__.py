"""Time zones by name. There is no data base of zones here: only UTC is known, by its names."""

from datetime import timedelta as _timedelta
from datetime import tzinfo as _tzinfo

__all__ = ["ZoneInfo", "ZoneInfoNotFoundError", "available_timezones", "reset_tzpath", "TZPATH", "InvalidTZPathWarning"]

TZPATH = ()
_known = ("UTC", "Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "UCT", "Universal", "Zulu")
_zero = _timedelta(0)
_cache = {}


class ZoneInfoNotFoundError(KeyError):
    pass


class InvalidTZPathWarning(RuntimeWarning):
    pass


class ZoneInfo(_tzinfo):
    """A zone by its name."""

    def __new__(cls, key):
        zone = _cache.get((cls, key))
        if zone is None:
            zone = _cache[cls, key] = cls.no_cache(key)
        return zone

    @classmethod
    def no_cache(cls, key):
        if key not in _known:
            raise ZoneInfoNotFoundError("No time zone found with key %s" % key)
        self = _tzinfo.__new__(cls)
        self._key = key
        return self

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        for k in list(_cache):
            if k[0] is cls and (only_keys is None or k[1] in only_keys):
                del _cache[k]

    @property
    def key(self):
        return self._key

    def utcoffset(self, dt):
        return None if dt is None else _zero

    dst = utcoffset

    def tzname(self, dt):
        return None if dt is None else "UTC"

    def fromutc(self, dt):
        return dt

    def __repr__(self):
        return "zoneinfo.ZoneInfo(key=%r)" % self._key

    def __str__(self):
        return self._key

    def __reduce__(self):
        return type(self), (self._key,)


def available_timezones():
    return set(_known)


def reset_tzpath(to=None):
    """There is no path to search."""
