"""A besparelsesrapport whose totals really are the sums of its lines, for the tests to vary."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from moebelcirkel.documents.reports.savings import (
    Assumption,
    Bounding,
    Correction,
    FigureRow,
    Group,
    MissingFactor,
    Month,
    SavingsReport,
    Sensitivity,
    SourceRow,
    Sums,
)
from moebelcirkel.domain.figures import SCENARIOS, Coverage, Extremes, LineKind

SETTLED = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
SEAL = "7f3a91c2" + "0123456789abcdef" * 3 + "01234567"
_ARTICLES = (
    ("HÅG SoFi 7200, sort", "Kontorstol (arbejdsstol)"),
    ("Hæve-sænkebord 160×80 cm, hvid laminat med kabelbakke", "Hæve-sænkebord"),
    ("Serie 7, eg", "Stabelstol"),
)

_SOURCES = (
    SourceRow(
        "Kontorstol (arbejdsstol)",
        "2026.1",
        36_000,
        72_000,
        120_000,
        "FIRA 2011 as quoted by officeresale.co.uk; HAG (es.hag-global.com)",
        "2011",
        "mixed A1-A3 to A1-C",
        True,
        40,
        335_000,
        "smalandsmobler blog 2026 (SEK x 0.67; VAT basis not stated)",
    ),
    SourceRow("Stabelstol", "2026.1", 11_000, 22_500, 30_000, "R-48", "2018", "A1-A3", False, 38),
)


def figure_lines(count: int, *, institutions: int = 12, seed: int = 1) -> tuple[FigureRow, ...]:
    """So many lines of all kinds, spread over January to 20 November 2026."""
    dice = random.Random(seed)
    lines = []
    for number in range(count):
        kind = dice.choice([LineKind.HANDOVER] * 10 + [LineKind.ADJUSTMENT, LineKind.REVERSAL])
        sign = {LineKind.HANDOVER: 1, LineKind.ADJUSTMENT: 0, LineKind.REVERSAL: -1}[kind]
        article, category = dice.choice(_ARTICLES)
        price = dice.randrange(30_000, 600_000)
        mass = None if number % 50 == 49 else dice.randrange(-3_000, 60_000)
        lines.append(
            FigureRow(
                number=f"MC-{number + 1:06d}-{number % 10}",
                effective_on=date(2026, number % 11 + 1, number % 20 + 1),
                kind=kind,
                institution=f"Institution {number % institutions + 1}",
                article=article,
                category=category,
                condition="ABCD"[number % 4],
                pieces=sign,
                new_price=price,
                documented=number % 3 != 0,
                new_value_ore=sign * price,
                share=Decimal("0.5"),
                left=Decimal(1),
                life=Decimal("0.6"),
                refurbishment=10_050,
                transport=10_000,
                cash_ore=price // 2 - 20_050,
                lifetime_ore=price // 4 - 20_050,
                net_g=mass,
                low_g=None if mass is None else mass // 2,
                high_g=None if mass is None else mass * 2,
                gross_g=None if mass is None else mass * 3,
                source="FIRA 2011",
                line_id=number + 1,
                corrects_id=number if sign < 1 else None,
                paid_ore=sign * price // 3,
                mass=19_200,
                km=Decimal(30),
                task_co2=sign * 500,
                bound_low_g=None if mass is None else mass // 4,
                bound_high_g=None if mass is None else mass * 4,
                cash_at=tuple(price * share // 100 - 20_050 for share in SCENARIOS),
                lifetime_at=tuple(price * share // 200 - 20_050 for share in SCENARIOS),
                co2_at=tuple(None if mass is None else mass * share // 50 for share in SCENARIOS),
            )
        )
    return tuple(lines)


def sums(lines: Iterable[FigureRow]) -> Sums:
    """The totals of lines, added one by one."""
    total = Sums()
    for line in lines:
        total = Sums(
            total.pieces + line.pieces,
            total.new_value_ore + line.new_value_ore,
            total.cash_ore + line.cash_ore,
            total.lifetime_ore + line.lifetime_ore,
            total.net_g + (line.net_g or 0),
            total.low_g + (line.low_g or 0),
            total.high_g + (line.high_g or 0),
            total.gross_g + (line.gross_g or 0),
            total.paid_ore + line.paid_ore,
            total.lines + 1,
        )
    return total


def _groups(lines: Sequence[FigureRow], name: Callable[[FigureRow], str]) -> tuple[Group, ...]:
    names = dict.fromkeys(name(line) for line in lines)
    return tuple(Group(each, sums(line for line in lines if name(line) == each)) for each in names)


def report(over: tuple[FigureRow, ...] | None = None, **changes: object) -> SavingsReport:
    """A whole report over lines; ``changes`` replace single fields."""
    lines = figure_lines(120) if over is None else over
    total = sums(lines)
    made = SavingsReport(
        municipality="Randers Kommune",
        number="2026-014",
        settled_at=SETTLED,
        start=date(2026, 1, 1),
        end=date(2026, 11, 20),
        totals=total,
        months=tuple(
            Month(2026, month, sums(line for line in lines if line.effective_on.month == month))
            for month in range(1, 12)
        ),
        institutions=_groups(lines, lambda line: line.institution),
        categories=_groups(lines, lambda line: line.category),
        coverage=Coverage(
            lines=len(lines),
            own_factor=len(lines) * 9 // 10,
            without_factor=sum(line.net_g is None for line in lines),
            answered=len(lines) * 7 // 10,
            new_value=total.new_value_ore,
            documented=total.new_value_ore * 62 // 100,
        ),
        sensitivity=tuple(
            Sensitivity(each, int(total.cash_ore * each), int(total.lifetime_ore * each), 1_000_000)
            for each in SCENARIOS.values()
        ),
        bounding=Bounding(-2_100_000, 14_300_000),
        extremes=Extremes((total.low_g, total.high_g), (-2_100_000, 14_300_000)),
        sources=_SOURCES,
        factor_sets=("2026.1",),
        line_count=len(lines),
        assumptions=(Assumption("Timesats, ansatte", "300 kr.", "skøn"),),
        missing=(MissingFactor("Specialbord til sløjd", "Andet", 2),),
        corrections=tuple(
            Correction(kind, len(some), sum(line.cash_ore for line in some))
            for kind in (LineKind.ADJUSTMENT, LineKind.REVERSAL)
            if (some := [line for line in lines if line.kind is kind])
        ),
        different=len({line.number for line in lines}),
        seal=SEAL,
        chain="9f86d081884c7d65" * 4,
        lines=lines,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def empty_report(**changes: object) -> SavingsReport:
    """The draft of a period in which nothing happened."""
    nothing: dict[str, object] = {
        "number": None,
        "seal": None,
        "months": (),
        "sensitivity": (),
        "sources": (),
        "factor_sets": (),
        "missing": (),
    }
    return report((), **(nothing | changes))
