"""One complaint beside the list: about which piece, what is wrong, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.runs import Errand
from moebelcirkel.language import _, day, kroner, moment
from moebelcirkel.ui.kit.lists.facts import Fact
from moebelcirkel.ui.kit.lists.item_list import Item
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.parts.complaints.words import chip
from moebelcirkel.ui.parts.detail_card import DetailCard
from moebelcirkel.ui.parts.pictures_shown import PicturesShown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from moebelcirkel.services.complaints import ComplaintDetail, Ride
    from moebelcirkel.ui.kit.shell import Shell


class ComplaintCard(DetailCard):
    """Shows one ``ComplaintDetail``; the page puts its buttons into ``grid``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: ComplaintDetail | None = None
        self.grid = QGridLayout()
        self.grid.setSpacing(10)
        self.buttons.addLayout(self.grid)

    def _parts(self) -> Sequence[QWidget]:
        self.wrong = Label(wrap=True)
        self.wrong.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pictures = PicturesShown()
        return self.items, self.wrong, self.pictures, self.facts

    def show_complaint(self, shell: Shell, detail: ComplaintDetail) -> None:
        """Show a complaint."""
        self.detail = detail
        row = detail.row
        self.show_title(row.number, row.institution)
        self.state.show_chip(chip(row.state, row.outcome))
        piece = Item(
            row.id,
            row.name,
            row.unit,
            kroner(row.charged_ore),
            shape_for(row.category_key, row.name),
        )
        self.items.show_items([piece])
        self.wrong.setText(row.wrong)
        self.pictures.show_pictures(shell, detail.photos, row.number)
        self.facts.show_facts(_facts(detail))


def _facts(detail: ComplaintDetail) -> list[Fact]:
    row = detail.row
    facts = [
        Fact(_("Reported by"), f"{row.reporter}, {moment(row.reported_at)}"),
        Fact(_("Order"), f"{row.order} · {row.delivery}"),
        Fact(_("Delivered"), day(row.delivered_on)),
    ]
    if row.decided_at is not None:
        facts.append(Fact(_("Decided by"), f"{row.decided_by}, {moment(row.decided_at)}"))
    if row.outcome is Outcome.PRICE and row.price_ore is not None:
        facts.append(Fact(_("Price after the complaint"), kroner(row.price_ore), strong=True))
    if row.reason:
        facts.append(Fact(_("Reason"), row.reason))
    if row.state is ComplaintState.OPEN and not row.there:
        facts.append(Fact(_("The piece"), _("is not there any more")))
    elif row.state is ComplaintState.AGREED and row.outcome is Outcome.RETURN:
        facts.append(Fact(_("The piece"), _("its price is given back when it is taken back")))
    return [*facts, *(_ride(ride) for ride in detail.rides)]


def _ride(ride: Ride) -> Fact:
    """When the van comes for it, or with it; what was ticked at the door is behind."""
    if ride.way is Errand.FETCH:
        title = _("Was fetched") if ride.done else _("Is fetched")
    else:
        title = _("Was brought back") if ride.done else _("Is brought back")
    return Fact(title, f"{day(ride.driven_on)} · {ride.run}")
