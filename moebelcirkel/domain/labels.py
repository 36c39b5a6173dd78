"""Label numbers such as MC-004127-1: prefix, serial and a Damm check digit.

The Damm digit catches every single wrong digit and every swap of two neighbours, the two faults
people make when they type a number from a worn label.
"""

import re

from moebelcirkel.domain.errors import N_, Refused

SERIAL_DIGITS = 6
MAX_SERIAL_DIGITS = 12

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)

# A scanner set to another keyboard layout types + or / for the dash.
_SEPARATOR = r"[\s\-\u2010-\u2015\u2212+/_]*"
_PREFIX = re.compile(r"[A-Z]{1,4}")


def check_digit(digits: str) -> str:
    """Damm check digit of a string of digits."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def label_number(prefix: str, serial: int) -> str:
    """Label number of a serial, at least six digits long."""
    if serial < 1 or len(str(serial)) > MAX_SERIAL_DIGITS:
        raise ValueError(f"serial {serial} is outside the label numbers")
    digits = f"{serial:0{SERIAL_DIGITS}d}"
    return f"{prefix}-{digits}-{check_digit(digits)}"


def parse_label(text: str, prefix: str) -> str | None:
    """Canonical label number of something scanned or typed, or None when it is not one.

    Case, spaces, dashes and leading zeros may differ. Without the prefix the dash before the check
    digit is needed, or else one in ten EAN numbers would pass for a label.
    """
    typed = text.strip().upper()
    found = re.fullmatch(
        rf"{re.escape(prefix.upper())}{_SEPARATOR}(\d{{1,{MAX_SERIAL_DIGITS}}}?){_SEPARATOR}(\d)",
        typed,
        re.ASCII,
    ) or re.fullmatch(rf"(\d{{1,{MAX_SERIAL_DIGITS}}})\s*-\s*(\d)", typed, re.ASCII)
    if found is None or int(found[1]) == 0 or check_digit(found[1]) != found[2]:
        return None
    return label_number(prefix.upper(), int(found[1]))


def label_prefix(text: str) -> str:
    """A usable prefix for label numbers: one to four letters, so it never runs into the serial."""
    prefix = text.strip().upper()
    if not _PREFIX.fullmatch(prefix):
        raise Refused(N_("The prefix of the label numbers must be 1 to 4 letters, A to Z."))
    return prefix
