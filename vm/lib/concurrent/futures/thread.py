"""The names of concurrent.futures that programs import from here."""

from concurrent.futures import BrokenThreadPool, ThreadPoolExecutor
