"""A card opened: picture, facts with the range of the estimate, how many, or exactly which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, co2, kroner, ngettext, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.fields import NumberField
from moebelcirkel.ui.kit.lists.chips import ChipLabel
from moebelcirkel.ui.kit.lists.facts import Fact, FactList
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import column, holder, open_at, row, scrolled
from moebelcirkel.ui.kit.pictures.photo_view import PhotoView
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label, caption, push_button, window_title
from moebelcirkel.ui.pages.shop import words

if TYPE_CHECKING:
    from moebelcirkel.services.shop import CardDetail, Piece


class CardDialog(Dialog):
    """Emits ``taken(count)``, or ``chosen(unit_ids)`` for exactly these pieces.

    ``adapted(count, unit_ids)`` where they are to be ordered with an adaptation.
    """

    taken = Signal(int)
    chosen = Signal(list)
    adapted = Signal(int, list)

    def __init__(self, parent: QWidget, detail: CardDetail, wanted: int, *, basket: bool) -> None:
        super().__init__(parent)
        self.detail = detail
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(detail.card.name))
        self.photo = PhotoView()
        self.photo.show_image(
            None, shape_for(detail.card.category_key, detail.card.name), detail.card.name
        )
        self.facts = FactList()
        self.facts.show_facts(facts_of(detail))
        self.count = NumberField(
            _("How many"), minimum=1, maximum=max(1, detail.card.free), required=True
        )
        self.count.set_value(max(1, min(wanted, detail.card.free)))
        self.notice = Notice()
        self.take = QPushButton(_("Put into the basket"))
        self.adapt = push_button(_("Order with an adaptation…"), self._adapt, default=False)
        self.star = QPushButton()
        self.star.setProperty("role", "quiet")
        self.star.setAutoDefault(False)
        self.star.setMenu(QMenu(self.star))
        self.compare = push_button(_("Compare"), self.reject, role="quiet", default=False)
        self.pieces: dict[int, QCheckBox] = {}
        self._build(basket=basket and detail.card.free > 0)

    def show_image(self, image: QImage | None) -> None:
        """The photo has arrived."""
        if image is not None:
            self.photo.show_image(image, name=self.detail.card.name)

    def ticked(self) -> list[int]:
        """Ids of the single pieces chosen."""
        return [unit_id for unit_id, box in self.pieces.items() if box.isChecked()]

    def _build(self, *, basket: bool) -> None:
        card = self.detail.card
        title = Label(card.name, tone="title", wrap=True)
        chips: list[QWidget | None] = [
            ChipLabel(words.condition_chip(card.key.condition, refurbished=card.refurbished))
        ]
        if card.ecolabel:
            chips.append(ChipLabel((card.ecolabel, "neutral")))
        right: list[QWidget | None] = [self.facts]
        if basket:
            right.append(self._single_pieces())
        body = row(
            holder(column(self.photo, None)),
            scrolled(_with_room(column(*right, None, gap=16))),
            gap=24,
        )
        body.setStretch(0, 2)
        body.setStretch(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(title)
        layout.addLayout(row(*chips, None, self.compare, self.star))
        layout.addLayout(body, 1)
        layout.addWidget(self.notice)
        layout.addLayout(self._buttons(basket=basket))
        if basket:
            self.count.setFocus()
            self.count.line.selectAll()
        open_at(self, 820, 560)

    def _buttons(self, *, basket: bool) -> QHBoxLayout:
        close = push_button(_("Close"), self.reject)
        line = QHBoxLayout()
        line.setSpacing(12)
        if basket:
            self.count.line.setMaximumWidth(theme.current().px(90))
            self.count.label.hide()
            label = Label(_("How many"))
            label.setBuddy(self.count.line)
            self.take.setProperty("role", "primary")
            self.take.setDefault(True)
            self.take.clicked.connect(self._take)
            line.addWidget(label)
            line.addWidget(self.count)
            line.addWidget(Label(_("of {count}").format(count=self.detail.card.free)))
            line.addStretch(1)
            self.adapt.setVisible(self.detail.adaptable)
            line.addWidget(self.adapt)
            line.addWidget(self.take)
        else:
            self.adapt.hide()
            line.addStretch(1)
        line.addWidget(close)
        return line

    def _single_pieces(self) -> QWidget:
        heading = Label(_("Exactly this piece"), tone="strong")
        hint = Label(
            _("Alike pieces are picked as they come. Tick those you must have."),
            tone="small",
            wrap=True,
        )
        rows = column(heading, hint, gap=4)
        for piece in self.detail.pieces:
            if piece.mine:
                continue
            box = QCheckBox(caption(_piece_text(piece)))
            box.toggled.connect(lambda _on: self._ticks_changed())
            self.pieces[piece.unit_id] = box
            rows.addWidget(box)
            # A box does not wrap: what may be long stands under it, or it would push out the facts.
            if more := _more_of(piece):
                rows.addWidget(Label(more, tone="small", wrap=True))
        return holder(rows)

    def _ticks_changed(self) -> None:
        ticked = len(self.ticked())
        self.count.setEnabled(not ticked)
        text = ngettext("Take exactly this piece", "Take exactly these {count}", ticked)
        self.take.setText(text.format(count=ticked) if ticked else _("Put into the basket"))

    def _take(self) -> None:
        ticked = self.ticked()
        if ticked:
            self.chosen.emit(ticked)
            return
        if (count := self._number()) is not None:
            self.taken.emit(count)

    def _adapt(self) -> None:
        ticked = self.ticked()
        count = len(ticked) or self._number()
        if count is not None:
            self.adapted.emit(count, ticked)

    def _number(self) -> int | None:
        try:
            return self.count.value()
        except Refused as error:
            self.notice.say(refusal(error))
            self.count.setFocus()
            return None


def _with_room(inside: QVBoxLayout) -> QWidget:
    """A holder that keeps clear of the scroll bar."""
    widget = holder(inside)
    inside.setContentsMargins(0, 0, 10, 0)
    return widget


def _piece_text(piece: Piece) -> str:
    parts = [piece.number]
    if piece.refurbished:
        parts.append(_("refurbished"))
    parts.append(_("{loop}. period of use").format(loop=piece.loop))
    return " · ".join(parts)


def _more_of(piece: Piece) -> str:
    facts = [f"{_(title).lower()}: {_(said).lower()}" for title, said in piece.facts]
    return " · ".join([*([piece.place] if piece.place else []), *facts])


def facts_of(detail: CardDetail) -> Sequence[Fact]:
    """What is told of a card, in the order people ask for it."""
    card = detail.card
    facts = [
        Fact(_("Price"), kroner(card.key.price_ore), strong=True),
        Fact(
            _("New price"),
            kroner(card.new_price_ore) if card.new_price_ore else _("unknown"),
            _price_source(detail),
        ),
        *([Fact(_("Climate levy on new"), kroner(detail.levy_ore))] if detail.levy_ore else []),
        Fact(
            _("CO₂e avoided per piece"),
            _("no factor") if card.net_g is None else co2(card.net_g),
            words.spread(card.low_g, card.high_g),
            tone="co2",
        ),
        Fact(_("On sale"), words.pieces(card.available), words.at_giver(card.at_giver)),
    ]
    named = (
        (_("Can be delivered"), _week(detail)),
        (_("Maker"), " ".join(part for part in (card.maker, card.model) if part)),
        (_("Width × depth × height, cm"), detail.measures),
        (_("Weight"), _weight(detail)),
        (_("Size mark"), detail.size_mark),
        (_("Colour"), card.colour),
        (_("Materials"), detail.materials),
    )
    return [*facts, *(Fact(label, value) for label, value in named if value)]


def _price_source(detail: CardDetail) -> str:
    if detail.card.new_price_known:
        return detail.new_price_source
    return _("estimate for the category") if detail.card.new_price_ore else ""


def _week(detail: CardDetail) -> str:
    """When it comes if it is ordered today."""
    return "" if detail.week is None else _("in week {week}").format(week=detail.week.number)


def _weight(detail: CardDetail) -> str:
    """Grams as kilograms, written as all masses are."""
    return co2(detail.weight_g) if detail.weight_g else ""
