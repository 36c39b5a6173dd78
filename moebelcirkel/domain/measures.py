"""Measures as people write them: "68 × 66 × 98–115" is width × depth × height in centimetres.

What is typed is read generously, what is written back always has the one form above, and reading
that again gives the same measures.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused

MAX_MM = 20_000
EXAMPLE = "68 × 66 × 98–115"
UNKNOWN = "?"

_BETWEEN = re.compile(r"\s*[x×*✕]\s*")
_UNIT = re.compile(r"\s*(cm|mm)\.?$")
_NUMBER = r"\d{1,6}(?:[.,]\d+)?"
_PART = re.compile(
    rf"(?P<name>ø|dia\.?|[bwdhl])?\s*[:=.]?\s*(?P<low>{_NUMBER})\s*(?:cm|mm)?"
    rf"(?:\s*(?:[-\u2010-\u2015\u2212/]|til|to)\s*(?P<high>{_NUMBER}))?\s*(?:cm|mm)?"
)
_NAMES = {"b": "width", "w": "width", "l": "width", "d": "depth", "h": "height"}
_ORDER = ("width", "depth", "height")


@dataclass(frozen=True, slots=True)
class Measures:
    """Width, depth, and lowest and highest height in millimetres; None is not known."""

    width_mm: int | None = None
    depth_mm: int | None = None
    height_min_mm: int | None = None
    height_max_mm: int | None = None


def parse_measures(typed: str) -> Measures:
    """The measures in a text; an empty text is no measures."""
    text = " ".join(typed.lower().split())
    if not text:
        return Measures()
    unit = _UNIT.search(text)
    per_unit = 1 if unit and unit[1] == "mm" else 10
    parts = _BETWEEN.split(_UNIT.sub("", text))
    found = _named(parts, per_unit)
    if not found:
        raise _unreadable()
    low, high = found.get("height", (None, None))
    return Measures(
        found.get("width", (None, None))[0], found.get("depth", (None, None))[0], low, high
    )


def write_measures(measures: Measures, point: str = ",") -> str:
    """The one written form; ``point`` is the language's decimal mark."""
    low, high = measures.height_min_mm, measures.height_max_mm
    low, high = (high if low is None else low), (low if high is None else high)
    height = _number(low, point)
    if low is not None and low != high:
        height = f"{height}–{_number(high, point)}"
    shown = [_number(measures.width_mm, point), _number(measures.depth_mm, point), height]
    while shown and shown[-1] == UNKNOWN:
        shown.pop()
    return " × ".join(shown)


def _named(parts: list[str], per_unit: int) -> dict[str, tuple[int, int]]:
    """Each measure by its name; without letters they come as width, depth, height."""
    found: dict[str, tuple[int, int]] = {}
    if len(parts) > len(_ORDER):
        raise _unreadable()
    for part in parts:
        free = next((name for name in _ORDER if name not in found), "")
        read = _PART.fullmatch(part)
        if part in {UNKNOWN, "-", "–"} and free:
            found[free] = (0, 0)
            continue
        if read is None:
            raise _unreadable()
        _put(found, read, free, per_unit)
    return {name: pair for name, pair in found.items() if pair != (0, 0)}


def _put(found: dict[str, tuple[int, int]], read: re.Match[str], free: str, per_unit: int) -> None:
    low = _millimetres(read["low"], per_unit)
    high = _millimetres(read["high"], per_unit) if read["high"] else low
    letter = read["name"] or ""
    round_one = letter.startswith(("ø", "dia"))
    for name in ("width", "depth") if round_one else (_NAMES.get(letter, free),):
        if not name or name in found:
            raise _unreadable()
        if name != "height" and read["high"]:
            raise Refused(
                N_("Only the height can go from – to. Write one number for width and depth.")
            )
        if low > high:
            raise Refused(N_("Write the lowest height first, for example 98–115."))
        found[name] = (low, high)


def _millimetres(typed: str, per_unit: int) -> int:
    value = Decimal(typed.replace(",", ".")) * per_unit
    if value != value.to_integral_value():
        raise Refused(N_("Write measures in cm with at most one decimal."))
    if not 1 <= value <= MAX_MM:
        raise Refused(N_("A measure must be between 0.1 and 2,000 cm."))
    return int(value)


def _number(millimetres: int | None, point: str) -> str:
    if millimetres is None:
        return UNKNOWN
    whole, tenth = divmod(millimetres, 10)
    return f"{whole}{point}{tenth}" if tenth else str(whole)


def _unreadable() -> Refused:
    return Refused(
        N_("Write width × depth × height in cm, for example {example}."), example=EXAMPLE
    )
