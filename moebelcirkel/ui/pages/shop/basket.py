"""The basket to the right: what is held for how long, what it saves, and the way to an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import QUESTION, Answer
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.orders import Needs
from moebelcirkel.language import _, co2, kroner, moment, refusal, zone
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.fields import LineField
from moebelcirkel.ui.kit.page_layout import CardFrame, column, holder, rule, scrolled
from moebelcirkel.ui.kit.plain import Label, caption
from moebelcirkel.ui.pages.shop import words
from moebelcirkel.ui.pages.shop.basket_line import BasketLineRow
from moebelcirkel.ui.pages.shop.boxes import SoftBox, Strip
from moebelcirkel.ui.pages.shop.loan import LoanField
from moebelcirkel.ui.pages.shop.pace import PaceField
from moebelcirkel.ui.pages.shop.wishes import WishesBox
from moebelcirkel.ui.parts.ceiling_words import in_the_basket
from moebelcirkel.ui.parts.order_words import when_it_comes

if TYPE_CHECKING:
    from moebelcirkel.services.shop import BasketLine, BasketView
    from moebelcirkel.services.shop import InstitutionChoice as Institution

_TICK_MS = 10_000


#: A hold longer than this is told by when it ends, not by how many minutes are left.
_LONG_MINUTES = 90
#: Where a half-typed message to the warehouse is kept, with the day and the place.
NOTE = "shop-note"


class BasketPanel(CardFrame):
    """Shows one ``BasketView``; every wish goes out as a signal."""

    institution_chosen = Signal(int)
    payer_chosen = Signal(int)
    loan_wanted = Signal(object)
    answered = Signal(object)
    line_answered = Signal(object, object)
    count_asked = Signal(object, int)
    opened = Signal(object)
    extend_asked = Signal()
    forget_asked = Signal()
    send_asked = Signal(str, object, object)
    typed = Signal()
    order_opened = Signal(int)

    def __init__(self, now: Callable[[], dt.datetime]) -> None:
        super().__init__(_("Your basket"))
        self._now = now
        self.view: BasketView | None = None
        self.rows: list[BasketLineRow] = []
        self.place = ChoiceField("")
        self.place.editor.setAccessibleName(_("Institution"))
        self.payer = ChoiceField("")
        self.payer.editor.setAccessibleName(_("Paid from"))
        self.gone = Strip(_("Go on without them"))
        self.held = Strip(_("Hold again"))
        self.own = Strip("")
        self.empty = Label(
            _("Nothing yet. Choose a piece and press Enter, or click Take."),
            tone="muted",
            wrap=True,
        )
        self.order = QPushButton()
        """Shows the order that was just sent, until something is taken again."""
        self._order_id: int | None = None
        self._leads = False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.question = SegmentedField(_(QUESTION), _answers(), required=True)
        self.note = LineField("", most=limits.NOTE)
        self.note.line.setPlaceholderText(_("Message to the warehouse (optional)"))
        self.note.line.setAccessibleName(self.note.line.placeholderText())
        self.wishes = WishesBox()
        self.loan = LoanField(self.wishes.more)
        self.pace = PaceField()
        self.fee = Label()
        self.total = Label(tone="heading")
        self.saved = SoftBox("money", "money", _("Saved for you"))
        self.co2 = SoftBox("accent", "co2", _("Avoided CO₂e (estimate)"))
        self.ceiling = Label(wrap=True)
        self.leads_to = Label()
        self.delivery = Label()
        self.send = QPushButton()
        self._build()
        self._wire()

    def _build(self) -> None:
        for label in (self.ceiling, self.leads_to, self.delivery):
            label.setWordWrap(True)
            label.setProperty("small", True)
        self.send.setProperty("role", "primary")
        self.send.setProperty("main", True)
        self.send.setToolTip("Ctrl+S")
        self._fee = holder(_beside(Label(_("Fee")), self.fee))
        self._sum = holder(_beside(Label(_("Total"), tone="heading"), self.total))
        lines = column(
            self.gone,
            holder(self._lines),
            self.own,
            self.held,
            self.empty,
            self.order,
            self.pace,
            self.delivery,
            self.saved,
            self.co2,
            None,
            self.loan,
            self.wishes,
            self.note,
            gap=12,
        )
        lines.setContentsMargins(0, 0, 6, 0)  # air to the scroll bar
        self.head_fields = holder(column(self.place, self.payer, gap=6))
        self.add(self.head_fields)
        self.add(rule())
        self._scroll = scrolled(holder(lines), unfolds=True)
        self.add(self._scroll, 1)
        # What does not fit scrolls away under a line; the one question and the way on stay.
        below = (
            rule(),
            self.question,
            self._fee,
            self._sum,
            self.ceiling,
            self.leads_to,
            self.send,
        )
        for widget in below:
            self.add(widget)
        scrolls = (self.wishes, self.loan, self.note, self.saved, self.co2, self.delivery)
        self._with_lines: list[QWidget] = [*scrolls, *below]
        # Until the basket has been read it is neither empty nor full.
        for widget in (self.head_fields, self.empty, *self._with_lines):
            widget.hide()

    def _wire(self) -> None:
        self.place.changed.connect(self._place_chosen)
        self.payer.changed.connect(self._payer_chosen)
        self.question.changed.connect(
            lambda: self.answered.emit(Answer(str(self.question.value())))
        )
        for box in (self.note, self.wishes):
            box.changed.connect(self.typed)
        self.loan.wanted.connect(self.loan_wanted)
        self.pace.chosen.connect(self._show_offer)
        self.gone.pressed.connect(self.forget_asked)
        self.held.pressed.connect(self.extend_asked)
        self.send.clicked.connect(self._ask_to_send)
        self.order.hide()
        self.order.clicked.connect(lambda: self.order_opened.emit(self._order_id))
        self._ticking = QTimer(self)
        self._ticking.setInterval(_TICK_MS)
        self._ticking.timeout.connect(self.tick)
        self._ticking.start()

    def _ask_to_send(self) -> None:
        """Only an answered question is sent; which answer is nobody's guess but the sender's."""
        if self.question.draft() is None:
            self._ask_for_answer()
        elif not self.note.check():
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.wishes.check():
            self.send_asked.emit(self.note.text(), self.wishes.value(), self.pace.pace())

    def draft(self) -> dict[str, object]:
        """What is typed and not sent yet."""
        return {"note": self.note.draft(), **self.wishes.draft()}

    def restore(self, draft: dict[str, object]) -> None:
        """Fill in what `draft` gave."""
        self.note.restore(draft.get("note", ""))
        self.wishes.restore(draft)

    def _ask_for_answer(self) -> None:
        self.question.show_error(_("Would you otherwise have bought new? Answer before you send."))
        self.question.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_chosen(self) -> None:
        if self.place.check() and isinstance(key := self.place.value(), int):
            self.institution_chosen.emit(key)

    def _payer_chosen(self) -> None:
        if self.payer.check() and isinstance(key := self.payer.value(), int):
            self.payer_chosen.emit(key)

    def show_institutions(self, known: Iterable[Institution], chosen: int | None) -> None:
        """Offer the institutions one may order for; a single one is only named."""
        choices = [Choice(each.id, each.name) for each in known]
        self.place.set_choices(choices)
        self.place.set_value(chosen)
        self.place.setVisible(len(choices) > 1)

    def show_basket(self, view: BasketView) -> None:
        """Show the basket anew."""
        becomes_loan = view.loan is not None and self.view is not None and self.view.loan is None
        self.view = view
        self._show_payer(view)
        self._show_lines(view)
        self._show_gone(view)
        self.own.say(refusal(view.own) if view.own is not None else "", "error")
        self.question.set_value(view.answer.value if view.answer else None)
        if view.answer or not view.lines:
            self.question.show_error("")
        estimated = "" if view.new_price_known else _("Some new prices are estimates.")
        self.saved.say(kroner(view.saved_ore), estimated)
        known = view.net_g is not None
        self.co2.say(
            co2(view.net_g) if view.net_g is not None else _("no factor"),
            words.spread(view.low_g, view.high_g) if known else "",
        )
        self.loan.show_loan(view.loan, self._now().astimezone(zone()).date())
        self.delivery.setText(when_it_comes(view.delivery))
        self._turn(full=bool(view.lines))
        ways = [each.way for each in view.offers] if view.lines else []
        self.pace.show_ways(ways, view.small)
        # What a loan costs less than a new piece is no saving, nor what nothing new is known of.
        self.saved.setVisible(bool(view.new_price_ore) and view.loan is None)
        self._show_offer()
        self.tick()
        if becomes_loan:
            # The day it is to be back is asked below the box that was ticked.
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.loan))

    def _show_offer(self) -> None:
        """What follows from how soon it is to come: the sum, the day, and who approves it."""
        view = self.view
        if view is None:
            return
        offer = view.offer(self.pace.pace())
        fee, sending = offer.way.fee_ore, offer.sending
        self.fee.setText(kroner(fee))
        self._fee.setVisible(bool(view.lines and fee))
        self.total.setText(kroner(view.total_ore + fee))
        self.leads_to.setText(words.leads_to(sending, view.institution))
        for box in (self.wishes, self.loan):
            box.show_promise(offer.way.promised_on)
        said, fits = in_the_basket(offer.ceilings, possible=sending.possible)
        if view.rounds:
            queues = all(each.queues for each in view.rounds)
            said = " ".join(filter(None, (said, words.next_rounds(view.rounds))))
            fits = fits and queues
        self.ceiling.setText(said)
        theme.mark(self.ceiling, "tone", "small" if fits else "error")
        self.ceiling.setVisible(bool(view.lines and said))
        direct = sending.needs is Needs.NOTHING
        self.send.setText(_("Send order") if direct else _("Send for approval"))
        self.send.setEnabled(sending.possible and fits and not view.gone and view.own is None)

    def _turn(self, *, full: bool) -> None:
        """Show what a basket has, or what an empty one says.

        A button that hides hands the keyboard to whatever comes next, so it is led on first: from
        sending to the order, and back to the message where the order was taken back.
        """
        leaves = full and self.order.hasFocus()
        for widget in self._with_lines if full else (self.empty, self.order):
            widget.setVisible(full or widget is self.empty or self._order_id is not None)
        if leaves:
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._leads and not full:
            self.order.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in (self.empty, self.order) if full else self._with_lines:
            widget.hide()
        self._leads = False
        if full:
            self._order_id = None

    def tick(self) -> None:
        """Say how long the basket is still held."""
        until = self.view.expires_at if self.view is not None else None
        if until is None:
            self.held.hide()
            return
        left = (until - self._now()).total_seconds()
        if left <= 0:
            self.held.say(
                _("The reservation has run out. Hold again before others take the furniture."),
                "error",
                button=True,
            )
            return
        minutes = max(1, int(left // 60))
        if minutes > _LONG_MINUTES:
            self.held.say(_("Held for you until {time}.").format(time=moment(until)))
        else:
            self.held.say(_("Held for you for {minutes} min.").format(minutes=minutes))

    def sent(self, order_id: int, number: str) -> None:
        """The order is on its way and can be seen; the next one begins with an empty message."""
        self._order_id, self._leads = order_id, True
        self.order.setText(caption(_("Show order {number}").format(number=number)))
        self.note.set_value("")
        self.note.show_error("")
        self.wishes.sent()

    def not_sent(self, error: Refused) -> bool:
        """Say by a field what is wrong with it, with the keyboard there; false where it is none."""
        if isinstance(error, Invalid):
            said = [self.wishes.refuse(name, refusal(each)) for name, each in error.errors.items()]
            return True in said
        if error.field == "note":
            self.note.show_error(refusal(error))
            self.note.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif error.field == "answer":
            self._ask_for_answer()
        return error.field in ("note", "answer")

    def show_pixmap(self, key: str, pixmap: QPixmap | None) -> None:
        """A picture has arrived."""
        for row in self.rows:
            if row.line.thumb == key:
                row.picture.show_pixmap(pixmap)

    def _show_payer(self, view: BasketView) -> None:
        choices = [
            Choice(each.id, _("paid from {payer}").format(payer=f"{each.code} {each.name}".strip()))
            for each in view.payers
        ]
        self.payer.set_choices(choices)
        self.payer.set_value(view.payer_id)
        self.payer.setVisible(len(choices) > 1)
        only = choices[0].text if len(choices) == 1 else ""
        named = [view.institution] if self.place.isHidden() else []
        self.show_title(_("Your basket"), " · ".join([*named, *([only] if only else [])]))
        self.head_fields.setVisible(not self.place.isHidden() or len(choices) > 1)

    def _show_lines(self, view: BasketView) -> None:
        focused = next((row.line.key for row in self.rows if row.more.hasFocus()), None)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [self._row(line) for line in view.lines]
        for row in self.rows:
            if row.line.key == focused:
                row.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, line: BasketLine) -> BasketLineRow:
        row = BasketLineRow(line)
        row.count_asked.connect(self.count_asked)
        row.answered.connect(self.line_answered)
        row.opened.connect(self.opened)
        self._lines.addWidget(row)
        return row

    def _show_gone(self, view: BasketView) -> None:
        if not view.gone:
            self.gone.hide()
            return
        free = [each for each in view.gone if each.free]
        lost = [each for each in view.gone if not each.free]
        said = [words.let_go(free) if free else "", words.lost(lost) if lost else ""]
        self.gone.say(" ".join(filter(None, said)), "error", button=True)


def _answers() -> list[Choice]:
    """Short enough to stand side by side."""
    return [
        Choice(Answer.YES.value, _("Yes")),
        Choice(Answer.SOME.value, _("Some")),
        Choice(Answer.NO.value, _("No")),
        Choice(Answer.UNKNOWN.value, _("Don't know")),
    ]


def _beside(left: QWidget, right: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.addWidget(left, 1)
    line.addWidget(right)
    return line
