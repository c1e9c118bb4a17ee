"""Stands for CPython's package of tests: its files lie beside this one when they run."""
