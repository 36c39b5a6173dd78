"""Numbers as files write them: which decimal sign a file uses, and one cell's value by it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.exchange.currencies import in_words, without_currency

SPACES = " \u00a0\u202f'\u2019"
NOTHING = frozenset(
    ("", "-", "\u2013", "\u2014", "?", "n/a", "na", "0", "0,0", "0.0", "0,00", "0.00")
)
"""What stands where a figure is not known, in lower case."""
_OTHER = {",": ".", ".": ","}
_DASH = r"[-\u2013\u2014]"
# "1.450,-" is an amount without øre.
_NO_ORE = re.compile(rf"[,.]{_DASH}+$")
_NUMBER_LIKE = re.compile(rf"[-+]?\d[\d.,{SPACES}]*(?:[,.]{_DASH}+)?")
_UNIT = re.compile(r"(?<=\d)\s*(?:mm|cm|m|kg|g|%)\.?$", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*\d")
_SIGNED = re.compile(rf"\d[.,](?:\d|{_DASH})")
_MONEY = re.compile(r"pris|price|preis|beløb|amount|cost|msrp|rrp", re.IGNORECASE)
_STRONG = {
    # A sign is decimal when it stands once with other than three digits behind it, after a
    # lone zero or more than three digits, behind groups set with the opposite sign, or before
    # a dash for no øre.
    sign: re.compile(
        rf"[-+]?(?:\d+{point}(?:\d{{1,2}}|\d{{4,}})|0{point}\d+|\d{{4,}}{point}\d+"
        rf"|\d{{1,3}}(?:{group}\d{{3}})+{point}\d+|\d{{1,3}}(?:{group}\d{{3}}){{2,}}"
        rf"|\d{{1,3}}(?:[{group}{SPACES}]?\d{{3}})*{point}{_DASH}+)"
    )
    for sign, point, group in ((",", ",", r"\."), (".", r"\.", ","))
}
_WEAK = {
    sign: re.compile(rf"[-+]?[1-9]\d{{0,2}}{group}\d{{3}}")
    for sign, group in ((",", r"\."), (".", ","))
}
_FORM = {
    sign: re.compile(
        rf"[-+]?(?:[1-9]\d{{0,2}}(?:[{re.escape(_OTHER[sign])}{SPACES}]\d{{3}})+|\d+)"
        rf"(?:{re.escape(sign)}\d+)?"
    )
    for sign in ",."
}
_DROP = {sign: str.maketrans(sign, ".", _OTHER[sign] + SPACES) for sign in ",."}
_CLEAR = 0.9
"""The share of the telling figures that must agree."""


class Sign(NamedTuple):
    """A decimal sign, and whether the file tells it or it is only the likelier one."""

    mark: str
    told: bool


class _Column(NamedTuple):
    """What a column's figures say: how many for each sign surely, and how many perhaps."""

    numeric: bool
    money: bool
    sure: Counter[str]
    perhaps: Counter[str]


def looks_like_number(text: str) -> bool:
    """Whether a cell could be a number or an amount under either decimal sign."""
    return _NUMBER_LIKE.fullmatch(_bare(text)) is not None


def number(text: str, decimal: str) -> Decimal | None:
    """The value of a cell in a file with this decimal sign, or None where it is no number."""
    bare = text.strip().replace("\u2212", "-")
    if not _FORM[decimal].fullmatch(bare):
        bare = _NO_ORE.sub("", without_currency(bare)[0]).strip()
        if not _FORM[decimal].fullmatch(bare):
            return None
    return Decimal(bare.translate(_DROP[decimal]))


def is_doubtful(text: str) -> bool:
    """Whether a cell holds a figure that a comma for decimals makes another than a point does."""
    return _SIGNED.search(text) is not None and any(
        None not in (values := {number(figure, sign) for sign in ",."}) and len(values) > 1
        for figure in _FIGURE.findall(text)
    )


def written(value: float, decimal: str) -> str:
    """A spreadsheet's own number as text with this decimal sign, to the 15 digits it shows.

    Exactly three decimals get a fourth: "12,5000" cannot be taken for a figure in thousands.
    """
    text = str(value) if isinstance(value, int) else format(Decimal(format(value, ".15g")), "f")
    return (f"{text}0" if text[-4:-3] == "." else text).replace(".", decimal)


def find_decimal(columns: Iterable[tuple[str, Sequence[str]]], default: str) -> Sign:
    """The decimal sign of a table's columns, given by name and cells.

    Every cell that looks like an amount counts. Amounts never have three decimals, so "6.195 kr."
    tells; a bare "1.200" could be either, and only tells in a column of prices that has other
    figures which cannot be amounts to the thousandth. Where columns differ, those of prices count.
    """
    found = [_weigh(name, cells) for name, cells in columns]
    prices = [each for each in found if each.money]
    for group in ([each for each in prices if each.numeric], prices, found):
        sure = sum((each.sure for each in group), Counter[str]())
        if sure:
            sign, count = sure.most_common(1)[0]
            return Sign(sign, told=count >= _CLEAR * sure.total())
    hints = sum((each.perhaps for each in found), Counter[str]())
    return Sign(hints.most_common(1)[0][0] if hints else default, told=False)


def _weigh(name: str, cells: Sequence[str]) -> _Column:
    numeric = _numeric(cells)
    money = numeric and bool(_MONEY.search(name) or in_words(name))
    sure: Counter[str] = Counter()
    perhaps: Counter[str] = Counter()
    telling = False
    for cell in dict.fromkeys(cells):
        if not _SIGNED.search(cell):
            telling = telling or (len(cell) > 1 and cell.isdigit())
            continue
        bare, currency = without_currency(cell)
        if currency is None and not numeric:
            continue
        money = money or currency is not None
        bare = _UNIT.sub("", bare)
        for sign in ",.":
            if _STRONG[sign].fullmatch(bare):
                sure[sign] += 1
            elif _WEAK[sign].fullmatch(bare):
                (perhaps if currency is None else sure)[sign] += 1
                telling = telling or not bare.endswith("0")
    if money and telling and len(perhaps) == 1:
        sure, perhaps = sure + perhaps, Counter()
    return _Column(numeric, money, sure, perhaps)


def _numeric(cells: Sequence[str]) -> bool:
    """Whether nearly all of a sample of the filled cells look like numbers."""
    step = max(1, len(cells) // 200)
    sample = [cell for cell in cells[::step] if cell.strip().lower() not in NOTHING]
    return bool(sample) and sum(map(looks_like_number, sample)) >= 0.8 * len(sample)


def _bare(text: str) -> str:
    """A cell without its currency and unit."""
    return _UNIT.sub("", without_currency(text)[0])


def checked_decimal(sign: str) -> str:
    """The decimal sign someone chose, or an answer why it cannot be one."""
    if sign not in _OTHER:
        raise Refused(N_("The decimal sign is a comma or a point, not “{sign}”."), sign=sign)
    return sign
