"""Complaints in words, the same on the order, the delivery and their own page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from moebelcirkel.domain.complaints import ComplaintState, Outcome, name_of
from moebelcirkel.language import _
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from moebelcirkel.services.complaints import LineComplaint

_TONES = {ComplaintState.OPEN: "warning", ComplaintState.AGREED: "money"}
#: So many numbers are told of those that stand alike.
_NAMED = 3


def chip(state: ComplaintState, outcome: Outcome | None) -> Chip:
    """How it stands."""
    tone = "error" if outcome is Outcome.REFUSED else _TONES.get(state, "accent")
    return Chip(_(name_of(state, outcome)), tone)


def facts(found: Iterable[LineComplaint]) -> list[Fact]:
    """How the complaints about a delivery or an order stand, those that stand alike together."""

    def stands(each: LineComplaint) -> tuple[str, str]:
        return each.state, each.outcome or ""

    told = []
    for _key, group in groupby(sorted(found, key=stands), key=stands):
        some = list(group)
        numbers = ", ".join(f"{each.number} ({each.unit})" for each in some[:_NAMED])
        more = " …" if len(some) > _NAMED else ""
        said = _(name_of(some[0].state, some[0].outcome))
        told.append(Fact(_("Complaint"), f"{numbers}{more}: {said}"))
    return told
