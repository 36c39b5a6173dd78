"""Numbers as files write them: which decimal sign a file uses, and one cell's value by it."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from moebelcirkel.domain.errors import N_, Refused

SPACES = " \u00a0\u202f'\u2019"
_OTHER = {",": ".", ".": ","}
# Amounts carry their currency as a word or sign in front or behind, and "1.450,-" for no øre.
_CURRENCY = re.compile(r"^(?:[A-Za-z]{1,3}\.?|[€$£])\s*(?=[-+\d])|\s*(?:[A-Za-z]{1,3}\.?|[€$£])$")
_NO_ORE = re.compile(r"[,.][-\u2013\u2014]+$")
_NUMBER_LIKE = re.compile(rf"[-+]?\d[\d.,{SPACES}]*")
_STRONG = {
    # A sign is decimal when it stands once with other than three digits behind it, after a
    # lone zero or more than three digits, or behind groups set with the opposite sign.
    sign: re.compile(
        rf"^[-+]?(?:\d+{point}(?:\d{{1,2}}|\d{{4,}})|0{point}\d+|\d{{4,}}{point}\d+"
        rf"|\d{{1,3}}(?:{group}\d{{3}})+{point}\d+|\d{{1,3}}(?:{group}\d{{3}}){{2,}})$",
        re.MULTILINE,
    )
    for sign, point, group in ((",", ",", r"\."), (".", r"\.", ","))
}
_WEAK = {
    sign: re.compile(rf"^[-+]?[1-9]\d{{0,2}}{group}\d{{3}}$", re.MULTILINE)
    for sign, group in ((",", r"\."), (".", ","))
}
_FORM = {
    sign: re.compile(
        rf"[-+]?(?:\d{{1,3}}(?:[{re.escape(_OTHER[sign])}{SPACES}]\d{{3}})+|\d+)"
        rf"(?:{re.escape(sign)}\d+)?"
    )
    for sign in ",."
}
_DROP = {sign: str.maketrans(sign, ".", _OTHER[sign] + SPACES) for sign in ",."}


def looks_like_number(text: str) -> bool:
    """Whether a cell could be a number under either decimal sign."""
    return _NUMBER_LIKE.fullmatch(text.strip()) is not None


def number(text: str, decimal: str) -> Decimal | None:
    """The value of a cell in a file with this decimal sign, or None where it is no number."""
    bare = text.strip().replace("\u2212", "-")
    if not _FORM[decimal].fullmatch(bare):
        bare = _NO_ORE.sub("", _CURRENCY.sub("", _CURRENCY.sub("", bare))).strip()
        if not _FORM[decimal].fullmatch(bare):
            return None
    return Decimal(bare.translate(_DROP[decimal]))


def written(value: float, decimal: str) -> str:
    """A spreadsheet's own number as text with this decimal sign, to the 15 digits it shows."""
    text = str(value) if isinstance(value, int) else format(Decimal(format(value, ".15g")), "f")
    return text.replace(".", decimal)


def find_decimal(columns: Iterable[Sequence[str]], default: str) -> str:
    """The decimal sign of a table: every column of numbers has one vote.

    Whole amounts such as "1.200" only tell when nothing better does.
    """
    votes = {",": 0, ".": 0}
    hints = {",": 0, ".": 0}
    for cells in columns:
        if not _numeric(cells):
            continue
        text = "\n".join(cells)
        for tally, patterns in ((votes, _STRONG), (hints, _WEAK)):
            found = {sign: len(pattern.findall(text)) for sign, pattern in patterns.items()}
            if found[","] != found["."]:
                tally["," if found[","] > found["."] else "."] += 1
    for tally in (votes, hints):
        if tally[","] != tally["."]:
            return "," if tally[","] > tally["."] else "."
    return default


def _numeric(cells: Sequence[str]) -> bool:
    """Whether nearly all of a sample of the filled cells look like numbers."""
    step = max(1, len(cells) // 200)
    sample = [cell for cell in cells[::step] if cell and not cell.isspace()]
    return bool(sample) and sum(map(looks_like_number, sample)) >= 0.8 * len(sample)


def checked_decimal(sign: str) -> str:
    """The decimal sign someone chose, or an answer why it cannot be one."""
    if sign not in _OTHER:
        raise Refused(N_("The decimal sign is a comma or a point, not “{sign}”."), sign=sign)
    return sign
