"""How a file that is read in is written, in words that are chosen from."""

from collections.abc import Mapping

from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.forms.choices import Choice

_ENCODINGS = {
    "utf-8-sig": N_("UTF-8 with a mark in front"),
    "utf-8": N_("UTF-8"),
    "utf-16": N_("UTF-16"),
    "utf-16-le": N_("UTF-16 without a mark (LE)"),
    "utf-16-be": N_("UTF-16 without a mark (BE)"),
    "cp1252": N_("Windows-1252"),
    "iso-8859-1": N_("ISO 8859-1"),
    "cp850": N_("DOS, code page 850"),
    "cp865": N_("DOS, code page 865"),
    "mac_roman": N_("Old Mac (Mac Roman)"),
}
_DECIMALS = ((",", N_("Comma: 1.234,50")), (".", N_("Point: 1,234.50")))


def encoding_choices(readings: Mapping[str, str]) -> list[Choice]:
    """Every encoding with how a line of the file reads in it."""
    return [
        Choice(key, f"{_(_ENCODINGS[key])}: {text}" if text else _(_ENCODINGS[key]))
        for key, text in readings.items()
    ]


def decimal_choices() -> list[Choice]:
    """The signs that stand before the decimals."""
    return [Choice(key, _(text)) for key, text in _DECIMALS]
