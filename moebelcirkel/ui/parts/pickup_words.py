"""Reported furniture in words, the same on every page: how far it is, and where pieces are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.pickups import PickupState, state_name
from moebelcirkel.language import _, day, ngettext, number
from moebelcirkel.ui.kit.lists.chips import Chip

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import Coming, Fate, PickupRow
    from moebelcirkel.services.runs import MissedStop

_TONES = {
    PickupState.REPORTED: "warning",
    PickupState.QUESTION: "warning",
    PickupState.ACCEPTED: "accent",
    PickupState.PLANNED: "accent",
    PickupState.REFUSED: "error",
    PickupState.CLOSED: "money",
}


def count_of(pieces: int) -> str:
    """ "12 stk."."""
    return ngettext("{count} pc.", "{count} pcs.", pieces).format(count=number(pieces))


def in_brackets(each: Coming) -> str:
    """When reported furniture is fetched, and when it can be with who asks, as far as is known."""
    said = []
    if each.planned_on is not None:
        said.append(_("fetched {day}").format(day=day(each.planned_on)))
    if each.week is not None:
        text = _("with you in week {week} at the earliest")
        said.append(text.format(week=each.week.number))
    return f" ({', '.join(said)})" if said else ""


def state_chip(row: PickupRow) -> Chip:
    """The state of a report as a pill; how much has come while it comes."""
    tone = _TONES.get(row.state, "neutral")
    if row.receiving:
        return Chip(
            _("received {left} of {all}").format(left=number(row.received), all=number(row.pieces)),
            "accent",
        )
    if row.state is PickupState.PLANNED and row.planned_on is not None:
        return Chip(_("fetched {day}").format(day=day(row.planned_on)), tone)
    return Chip(_(state_name(row.state)), tone)


def fate_words(fate: Fate) -> str:
    """Where pieces are now; with whom, where they are out, and never a person."""
    if fate.holder:
        return _("delivered to {name}").format(name=fate.holder)
    state = _(State(fate.state).label)
    return _("{state}, stands with the giver").format(state=state) if fate.with_giver else state


def why_missed(each: MissedStop) -> str:
    """Why a stop was not done: "Ingen var der: porten var låst"."""
    return ": ".join(filter(None, (_(each.missed_why.label), each.missed_text)))
