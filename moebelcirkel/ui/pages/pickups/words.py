"""Reported furniture in words: the state as a pill, how far it has come, what became of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.pickups import Access, GiftKind, PickupState
from moebelcirkel.language import (
    NBSP,
    _,
    current_language,
    day,
    decimal,
    kroner,
    moment,
    ngettext,
    number,
)
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.item_list import Item
from moebelcirkel.ui.kit.lists.timeline import TimelineEntry
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.parts.pickup_words import count_of, fate_words, why_missed

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import LineDetail, PickupDetail, PickupEvent, PickupRow


def volume(row: PickupRow) -> str:
    """The room it takes up, and how many pieces nobody has measured."""
    if not row.litres:
        return ""
    text = f"{decimal(round(Decimal(row.litres) / 1000, 1))}{NBSP}m³"
    if row.unmeasured:
        text += " + " + count_of(row.unmeasured)
    return text


def item(line: LineDetail) -> Item:
    """One line of a report: how many of what, and how many of them came."""
    category = line.category if current_language() == "da" else line.category_en
    grade = f"{line.condition} · {_(Condition(line.condition).label)}"
    parts = [category, grade] if category != line.name else [grade]
    if len(line.photos) > 1:
        pictures = ngettext("{count} picture", "{count} pictures", len(line.photos))
        parts.append(pictures.format(count=len(line.photos)))
    if line.offered:
        on_sale = ngettext(
            "{count} on sale at the giver", "{count} on sale at the giver", line.offered
        )
        parts.append(on_sale.format(count=number(line.offered)))
    figure = count_of(line.pieces)
    if line.received:
        figure = _("{left} of {all}").format(left=number(line.received), all=number(line.pieces))
    return Item(
        key=line.id,
        title=line.name,
        detail=" · ".join(parts),
        figure=figure,
        shape=shape_for(line.category_key, line.name),
        photo_key=line.photos[0] if line.photos else None,
    )


def texts(detail: PickupDetail) -> str:
    """How much of it others wait for, and what people have written to each other."""
    found = []
    if detail.wanted:
        text = ngettext(
            "Others wait for {count} of them.", "Others wait for {count} of them.", detail.wanted
        )
        found.append(text.format(count=number(detail.wanted)))
    if detail.note:
        found.append(_("Message: {text}").format(text=detail.note))
    found += [
        _("Not fetched on {day}: {why}").format(day=day(each.driven_on), why=why_missed(each))
        for each in detail.missed
    ]
    if detail.question:
        found.append(_("The warehouse asks: {text}").format(text=detail.question))
    if detail.answer:
        found.append(_("Answer: {text}").format(text=detail.answer))
    if detail.reason:
        found.append(_("Turned down: {text}").format(text=detail.reason))
    return "\n".join(found)


def facts(detail: PickupDetail) -> list[Fact]:
    """Where it stands and when it can go."""
    row = detail.row
    wanted = [day(each) for each in (row.earliest_on, row.latest_on) if each is not None]
    if row.earliest_on and row.latest_on:
        when = " – ".join(wanted)
    elif row.earliest_on:
        when = _("from {day}").format(day=wanted[0])
    else:
        when = _("by {day}").format(day=wanted[0]) if wanted else ""
    value = kroner(detail.value_ore) if detail.value_ore is not None else ""
    found = [
        (_("Is fetched"), day(row.planned_on) if row.planned_on else ""),
        (_("Address"), row.address),
        (_("Building and room"), row.building),
        (_("Way out"), _(Access(row.access).label) if row.access != "unknown" else ""),
        (_("Ask there for"), row.contact),
        (_("Can be fetched"), when),
        (_("Volume"), volume(row)),
        (_("What is given"), _(GiftKind(detail.gift or GiftKind.GOODS).label) if row.firm else ""),
        (_("Value of the gift"), value),
    ]
    return [Fact(label, text) for label, text in found if text]


def _gift(detail: PickupDetail) -> str:
    """Of a firm's gift, whether it is goods or material."""
    return _(GiftKind(detail.gift or GiftKind.GOODS).label) if detail.row.firm else ""


def fates(detail: PickupDetail) -> list[Fact]:
    """What became of the pieces that came, and what did not come."""
    found = [Fact(fate_words(fate), count_of(fate.pieces)) for fate in detail.fates]
    missing = sum(line.left for line in detail.lines)
    if missing and (detail.row.received or detail.row.state is PickupState.CLOSED):
        ended = detail.row.state is PickupState.CLOSED
        found.append(Fact(_("did not come") if ended else _("still to come"), count_of(missing)))
    more = (
        sum(max(0, line.received + line.offered - line.pieces) for line in detail.lines)
        + detail.unreported
    )
    if more:
        found.append(Fact(_("came without being reported"), count_of(more)))
    return found


def entry(event: PickupEvent) -> TimelineEntry:
    """One change of the report in words."""
    title = _title(event.undone if event.kind == "undo" else event.kind)
    if event.kind == "undo":
        title = _("{what}: undone").format(what=title)
    tones = {"pickup.refuse": "error", "pickup.ask": "warning", "pickup.withdraw": "warning"}
    detail = " · ".join(part for part in (moment(event.at), event.actor) if part)
    return TimelineEntry(title, detail, tones.get(event.kind, "accent"))


def _title(kind: str) -> str:
    return {
        "pickup.report": _("Reported"),
        "pickup.correct": _("Corrected"),
        "pickup.withdraw": _("Taken back"),
        "pickup.accept": _("Accepted"),
        "pickup.offer": _("Put on sale at the giver"),
        "pickup.bring": _("Came to the warehouse"),
        "pickup.ask": _("Asked"),
        "pickup.refuse": _("Turned down"),
        "pickup.plan": _("Planned"),
        "pickup.close": _("Finished"),
    }.get(kind, _(kind_name(kind)))
