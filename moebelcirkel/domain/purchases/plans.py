"""A purchase that is planned: its lines as they were typed or pasted, and what new ones cost."""

from __future__ import annotations

import re
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
_COUNT = re.compile(r"([1-9]\d{0,2})\s*(?:stk\.?|x|×)?(?:\s+|$)", re.IGNORECASE)
# A figure begins where no other goes on, or a long row of them would be tried from each one.
_PRICE = re.compile(
    r"(?:\b[aà]\s*)?(?<!\d)(?<!\d\.)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?\s*(?:kr\.?|,-)\s*$"
)
#: Without "kr.", a figure that ends a line is a price where its thousands are marked.
_THOUSANDS = re.compile(r"(?<=\s)(\d{1,3}(?:\.\d{3})+)(?:,(\d{1,2}))?\s*$")
_BARE = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?")
_CELLS = re.compile(r"[\t;]")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line: how many of what, and what one costs new where that was said, in øre ex VAT."""

    words: str
    pieces: int = 1
    price_ore: int | None = None


def read_plan(text: str) -> tuple[PlannedLine, ...]:
    """Understand pasted lines: "12 kontorstole 3.350 kr.", or the cells of a spreadsheet.

    Lines without a word, as a sum or an empty one, are left out.
    """
    lines = [line[:_LONGEST_LINE] for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Refused(
            N_("These are {count} lines. Paste at most {most} at a time."),
            count=len(lines),
            most=MOST_LINES,
        )
    read = (_line(line) for line in lines)
    return tuple(line for line in read if line is not None)


def _line(line: str) -> PlannedLine | None:
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    return _of_cells(cells) if len(cells) > 1 else _of_words(line.strip())


def _of_words(line: str) -> PlannedLine | None:
    price = _PRICE.search(line) or _THOUSANDS.search(line)
    if price is not None:
        line = line[: price.start()].rstrip(" ,à")
    count = _COUNT.match(line)
    if count is not None:
        line = line[count.end() :]
    return _planned(line, count[1] if count else "1", price)


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
