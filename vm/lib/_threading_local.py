"""threading.local under its other name."""

from threading import local

__all__ = ['local']
