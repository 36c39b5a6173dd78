"""Møbelcirklen: the furniture reuse exchange of a Danish municipality, as a desktop program."""

__version__ = "0.1.0"
