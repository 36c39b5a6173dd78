"""The columns of a figure line beside its figures, compared with what they were taken from.

A hand-over has them from its inputs, its order line, the piece and the factor set, and its inputs
from what stood there then (``check_sources``); a return and a reversal have them from the line they
correct. So each is found that says something else.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import CORRECTING, ChargeKind, LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services.check.inputs import inputs_of
from moebelcirkel.services.check.sources import Sources
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.services.figures.inputs import EPD, sum_costs
from moebelcirkel.services.figures.transport import AGAIN
from moebelcirkel.storage.checks.figures import Books
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.work import ZONE

Lines = list[FigureLine]
Booked = TypeVar("Booked", FigureLine, Charge)


def check(findings: Findings, books: Books, sources: Sources) -> None:
    """Compare every column of the lines of a piece that another row tells as well."""
    known = {line.id: line for line in books.lines}
    loops = _loops(books, known)
    came = _arrivals(books, sources)
    taken_back = {line.corrects_id for line in books.lines if line.kind == LineKind.REVERSAL}
    for line in books.lines:
        ought: dict[str, Any]
        inputs: FigureInputs | None = None
        if line.kind == LineKind.TRANSPORT and line.corrects_id is None:
            ought = {"loop": loops[line.id]} | _fetched(line, sources)
        elif line.kind in CORRECTING:
            ought = _copied(line, known[line.corrects_id or 0], books)
        else:
            inputs = inputs_of(line)
            ought = {"corrects_id": None, "loop": loops[line.id]} | _own(line, inputs, sources)
            if figure_lines.leaves(line):
                ought |= _ordered(line, books, standing=line.id not in taken_back)
                ought["days_in_house"] = _days_in_house(line, came[line.id])
        ought["booked_at"] = books.around.moments.get(line.change_id)
        ought["levy_ore"] = _levy(line, inputs, known)
        if line.kind == LineKind.COMPLAINT:
            ought["inputs"] = _repaired(line, books)
        for column, value in ought.items():
            if getattr(line, column) != value:
                _tell(findings, line, column)
        if inputs is not None:
            ordered = books.around.ordered.get(line.order_line_id or 0)
            for name in sources.differences(line, inputs, ordered, stays=_stays(line, books)):
                _tell(findings, line, f"inputs.{name}")


def _levy(
    line: FigureLine, inputs: FigureInputs | None, known: Mapping[int, FigureLine]
) -> int | None:
    """What a hand-over avoided of the levy, and a reversal takes back; other lines have nothing."""
    if line.kind == LineKind.REVERSAL:
        ore = known[line.corrects_id or 0].levy_ore
        return None if ore is None else -ore
    return rules.avoided_levy_ore(inputs) if inputs and line.kind == LineKind.HANDOVER else None


def _days_in_house(line: FigureLine, came: dt.date) -> int | None:
    return None if figure_lines.is_home(line) else max(0, (line.effective_on - came).days)


def _stays(line: FigureLine, books: Books) -> bool:
    """Whether the piece was on loan there until this very change, and is kept."""
    return line.kind == LineKind.HANDOVER and any(
        each.kind == LineKind.ADJUSTMENT and each.change_id == line.change_id
        for each in books.lines
    )


def _tell(findings: Findings, line: FigureLine, column: str) -> None:
    findings.add(
        N_("Figure line {key}: {column} is not what it was taken from."), key=line.id, column=column
    )


def _own(line: FigureLine, inputs: FigureInputs, sources: Sources) -> dict[str, Any]:
    """What a hand-over or a late cost has from its inputs, the piece and the factor set."""
    factors = sources.factors(line)
    ought: dict[str, Any] = {
        "article_id": sources.article_id(line),
        "category_key": inputs.category_key,
        "factor_set_id": factors.set_id if factors else None,
        "own_factor": inputs.own_factor,
        "own_epd": inputs.co2_stages == EPD,
        "documented": inputs.price_documented,
        "answered": inputs.answer.answered,
    }
    if line.kind == LineKind.LATE_COST:
        ought |= {"days_in_house": None, "price_paid_ore": 0}
        if not figure_lines.is_home(line):
            ought |= dict.fromkeys(("institution_id", "order_line_id"))
    return ought


def _fetched(line: FigureLine, sources: Sources) -> dict[str, Any]:
    """What a piece's share of a run that only fetched it has from the piece and its type."""
    nothing = ("institution_id", "order_line_id", "factor_set_id", "days_in_house")
    flags = ("own_factor", "own_epd", "documented", "answered")
    return {
        "article_id": sources.article_id(line),
        "category_key": sources.category_key(line),
        "price_paid_ore": 0,
        **dict.fromkeys(nothing),
        **dict.fromkeys(flags, False),
    }


def _ordered(line: FigureLine, books: Books, *, standing: bool) -> dict[str, Any]:
    """What a hand-over has from its order line.

    One taken back has left no day there, and another piece may have come onto the line since.
    """
    key = line.order_line_id or 0
    ordered = books.around.ordered.get(key)
    if ordered is None or books.around.piece_on(key, line.change_id) != line.unit_id:
        return {"order_line_id": None}
    if standing and ordered.unit_id != line.unit_id:
        return {"order_line_id": None}
    ought: dict[str, Any] = {
        "institution_id": ordered.institution_id,
        "price_paid_ore": ordered.price_ore,
    }
    if standing:
        ought["effective_on"] = ordered.delivered_on
    return ought


def _copied(line: FigureLine, corrected: FigureLine, books: Books) -> dict[str, Any]:
    """What a correction has from the line it corrects, and the day it is due to."""
    ought = {name: getattr(corrected, name) for name in figure_lines.COPIED}
    ought["days_in_house"] = None
    if line.kind == LineKind.REVERSAL:
        ought["price_paid_ore"] = -corrected.price_paid_ore
        ought["effective_on"] = taken_back_on(line, corrected, books)
    elif line.kind == LineKind.COMPLAINT:
        ought["price_paid_ore"] = _charged(line, ChargeKind.PRICE, books)
        ought["effective_on"] = taken_back_on(line, corrected, books)
    elif line.kind == LineKind.TRANSPORT:
        ought["price_paid_ore"] = 0
        if AGAIN not in line.inputs:
            ought["effective_on"] = corrected.effective_on
    else:
        ought["price_paid_ore"] = _charged(line, ChargeKind.LOAN, books)
        days = dt.timedelta(days=int(line.inputs["days_in_use"]))
        ought["effective_on"] = corrected.effective_on + days
    return ought


def _charged(line: FigureLine, kind: ChargeKind, books: Books) -> int:
    """What the change of a line has charged of a kind."""
    charged = (each for each in books.charges if each.change_id == line.change_id)
    return sum(each.amount_ore for each in charged if each.kind == kind)


def _repaired(line: FigureLine, books: Books) -> dict[str, Any]:
    """What the change of a line has booked on the piece."""
    cost = sum_costs(each for each in books.costs if each.change_id == line.change_id)
    return rules.kept(cost.ore, cost.kg, cost.low_kg, cost.high_kg)


def taken_back_on(row: Booked, corrected: Booked, books: Books) -> dt.date | None:
    """The day a line or charge ought to be taken back.

    Earlier versions took back on the day itself also what a fast clock had booked ahead of time.
    """
    booked = books.around.moments.get(row.change_id)
    if booked is None:
        return None
    day = booked.astimezone(ZONE).date()
    return day if row.effective_on == day else figure_lines.reversed_on(corrected, day)


def _loops(books: Books, known: Mapping[int, FigureLine]) -> dict[int, int]:
    """The period of use the piece was in when each line was written, told back from today's."""
    found: dict[int, int] = {}
    loop = books.loop
    for line in reversed(books.lines):
        corrected = known.get(line.corrects_id or 0)
        if _ends(line):
            loop -= 1
        elif line.kind == LineKind.REVERSAL and corrected and _ends(corrected):
            loop += 1
        found[line.id] = loop
    return found


def _ends(line: FigureLine) -> bool:
    """Whether a line ends a period: a return, and going home as it came."""
    return line.kind == LineKind.ADJUSTMENT or figure_lines.is_home(line)


def _arrivals(books: Books, sources: Sources) -> dict[int, dt.date]:
    """The day the piece had last come in when each line was written."""
    if any(map(figure_lines.is_home, books.lines)):
        # When what went home to its owner came again, no line tells.
        return {line.id: sources.received_on(line) or dt.date.max for line in books.lines}
    first = books.around.received.get(books.unit_id, books.received_on)
    returns: dict[int, dt.date] = {}
    found: dict[int, dt.date] = {}
    for line in books.lines:
        if line.kind == LineKind.ADJUSTMENT:
            returns[line.id] = line.effective_on
        elif line.kind == LineKind.REVERSAL:
            returns.pop(line.corrects_id or 0, None)
        found[line.id] = returns[max(returns)] if returns else first
    return found
