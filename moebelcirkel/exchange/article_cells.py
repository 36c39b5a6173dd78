"""The rules for single cells of an article import: what a text, measure, weight or price may be."""

import re
from collections.abc import Callable
from decimal import Decimal

from moebelcirkel.domain import limits
from moebelcirkel.domain.cpr import without_cpr
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import seen, storable
from moebelcirkel.domain.money import whole
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.shop import is_size_mark
from moebelcirkel.exchange.currencies import CROWNS, fits, without_currency
from moebelcirkel.exchange.mapping import LENGTH_UNITS, WEIGHT_UNITS, PriceBasis
from moebelcirkel.exchange.written_numbers import NOTHING, SPACES, number

#: What the database has room for.
ROOM = {
    "maker": limits.MAKER,
    "model": limits.MODEL,
    "colour": limits.COLOUR,
    "materials": limits.MATERIALS,
    "ecolabel": limits.ECOLABEL,
    "supplier": limits.SUPPLIER,
    "price_source": limits.SOURCE,
}
MAX_LENGTH_MM = 6_000
"""Nothing that is one piece is longer; what is above was meant in another unit."""
MAX_WEIGHT_G = 1_000_000

_SPAN = re.compile(r" ?[-–/] ?")
_FIGURE = rf"[-+\u2212]?\d(?:[\d.,{SPACES}]*\d)?"
_MEASURE = re.compile(
    rf"(?:[hbdw]\s*[:=]?\s*)?({_FIGURE})\s*(?:(?:[-\u2013\u2014/]|til|to)\s*({_FIGURE}))?"
    r"\s*(mm|cm|m)?\.?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(rf"({_FIGURE})\s*(kg|g)?\.?", re.IGNORECASE)
_THOUSANDTHS = {sign: re.compile(rf"[1-9]\d{{0,2}}{re.escape(sign)}\d{{3}}") for sign in ",."}
# What a spreadsheet shows where a formula has failed.
_FAILED = frozenset(
    (
        "#N/A",
        "#I/T",
        "#REF!",
        "#VALUE!",
        "#VÆRDI!",
        "#NAME?",
        "#NAVN?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
    )
)


def collapsed(cell: str) -> str:
    """A text with single blanks; line breaks and tabs count as blanks, and unseen signs as none."""
    text = " ".join(cell.split())
    if text.isascii() and text.isprintable():
        return text
    return " ".join(seen(text).split())


def checked_text(most: int, *, code: bool = True) -> Callable[[str], str]:
    """Reads a text that may have so many characters; its numbers may be a maker's own."""

    def read(cell: str) -> str:
        text = collapsed(cell)
        if len(text) > most:
            raise Refused(
                N_("The text has {count} characters; there is room for {most}."),
                count=len(text),
                most=most,
            )
        return without_cpr(storable(text), code=code)

    return read


def free_text(most: int) -> Callable[[str], str]:
    """Reads a text that people wrote themselves, so no CPR number may stand in it."""
    return checked_text(most, code=False)


def read_size_mark(cell: str) -> str:
    """The size mark of school furniture; whole numbers come with decimals from some workbooks."""
    text = collapsed(cell).removesuffix(".0").removesuffix(",0")
    if text.lower() in NOTHING:
        return ""
    if not is_size_mark(text):
        raise Refused(N_("A size mark is a number from 0 to 7, or a span as 3-6."))
    return _SPAN.sub("-", text)


def height_reader(unit: str, decimal: str) -> Callable[[str], tuple[int | None, int | None]]:
    """Reads a height in mm, or the range of an adjustable one: "98–115 cm"."""

    def read(cell: str) -> tuple[int | None, int | None]:
        text = collapsed(cell)
        if text.lower() in NOTHING:
            return None, None
        found = _MEASURE.fullmatch(text)
        if not found:
            raise _no_measure(text)
        factor = LENGTH_UNITS[(found[3] or unit).lower()]
        low = _length(text, number(found[1], decimal), factor)
        high = _length(text, number(found[2], decimal), factor) if found[2] else low
        return min(low, high), max(low, high)

    return read


def length_reader(unit: str, decimal: str) -> Callable[[str], int | None]:
    """Reads a width or depth in mm; of a range the larger, since the piece must have room."""
    ranged = height_reader(unit, decimal)
    return lambda cell: ranged(cell)[1]


def _length(text: str, value: Decimal | None, factor: Decimal) -> int:
    if value is None:
        raise _no_measure(text)
    millimetres = whole(value * factor)
    if millimetres <= 0:
        raise Refused(N_("The measure “{text}” must be more than 0."), text=shortened(text))
    if millimetres > MAX_LENGTH_MM:
        raise Refused(
            N_("The measure “{text}” would be more than {most} m. Check the figure and its unit."),
            text=shortened(text),
            most=MAX_LENGTH_MM // 1000,
        )
    return millimetres


def _no_measure(text: str) -> Refused:
    return Refused(N_("The measure “{text}” is not a number."), text=shortened(text))


def weight_reader(unit: str, decimal: str) -> Callable[[str], int | None]:
    """Reads a weight in grams."""

    def read(cell: str) -> int | None:
        text = collapsed(cell)
        if text.lower() in NOTHING:
            return None
        found = _WEIGHT.fullmatch(text)
        value = number(found[1], decimal) if found else None
        if found is None or value is None:
            raise Refused(N_("The weight “{text}” is not a number."), text=shortened(text))
        grams = whole(value * WEIGHT_UNITS[(found[2] or unit).lower()])
        if not 0 < grams <= MAX_WEIGHT_G:
            raise Refused(
                N_("The weight “{text}” cannot be right. Check the figure and its unit."),
                text=shortened(text),
            )
        return grams

    return read


def price_reader(
    basis: PriceBasis, decimal: str, *, chosen: bool = False
) -> Callable[[str], int | None]:
    """Reads a price and computes it in øre without VAT; an empty cell is a price not known.

    A price to the thousandth could be one in thousands with the other sign, so it is refused unless
    somebody has ``chosen`` the sign.
    """
    factor = basis.ore_per_unit()

    def read(cell: str) -> int | None:
        text = collapsed(cell)
        if text in ("", "-", "\u2013", "\u2014", "?"):
            return None
        price = _amount(text, basis.currency, decimal, chosen=chosen)
        ore = whole(price * factor)
        if ore == 0:
            raise Refused(N_("The price is 0. Leave it empty where it is not known."))
        if ore > MAX_PRICE_ORE:
            raise Refused(
                N_("The price “{text}” is above 1 million kroner. Check the amount."),
                text=shortened(text),
            )
        return ore

    return read


def _amount(text: str, currency: str, decimal: str, *, chosen: bool) -> Decimal:
    bare, found = without_currency(text)
    if not fits(found, currency):
        raise Refused(
            N_("The price “{text}” is in {found}, but prices are read as {currency}."),
            text=shortened(text),
            found="kr." if found == CROWNS else found,
            currency=currency,
        )
    price = number(bare, decimal)
    if price is None:
        raise Refused(N_("The price “{text}” is not a number."), text=shortened(text))
    if not chosen and _THOUSANDTHS[decimal].fullmatch(bare):
        raise Refused(
            N_("The price “{text}” can be read in two ways. Write it without a thousands sign."),
            text=shortened(text),
        )
    if price < 0:
        raise Refused(N_("The price “{text}” is below 0."), text=shortened(text))
    return price


def refuse_failed(cell: str) -> None:
    """Refuse what a spreadsheet writes where it could not work a formula out."""
    if cell.startswith("#") and cell.strip() in _FAILED:
        raise Refused(
            N_("The formula in the file gives the error {text}. Correct it there."),
            text=cell.strip(),
        )


def shortened(text: str) -> str:
    """A text from a file, cut so that a message holding it stays readable."""
    return text if len(text) <= 60 else text[:59] + "…"
