"""Codes that have a name of their own."""

from enum import StrEnum
from typing import Self


class NamedCode(StrEnum):
    """A code, as the database keeps it, and beside it the English msgid that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """``State("listed")`` finds a code by its value alone."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.label = label
        return code
