"""What was asked for, in words: the columns of the list."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.language import _, day, decimal, kroner, number
from moebelcirkel.ui.kit.lists.tables import Column, text_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.wants import DemandLine


def what(row: DemandLine) -> str:
    """The words, or that they are not shown."""
    return row.what or ("–" if row.category else _("Not shown: it may be a name"))


def criteria(row: DemandLine) -> str:
    """What else was asked for: "Elevstole · højde 45–47 cm · mindst C · højst 200 kr."."""
    measures = {"width": _("width"), "depth": _("depth"), "height": _("height")}
    told = [row.category] if row.category else []
    for name, span in sorted(row.spans.items()):
        low, high = (decimal(Decimal(mm) / 10) for mm in (span.low_mm, span.high_mm))
        told.append(
            _("{measure} {low}–{high} cm").format(measure=measures[name], low=low, high=high)
        )
    if row.condition:
        grade = f"{row.condition} · {_(Condition(row.condition).label)}"
        told.append(_("at least {condition}").format(condition=grade))
    if row.ceiling_ore is not None:
        told.append(_("at most {price}").format(price=kroner(row.ceiling_ore)))
    return ", ".join(told)


def _counted(
    key: str, title: str, of: Callable[[DemandLine], int], width: int
) -> Column[DemandLine]:
    return Column(
        key, title, lambda row: number(of(row)) if of(row) else "–", of, align="right", width=width
    )


def columns() -> list[Column[DemandLine]]:
    """What, by which criteria, how often, and when at last."""
    return [
        Column("what", _("Asked for"), what, what, strong=True, width=190),
        text_column("criteria", _("Criteria"), criteria, tone="small"),
        _counted("searches", _("Searches"), lambda row: row.searches, 92),
        _counted("open", _("Wants open"), lambda row: row.open, 100),
        _counted("expired", _("Wants expired"), lambda row: row.expired, 100),
        _counted("lacking", _("Pieces lacking"), lambda row: row.lacking, 112),
        Column(
            "last",
            _("Last asked"),
            lambda row: _("week {week}, {year}").format(
                week=row.last_on.isocalendar().week, year=row.last_on.isocalendar().year
            ),
            lambda row: row.last_on,
            tip=lambda row: _("The week from {day}").format(day=day(row.last_on)),
            width=104,
            tone="small",
        ),
    ]
