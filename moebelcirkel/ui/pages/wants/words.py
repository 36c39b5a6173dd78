"""A want in words, the same in the list, beside it, and in what is said."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.days import DAY_NAMES
from moebelcirkel.domain.wants import WantStanding
from moebelcirkel.language import _, day, kroner, long_day, ngettext, number, zone
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, chip_column, figure_column
from moebelcirkel.ui.parts import pickup_words

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import Coming
    from moebelcirkel.services.wants import ListedWant, WantDetail

_TONES = {
    WantStanding.FOUND: "accent",
    WantStanding.FILLED: "money",
    WantStanding.EXPIRED: "warning",
}

#: So much of what was reported is named.
_MOST_COMING = 3


def chip(row: ListedWant) -> Chip:
    """How a want stands, as a pill."""
    return Chip(_(row.standing.label), _TONES.get(row.standing, "neutral"))


def until(moment: dt.datetime) -> str:
    """The last day something is held: "torsdag 3. december 2026"."""
    last = moment.astimezone(zone()).date()
    return f"{_(DAY_NAMES[last.isoweekday()])} {long_day(last)}"


def progress(row: ListedWant) -> str:
    """What has come of it: "3 af 12 fundet, holdes til torsdag 3. december 2026"."""
    if row.held and row.until is not None:
        text = _("{held} of {pieces} found, held until {day}")
        return text.format(held=row.held, pieces=row.pieces, day=until(row.until))
    if row.ordered:
        text = _("{ordered} of {pieces} ordered")
        return text.format(ordered=row.ordered, pieces=row.pieces)
    if row.standing is WantStanding.EXPIRED:
        return _("expired on {day}: nothing was found in time").format(day=day(row.use_by))
    return _("nothing found yet") if row.standing is WantStanding.OPEN else _("ended")


def condition(grade: str) -> str:
    """The worst condition that will do."""
    return f"{grade} · {_(Condition(grade).label)}"


def ceiling(ore: int | None) -> str:
    """The most that one piece may cost."""
    return _("any price") if ore is None else kroner(ore)


def hints(detail: WantDetail) -> list[str]:
    """What stands in the way, and what the asker wrote."""
    found = []
    if detail.dearer:
        text = ngettext(
            "{count} piece that fits is on sale, but costs more than you will pay.",
            "{count} pieces that fit are on sale, but cost more than you will pay.",
            detail.dearer,
        )
        found.append(text.format(count=number(detail.dearer)))
    if detail.kept_to:
        found.append(_("Only: {filters}").format(filters=detail.kept_to))
    found += [_coming(each) for each in detail.coming[:_MOST_COMING]]
    if detail.note:
        found.append(_("Message: {text}").format(text=detail.note))
    return found


def _coming(each: Coming) -> str:
    """What was reported and is not here yet."""
    what = _("Reported: {count} × {name} with {giver}").format(
        count=number(each.pieces), name=each.name, giver=each.giver
    )
    return what + pickup_words.in_brackets(each)


def columns(*, many_institutions: bool) -> list[Column[ListedWant]]:
    """What is wanted, how many, until when, and how it stands."""
    return [
        Column(
            "number", _("Number"), lambda row: row.number, lambda row: row.id, width=84, strong=True
        ),
        Column("what", _("Wanted"), lambda row: row.what),
        Column(
            "institution",
            _("Institution"),
            lambda row: row.institution,
            hidden=not many_institutions,
        ),
        figure_column("pieces", _("Pieces"), lambda row: row.pieces, number, width=72),
        Column(
            "use_by",
            _("Latest"),
            lambda row: day(row.use_by),
            lambda row: row.use_by,
            width=92,
            tone="small",
        ),
        chip_column("state", _("State"), chip, tip=progress, width=120),
    ]
