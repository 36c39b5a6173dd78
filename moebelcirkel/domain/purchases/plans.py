"""A purchase that is planned: its lines as they were typed or pasted, and what new ones cost."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.prices import MAX_PRICE_ORE

#: More lines are no plan that anybody reads.
MOST_LINES = 100
MOST_PIECES = 999
_LONGEST = 200
#: So much of a line is read; what is longer is no line of a plan.
_LONGEST_LINE = 2_000
_COUNT = re.compile(r"([1-9]\d{0,2})\s*(?:(?:stk|pcs?)\.?|x|×)?(?:\s+|$)", re.IGNORECASE)
#: How many stands last: "kontorstole, 12 stk." or "kontorstole: 12", but not "størrelse: 5".
_COUNT_LAST = re.compile(
    r"(?:[\s,:(]\s?([1-9]\d{0,2})\s?(?:stk|pcs?)\b\.?\)?"
    r"|(?<!str)(?<!relse)(?<!size)(?<!jde)(?<!dde)(?<!bde):\s?([1-9]\d{0,2}))$",
    re.IGNORECASE,
)
#: Said of a set beside its number, as in the shop: "12 ens stole".
_ALIKE = re.compile(r"(?:ens|alike)\s+", re.IGNORECASE)
# A figure begins where no other goes on, or a long row of them would be tried from each one.
_PRICE = re.compile(
    r"\(?(?:\b[aàá]\s*)?(?<!\d)(?<!\d\.)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s*"
    r"(?:kr\.?|,-)\s*\)?\s*$"
)
#: Without "kr.", a figure that ends a line is a price where its thousands are marked.
_THOUSANDS = re.compile(r"(?<=\s)(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?\s*$")
_BARE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?")
_CELLS = re.compile(r"[\t;]")
#: What a line of a list begins with: a dash, a dot, or its own number.
_BULLET = re.compile(r"(?:[-–—•·*+o]|\d{1,2}[.)])\s+|[-–—•·*+](?=\d)")
#: Small numbers are written as words too.
_WORDED = {
    word: str(number)
    for number, word in enumerate(
        ("to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"), 2
    )
}
_IN_WORDS = re.compile(rf"({'|'.join(_WORDED)})(?=\s)", re.IGNORECASE)
#: How a mail says that something is needed, before it says what.
_NEEDED = re.compile(
    r"(?:vi|jeg|we|i)\s+(?:mangler|ønsker|need|(?:skal|vil|har|would)\s+(?:gerne\s+)?"
    r"(?:bruge|brug\s+for|købe|have|bestille|like))\s+(?:at\s+(?:købe|bestille)\s+)?"
    rf"(?=\d|{_IN_WORDS.pattern})",
    re.IGNORECASE,
)
#: Where a line of several things is parted: before the number of the next one.
_AND = re.compile(r"(?:,\s*|\s+)(?:og|samt|and)\s+(?=[1-9]\d{0,2}\s+[^\W\d])", re.IGNORECASE)
_WITH = re.compile(r"\b(?:med|with)\b", re.IGNORECASE)
#: What a mail begins with, and what its end begins with: there are names, which no plan keeps.
_GREETING = re.compile(
    r"(?:(?:hej|kære|dear|hello)\b[^\d:]*[,!]?$|(?:fra|til|cc|emne|sendt|dato|from|to|subject|sent"
    r"|date):)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:med\s+)?(?:venlig|kærlig|bedste|mange)\s+hils\w+|hilsen\b|mvh\b|vh\b|(?:kind|best)\s+"
    r"regards\b|--$)",
    re.IGNORECASE,
)
#: What the columns of a list of purchases are called, as a search sees it.
WHAT_HEADS = (
    *("moebel", "vare", "varetekst", "beskrivelse", "betegnelse", "produkt", "navn", "tekst"),
    *("what", "item", "product", "description", "name", "furniture"),
)
COUNT_HEADS = ("antal", "stk", "maengde", "pieces", "quantity", "qty", "count")
PRICE_HEADS = ("stykpris", "enhedspris", "pris pr stk", "nypris", "pris", "price", "unit price")
_HEADS = frozenset((*WHAT_HEADS, *COUNT_HEADS, *PRICE_HEADS))


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line: how many of what, and what one costs new where that was said, in øre ex VAT."""

    words: str
    pieces: int = 1
    price_ore: int | None = None


def read_plan(text: str) -> tuple[PlannedLine, ...]:
    """Understand pasted lines: "12 kontorstole 3.350 kr.", or the cells of a spreadsheet.

    Lines without a word, as a sum or an empty one, are left out, and so are the headings of columns
    and what a mail begins and ends with.
    """
    lines = [line[:_LONGEST_LINE] for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(
            N_("These are {count} lines. Paste at most {most} at a time."),
            count=len(lines),
            most=MOST_LINES,
        )
    read = (found for line in _body(lines) for found in _line(line))
    return tuple(line for line in read if line is not None)


def _body(lines: Iterable[str]) -> Iterator[str]:
    """A mail without greeting, head and signature, or what leads to a list; else all lines."""
    for line in map(str.strip, lines):
        if _CLOSING.match(line):
            return
        if not _GREETING.match(line) and not line.endswith(":"):
            yield line


def _line(line: str) -> Iterator[PlannedLine | None]:
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    if len(cells) > 1:
        if not _HEADS.issuperset(map(fold, cells)):
            yield _of_cells(cells)
        return
    told = " ".join(line.split())
    if (bullet := _BULLET.match(told)) is not None:
        told = told[bullet.end() :]
    told = _NEEDED.sub("", told, count=1)
    if (worded := _IN_WORDS.match(told)) is not None:
        told = _WORDED[worded[1].lower()] + told[worded.end() :]
    yield from map(_of_words, _parted(told))


def _parted(line: str) -> list[str]:
    """The things that one line names by their numbers; what something has is a part of it."""
    if not _COUNT.match(line) or _WITH.search(line):
        return [line]
    return _AND.split(line)


def _of_words(line: str) -> PlannedLine | None:
    price = _PRICE.search(line) or _THOUSANDS.search(line)
    if price is not None:
        line = line[: price.start()].rstrip(" ,àá")
    line, count = _counted(line.rstrip(" ,.;:"), _COUNT.match(line))
    return _planned(line, count, price)


def _counted(line: str, first: re.Match[str] | None) -> tuple[str, str]:
    """The words without their number, and the number: it stands first or last."""
    if first is not None:
        return _ALIKE.sub("", line[first.end() :], count=1), first[1]
    last = _COUNT_LAST.search(line)
    return (line, "1") if last is None else (line[: last.start()], last[1] or last[2])


def _of_cells(cells: list[str]) -> PlannedLine | None:
    """The first cell with a letter is what, a whole number how many, the last figure its price."""
    what = next((cell for cell in cells if any(c.isalpha() for c in cell.split("kr")[0])), "")
    rest = [cell for cell in cells if cell is not what]
    counts = [cell for cell in rest if _COUNT.fullmatch(cell) is not None]
    inside = None if counts else _COUNT.match(what)
    if inside is not None:
        what = what[inside.end() :]
    count = counts[0] if counts else "1" if inside is None else inside[1]
    prices = [cell for cell in rest if cell is not count and _figure(cell) is not None]
    return _planned(what, count, _figure(prices[-1]) if prices else None)


def _figure(cell: str) -> re.Match[str] | None:
    return _PRICE.fullmatch(cell) or _BARE.fullmatch(cell)


def _planned(what: str, count: str, price: re.Match[str] | None) -> PlannedLine | None:
    words = " ".join(what.split())[:_LONGEST]
    pieces = _COUNT.match(count)
    if not any(char.isalpha() for char in fold(words)):
        return None
    return PlannedLine(
        words, int(pieces[1]) if pieces else 1, None if price is None else _ore(price)
    )


def _ore(price: re.Match[str]) -> int | None:
    ore = int(price[1].replace(".", "")) * 100 + int((price[2] or "0").ljust(2, "0"))
    return ore if ore <= MAX_PRICE_ORE else None


def levy_ore(new_kg: Decimal | None, ore_per_tonne: int) -> int:
    """The climate levy on one new piece, by the CO2e of making it."""
    if new_kg is None:
        return 0
    return _whole(new_kg * ore_per_tonne / 1000)


def per_year_ore(ore: int, years: Decimal) -> int | None:
    """What a piece costs for each year it is expected to last from now."""
    return _whole(ore / years) if years > 0 else None


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_EVEN))
