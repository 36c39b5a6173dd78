"""Badges: a secret in a QR code that tells who takes over at a shared PC, with a PIN where wanted.

Letters and digits only, and capitals do not count: a scanner that believes in another keyboard
mistakes signs, and Caps Lock turns its letters round.
"""

import re
from typing import Final

from moebelcirkel.domain.errors import N_, Refused

PREFIX: Final = "MCID"
#: Signs of base 32; 32 of them are 160 bits, which nobody guesses.
SECRET_LENGTH: Final = 32
PIN_LEAST, PIN_MOST = 4, 8
_SECRET = re.compile(rf"{PREFIX}([A-Z2-7]{{{SECRET_LENGTH}}})")
_ROW = "01234567890"


def code(secret: str) -> str:
    """What the QR code of a badge holds."""
    return f"{PREFIX}{secret}"


def is_badge(text: str) -> bool:
    """Whether it begins as a badge does, read right or not: it is shown and typed nowhere."""
    return text.strip().upper().startswith(PREFIX)


def secret_of(text: str) -> str | None:
    """The secret of a badge; ``None`` where it was read wrong."""
    found = _SECRET.fullmatch(text.strip().upper())
    return None if found is None else found[1]


def good_pin(typed: str) -> str:
    """A PIN of 4 to 8 digits that is not the first guess; nothing where none is wanted."""
    value = typed.strip()
    if not value:
        return ""
    if not (value.isascii() and value.isdigit() and PIN_LEAST <= len(value) <= PIN_MOST):
        raise Refused(
            N_("Write {least} to {most} digits, or nothing."), least=PIN_LEAST, most=PIN_MOST
        )
    if len(set(value)) == 1 or value in _ROW or value in _ROW[::-1]:
        raise Refused(N_("That is among the first anyone guesses. Choose other digits."))
    return value
