"""Repairs in words: how far one is as a pill, what it costs, and what is known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.repairs import RepairStage
from moebelcirkel.language import _, day, kroner, number
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.item_list import Item
from moebelcirkel.ui.kit.lists.tables import Column, chip_column
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.parts import errand_words
from moebelcirkel.ui.parts.detail_card import count_text, grade_text, not_done_texts, numbers_text
from moebelcirkel.ui.parts.errand_words import warranty

if TYPE_CHECKING:
    from moebelcirkel.services.repairs import RepairDetail, RepairRow

_TONES = {
    RepairStage.ASKED: "warning",
    RepairStage.OFFERED: "warning",
    RepairStage.AWAITING: "warning",
    RepairStage.AGREED: "accent",
    RepairStage.WORKSHOP: "accent",
    RepairStage.READY: "accent",
    RepairStage.BACK: "money",
    RepairStage.NOT_DONE: "error",
    RepairStage.REFUSED: "error",
}


def chip(row: RepairRow) -> Chip:
    """How far it is."""
    return Chip(_(row.stage.label), _TONES.get(row.stage, "neutral"))


def price(row: RepairRow) -> str:
    """What it costs in all, once that is said."""
    return kroner(row.total_ore) if row.listed.offered_at is not None else ""


def columns(*, many_institutions: bool) -> list[Column[RepairRow]]:
    """Number, whose, what, how many, for how much and how far."""
    return [
        Column("number", _("Number"), lambda row: row.listed.number, width=80, strong=True),
        Column(
            "institution",
            _("Institution"),
            lambda row: row.listed.institution,
            hidden=not many_institutions,
        ),
        Column("name", _("Furniture"), lambda row: row.listed.name),
        Column(
            "pieces",
            _("How many"),
            lambda row: number(row.listed.pieces),
            align="right",
            width=64,
            hidden=many_institutions,
        ),
        Column("price", _("Price"), price, align="right", width=96, hidden=many_institutions),
        chip_column("stage", _("State"), chip, width=156),
    ]


def item(detail: RepairDetail) -> Item:
    """What is repaired, with its picture and its labels."""
    listed = detail.row.listed
    parts = [grade_text(listed.condition)]
    if detail.numbers:
        parts.append(numbers_text(detail.numbers))
    return Item(
        key=listed.id,
        title=listed.name,
        detail=" · ".join(parts),
        figure=count_text(listed.pieces),
        shape=shape_for(listed.category_key, listed.name),
        photo_key=detail.photos[0] if detail.photos else None,
    )


def texts(detail: RepairDetail) -> str:
    """What people have written to each other."""
    listed = detail.row.listed
    found = [_("What is wrong: {text}").format(text=listed.fault)]
    if listed.note:
        found.append(_("The workshop: {text}").format(text=listed.note))
    if listed.reason:
        found.append(_("Turned down: {text}").format(text=listed.reason))
    return "\n".join([*found, *not_done_texts(detail.not_done)])


def warranty_of(detail: RepairDetail) -> str:
    """That a warranty still runs, and whom to ask; empty where none does."""
    listed = detail.row.listed
    return warranty(detail.warranty_until, listed.supplier, listed.spare_parts)


def facts(detail: RepairDetail) -> list[Fact]:
    """The price task by task, when it is done, and where it is fetched."""
    row, listed = detail.row, detail.row.listed
    found = []
    for task in detail.tasks:
        by = _("{task} (another repairer)") if task.outside_ore is not None else "{task}"
        by = _("{task} ({repairer})") if task.repairer else by
        name = by.format(task=task.name, repairer=task.repairer)
        found.append(Fact(name, kroner(task.total_ore)))
    if detail.tasks:
        found.append(Fact(_("Price a piece"), kroner(listed.each_ore)))
        found.append(Fact(_("In all"), kroner(row.total_ore), strong=True))
    if listed.expected_on is not None:
        found.append(Fact(_("Done by"), day(listed.expected_on)))
    at = _("Repairer")
    found += [Fact(at, errand_words.told(errand)) for errand in detail.errands]
    if listed.order:
        found.append(Fact(_("Order"), listed.order))
    if listed.planned_on is not None and row.stage is RepairStage.AGREED:
        found.append(Fact(_("Is fetched"), day(listed.planned_on)))
    if listed.building:
        found.append(Fact(_("Building and room"), listed.building))
    if listed.contact:
        found.append(Fact(_("Ask there for"), listed.contact))
    found.append(Fact(_("Would otherwise have bought new"), _(Answer(listed.answer).label)))
    return found
