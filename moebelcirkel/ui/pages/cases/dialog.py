"""One case large: pieces to the left, what is done to the right; it only asks, the page acts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, kroner, number, percent, refusal
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.dialog import Dialog, saves_itself
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.field import LineBase
from moebelcirkel.ui.kit.forms.fields import DateField, LineField
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page_layout import SidePanel, column, holder, open_at, row, scrolled
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.cases import cards
from moebelcirkel.ui.pages.cases.finish import FinishPanel
from moebelcirkel.ui.pages.cases.outside import Outside
from moebelcirkel.ui.pages.cases.pieces import PieceColumn
from moebelcirkel.ui.pages.cases.tasks import TaskList
from moebelcirkel.ui.parts.errand_words import warranty
from moebelcirkel.ui.parts.place_field import ShownPlace

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseDetail


class CaseDialog(Dialog):
    """The panel of a case."""

    moved = Signal(str)
    noted = Signal(str, object)
    split_asked = Signal(object)
    finish_asked = Signal(object, object, object)
    sale_asked = Signal()
    order_asked = Signal(int)
    give_up_asked = Signal()
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(
        self,
        parent: QWidget,
        scan: Callable[[str], bool],
        *,
        may_sell: bool = False,
        may_see_orders: bool = False,
    ) -> None:
        super().__init__(parent)
        self._may_sell, self._may_see_orders = may_sell, may_see_orders
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._scan = scan
        self.case: CaseDetail | None = None
        self.place: int | None = None
        self.heading = Label(tone="title", wrap=True)
        self.stage = SegmentedField("", [Choice(*each) for each in cards.titles()[:-1]])
        for place in range(len(cards.titles()) - 1):
            self.stage.button(place).setProperty("main", True)
        self.pieces = PieceColumn()
        self.tasks = TaskList()
        self.note = LineField(_("What does it wait for? (not about persons)"), most=limits.NOTE)
        self.expected = DateField(_("Expected on"), lies="ahead")
        self.outside = Outside()
        self.advice = Label(wrap=True)
        self.notice = Notice()
        self.finish = FinishPanel()
        self.right = QStackedWidget()
        self._buttons()
        self._lay_out()
        # Return in a field of the tasks must press nothing; where it is asked, it answers.
        self.finish.ready.setDefault(True)
        self._wire()

    def _buttons(self) -> None:
        self.split_off = QPushButton()
        self.order = push_button("", self._open_order, role="quiet", default=False)
        self.give_up = push_button("", self.give_up_asked.emit, role="quiet", default=False)
        self.close_button = QPushButton(_("Close"))
        self.ready = QPushButton(_("Make ready"))
        self.ready.setProperty("role", "primary")
        self.ready.setProperty("main", True)

    def _lay_out(self) -> None:
        work = QVBoxLayout()
        work.setSpacing(14)
        work.addWidget(self.stage)
        work.addWidget(self.tasks, 1)
        wait = row(gap=12)
        wait.addWidget(self.note, 3)
        wait.addWidget(self.expected, 2)
        work.addLayout(wait)
        work.addWidget(self.outside)
        work.addWidget(self.advice)
        work.addLayout(row(None, self.close_button, self.ready))
        self.right.addWidget(holder(work))
        self.right.addWidget(self.finish)
        left = holder(column(self.pieces, self.order, self.split_off, self.give_up, gap=10))
        body = SidePanel(self.right, (), before=((left, 290),), collapse_below=900)
        # Where the pieces lie above the tasks, the picture would push those out of sight.
        body.turned.connect(lambda narrow: self.pieces.compress(on=narrow))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 20)
        layout.setSpacing(14)
        # Beside each other, so that nothing moves under the pointer when something is said.
        head = row(gap=16)
        head.addWidget(self.heading, 1)
        head.addWidget(self.notice, 1)
        self.heading.setMinimumHeight(theme.current().px(56))
        layout.addLayout(head)
        layout.addWidget(scrolled(body), 1)
        open_at(self, 1060, 680)

    def _wire(self) -> None:
        self.stage.changed.connect(lambda: self.moved.emit(str(self.stage.value())))
        for line in (self.note.line, self.expected.line):
            saves_itself(line)
        self.note.line.editingFinished.connect(self._noted)
        self.expected.line.editingFinished.connect(self._noted)
        self.expected.changed.connect(self._day_chosen)
        self.close_button.clicked.connect(self.reject)
        self.ready.clicked.connect(self.begin_finish)
        self.finish.left.connect(self.back)
        self.finish.finished.connect(self.finish_asked)
        self.split_off.clicked.connect(lambda: self.split_asked.emit(self.pieces.ticked()))
        self.pieces.chosen.connect(self._ticked)
        # They lie at one place in turn, and say something else by what is ticked.
        self.deciding = Decision(
            self._meant, self.ready, self.split_off, self.finish.ready, keys_wait=False
        )
        self.pieces.picked.connect(self.deciding.chosen)
        stages = [self.stage.button(place) for place in range(len(cards.titles()) - 1)]
        self.moving = Decision(lambda: self.case and self.case.id, *stages, keys_wait=False)
        name = _("Finish what is filled in")
        keys.add(self, name, self._forward, "Ctrl+Return", "Ctrl+Enter")
        # The window's own key does not reach into a dialog over it.
        keys.add(self, _("Undo my latest change"), self.undo_asked.emit, "Ctrl+Z")
        again = _("Do again what was undone")
        keys.add(self, again, self.redo_asked.emit, "Ctrl+Y", "Ctrl+Shift+Z")

    # --- what is shown --------------------------------------------------------------------------

    def show_case(self, case: CaseDetail) -> None:
        """Show the case as it is in the database now."""
        before, self.case = self.case, case
        first = case.pieces[0]
        title = cards.many(len(case.pieces), first.name)
        self.heading.setText(title)
        self.setWindowTitle(title)
        self.pieces.show_pieces(case.pieces, _facts(case), choosing=not self.is_finished)
        self.stage.set_value(case.state)
        self.tasks.show_tasks(case.tasks, case.used)
        sent = {errand.case_task_id for errand in case.errands}
        for line in self.tasks.lines:
            line.open_up(on=line.task.id not in sent)
        self._show_waiting(case, before)
        self._open_up(case)
        self.outside.show_case(case, on=not self.is_finished)
        self._advise(case)
        self.deciding.shown()
        self.moving.shown()

    @property
    def is_finished(self) -> bool:
        """Whether the case is only to be read, and its pieces to be put on sale."""
        return self.case is not None and self.case.state == "ready"

    def _open_up(self, case: CaseDetail) -> None:
        """What can be done to it."""
        on = not self.is_finished
        self.stage.setVisible(on)
        for part in (self.tasks, self.note, self.expected):
            part.setEnabled(on)
        self.tasks.take_more(on=on)
        for part in (self.note, self.expected):
            part.setVisible(on or part.value() not in ("", None))
        self.order.setVisible(self._may_see_orders and case.order_id is not None)
        self.order.setText(_("Open order {number}").format(number=case.order))
        self.split_off.setVisible(on and len(case.pieces) > 1)
        self.give_up.setVisible(on and case.order_id is not None)
        self.give_up.setText(_("Cannot be repaired…") if case.own else _("Cannot be adapted…"))
        self.ready.setVisible(on or self._may_sell)

    def _show_waiting(self, case: CaseDetail, before: CaseDetail | None) -> None:
        """Show what it waits for, and leave alone what is typed and not saved yet."""
        if before is None or before.id != case.id:
            self.note.set_value(case.note)
            self.expected.set_value(case.expected_on)
            self.note.show_error("")
            self.expected.show_error("")
        else:
            _renew(self.note, before.note, case.note)
            _renew(self.expected, before.expected_on, case.expected_on)

    def offer_places(self, places: Sequence[ShownPlace], last: int | None) -> None:
        """Take in the places; ``last`` is where the last pieces were put."""
        self.place = last
        self.finish.offer_places(places)

    def _advise(self, case: CaseDetail) -> None:
        text, tone = _advice(case)
        if self.is_finished and not self._may_sell:
            text = _("It is finished. The warehouse puts it on sale.")
        self.advice.setText(text)
        theme.mark(self.advice, "tone", tone)

    def tell(self, text: str) -> None:
        """Say what was done, with the way back; without words the last ones go."""
        self.notice.hide()
        if text:
            self.notice.say(text, "accent", self.undo_asked.emit)

    def refuse(self, error: Refused) -> None:
        """Say why not, and show again what is true."""
        if self.right.currentWidget() is self.finish:
            self.finish.say(refusal(error))
        else:
            self.notice.refuse(error)

    # --- what is asked --------------------------------------------------------------------------

    def begin_finish(self) -> None:
        """Ask for the new condition and place."""
        if self.is_finished:
            if self._may_sell:
                self.sale_asked.emit()
        elif self.case is not None:
            self.notice.hide()
            self.finish.show_case(self.case, self.place, self.chosen())
            self.right.setCurrentWidget(self.finish)
            self.finish.begin()

    def _open_order(self) -> None:
        if self.case is not None and self.case.order_id is not None:
            self.order_asked.emit(self.case.order_id)

    def begin(self) -> None:
        """Put the keyboard on the first task that is not done, else where one is added."""
        if self.is_finished:
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        undone = [line for line in self.tasks.lines if line.is_ours and not line.task.done]
        target = undone[0].box if undone else self.tasks.add_field
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def back(self) -> None:
        """Go back to the tasks."""
        self.right.setCurrentIndex(0)
        self.ready.setFocus(Qt.FocusReason.OtherFocusReason)

    def scanned(self, code: str) -> bool:
        """A label was scanned while the case is open; a shelf is where the pieces are put."""
        asked = self.right.currentWidget() is self.finish
        if self.is_finished:
            return self._scan(code)
        if not asked and self.finish.place.knows(code):
            self.begin_finish()  # which asks anew; what is answered already stays
        if self.finish.place.scanned(code):
            return True
        return self._scan(code)

    def _forward(self) -> None:
        if self.right.currentWidget() is self.finish:
            self.finish.submit()
        else:
            self.begin_finish()

    def chosen(self) -> list[int]:
        """The ticked pieces where they are not all there are; else none is chosen out."""
        ticked = self.pieces.ticked()
        whole = self.case is None or len(ticked) == len(self.case.pieces)
        return [] if whole else ticked

    def _meant(self) -> tuple[int, list[int], list[int], tuple[int, ...]] | None:
        """What the buttons would do: on which page, with which pieces of which case."""
        if self.case is None:
            return None
        page = self.right.currentIndex()
        pieces = [self.case.id, *(piece.unit_id for piece in self.case.pieces)]
        return page, pieces, self.chosen(), self.finish.asked if page else ()

    def _ticked(self) -> None:
        count = len(self.chosen())
        self.split_off.setEnabled(count > 0)
        words = _("Move the ticked to a case of their own")
        self.split_off.setText(f"{words} ({number(count)})" if count else words)
        only = _("Make only these ready ({count})").format(count=number(count))
        self.ready.setText(only if count else _("Make ready"))
        if self.is_finished and self.case is not None:
            self.ready.setText(cards.sale_words(len(self.case.pieces)))
        self.deciding.shown()

    def _day_chosen(self) -> None:
        if not self.expected.line.hasFocus():
            self._noted()

    def _noted(self) -> None:
        if self.case is None or not (self.note.check() and self.expected.check()):
            return
        note, day = self.note.value(), self.expected.value()
        if (note, day) != (self.case.note, self.case.expected_on):
            self.noted.emit(note, day)


def _renew(field: LineBase[Any], before: object, now: object) -> None:
    try:
        value = field.value()
    except Refused:
        return
    if value == before and value != now:
        field.set_value(now)


def _facts(case: CaseDetail) -> str:
    first = case.pieces[0]
    parts = (first.giver, first.order, cards.age(case.days), first.place)
    return " · ".join(part for part in parts if part)


def _advice(case: CaseDetail) -> tuple[str, str]:
    if case.state == "ready":
        return _("It is finished. Scan its label to take it into the workshop again."), "muted"
    if case.warranty_until is not None:
        return warranty(case.warranty_until, case.supplier, case.spare_parts), "warning"
    if case.pays is None:
        return _("Add tasks, and it is shown here whether repair pays."), "muted"
    share = percent(case.cost_ore / case.new_price_ore) if case.new_price_ore else "–"
    values = {"cost": kroner(case.cost_ore), "share": share, "new": kroner(case.new_price_ore)}
    if case.pays:
        words = _("Repair pays: {cost} is {share} of the new price {new}")
        return words.format(**values), "co2"
    words = _("Repair is dear, consider scrapping: {cost} is {share} of the new price {new}")
    return words.format(**values), "warning"
