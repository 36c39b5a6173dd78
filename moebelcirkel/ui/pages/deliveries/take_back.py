"""The dialog of returns: scan what came back, correct the list, then take it onto a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.conditions import Condition, is_better
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.chips import Chip, condition_tone
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.messages import Notice, announce
from moebelcirkel.ui.kit.page_layout import open_at, row
from moebelcirkel.ui.kit.plain import Label, push_button, tip
from moebelcirkel.ui.kit.scanner import sound
from moebelcirkel.ui.pages.deliveries.words import pieces
from moebelcirkel.ui.parts.piece_dialogs import code_of, reason_field
from moebelcirkel.ui.parts.place_field import PlaceField, ShownPlace

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import Returnable
    from moebelcirkel.services.loans import LoanDetail
    from moebelcirkel.ui.kit.shell import Changed, Shell

DRAFT = "take_back"
#: How many values a piece of a draft has; the last came later.
_KEPT = (4, 5)


@dataclass(frozen=True, slots=True)
class ReturnedPiece:
    """A scanned piece, how it looks now, and how it looked when it left."""

    number: str
    name: str
    giver: str
    condition: str
    left: str = Condition.A.value

    @property
    def better(self) -> bool:
        """Whether it came back better than it left."""
        return is_better(self.condition, self.left)


def _columns() -> list[Column[ReturnedPiece]]:
    return [
        Column("number", _("Label no."), lambda p: p.number, width=130, strong=True),
        Column("name", _("Piece"), lambda p: p.name),
        Column("giver", _("From"), lambda p: p.giver or _("nobody known")),
        Column(
            "condition",
            _("Condition"),
            lambda p: f"{p.condition} · {_words(p.condition)}",
            chip=lambda p: Chip(
                f"{p.condition} · {_words(p.condition)}", condition_tone(p.condition)
            ),
            width=150,
        ),
    ]


def _words(condition: str) -> str:
    return _(Condition(condition).label)


class _PieceTable(TableView):
    """Letters A to D set the condition of the chosen rows, Delete takes them off the list."""

    def __init__(self, dialog: TakeBackDialog) -> None:
        super().__init__(_("Pieces that came back"))
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Conditions and Delete; the rest is the table's."""
        letter = event.text().upper()
        if letter in set(Condition):
            self._dialog.set_condition(letter)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._dialog.take_off()
        else:
            super().keyPressEvent(event)


class TakeBackDialog(Dialog):
    """Scans go into the list (also from a hand scanner); nothing is saved before the button.

    Opened for a loan, the list holds what is still out of it, and has a draft of its own.
    """

    def __init__(self, shell: Shell, parent: QWidget, word: str, loan: int | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Take back furniture"))
        self._shell = shell
        self._word = word
        self._loan = loan
        self._draft = DRAFT if loan is None else f"{DRAFT}.{loan}"
        self.model = TableModel(_columns(), lambda piece: piece.number)
        self._make_parts()
        self._lay_out()
        self._restore()
        shell.jobs.read(_places, self._show_places, channel="take_back.places", owner=self)
        self._changed()
        QTimer.singleShot(0, self.code, self.code.setFocus)

    def _make_parts(self) -> None:
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("Scan or type a label number"))
        self.code.setAccessibleName(_("Scan or type a label number"))
        self.code.returnPressed.connect(self._typed)
        self.notice = Notice()
        self.table = _PieceTable(self)
        self.table.show_model(self.model)
        empty = EmptyState(
            _("Nothing scanned yet"),
            _("Scan the pieces that came back. You can correct the list before it counts."),
            icon="scan",
        )
        self.list = ListOrEmpty(self.table, empty, at_once=True)
        self.conditions = [self._condition_button(grade) for grade in Condition]
        self.off = push_button(_("Remove from the list"), self.take_off)
        self.off.setToolTip(_("Delete"))
        self.table.selection_changed.connect(self._enable)
        self.form = Form(2)
        self.place = self.form.add("place_id", PlaceField(_("Place"), required=True))
        self.on = self.form.add("on", DateField(_("Day of the return"), required=True, lies="past"))
        self.on.set_value(self._shell.context.today())
        self.reason = self.form.add("reason", reason_field())
        self.verb = QPushButton()
        self.verb.setProperty("role", "primary")
        self.verb.setAutoDefault(False)
        self.verb.clicked.connect(self._send)
        self.cancel = push_button(_("Cancel"), self._give_up, default=False)

    def _condition_button(self, grade: Condition) -> QPushButton:
        button = QPushButton(grade.value)
        button.setAutoDefault(False)
        button.setFixedWidth(theme.current().px(44))
        name = _("Condition {grade}, {words}").format(grade=grade.value, words=_words(grade.value))
        button.setToolTip(tip(name))
        button.setAccessibleName(name)
        button.clicked.connect(lambda _on=False: self.set_condition(grade.value))
        return button

    def _lay_out(self) -> None:
        heading = Label(_("Take back furniture"), tone="heading")
        label = Label(_("Condition of the chosen:"), tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(self.code)
        layout.addWidget(self.notice)
        layout.addWidget(self.list, 1)
        layout.addLayout(row(label, *self.conditions, None, self.off))
        layout.addWidget(self.form)
        layout.addLayout(row(None, self.verb, self.cancel))
        open_at(self, 760, 600)

    # --- the list -----------------------------------------------------------------------------

    def scanned(self, code: str) -> None:
        """A code from the scanner, or typed; a shelf is where they are put."""
        if self.place.scanned(code):
            self._shell.heard(good=True)
            return
        if any(piece.number == code.strip().upper() for piece in self.model.rows):
            self.notice.say(_("{code} is already on the list.").format(code=code), "warning")
            self._shell.heard(good=False)
            return
        self._shell.jobs.read(
            lambda context: _look_up(context, code), self._found, self._unknown, owner=self
        )

    def _typed(self) -> None:
        code = self.code.text().strip()
        self.code.clear()
        if code:
            self.scanned(code)

    def _found(self, found: Returnable) -> None:
        self._shell.heard(good=True)
        self.notice.hide()
        known = {piece.number: piece for piece in self.model.rows}
        piece = ReturnedPiece(
            found.number, found.name, found.institution, found.condition, found.condition
        )
        known.setdefault(found.number, piece)
        self._show(list(known.values()))
        self.table.select_key(found.number)
        announce(self, f"{found.number} {found.name}")

    def _unknown(self, error: Refused) -> None:
        self._shell.heard(good=False)
        self.notice.say(refusal(error))

    def set_condition(self, condition: str) -> None:
        """How the chosen pieces look now."""
        chosen = {piece.number for piece in self.table.selected_rows()}
        self._show(
            [
                replace(piece, condition=condition) if piece.number in chosen else piece
                for piece in self.model.rows
            ]
        )

    def take_off(self) -> None:
        """Forget the chosen pieces."""
        chosen = {piece.number for piece in self.table.selected_rows()}
        self._show([piece for piece in self.model.rows if piece.number not in chosen])

    def _show(self, rows: Sequence[ReturnedPiece]) -> None:
        self.model.set_rows(rows)
        self._changed()
        self._keep()

    def _changed(self) -> None:
        count = len(self.model.rows)
        many = _("Take {pieces} back").format(pieces=pieces(count))
        self.verb.setText(many if count else _("Take back furniture"))
        self.verb.setEnabled(count > 0)
        better = any(piece.better for piece in self.model.rows)
        self.reason.setVisible(better)
        self.reason.required = better
        self._enable()

    def _enable(self) -> None:
        chosen = bool(self.table.selected_rows())
        for button in (*self.conditions, self.off):
            button.setEnabled(chosen)

    # --- places, drafts, sending --------------------------------------------------------------

    def _show_places(self, places: Sequence[ShownPlace]) -> None:
        self.place.offer(places)
        draft = self._shell.drafts.load(self._draft) or {}
        if draft.get("place") is not None:
            self.place.restore(draft["place"])

    def _keep(self) -> None:
        if not self.model.rows:
            self._shell.drafts.clear(self._draft)
            return
        rows = [[p.number, p.name, p.giver, p.condition, p.left] for p in self.model.rows]
        self._shell.drafts.save(self._draft, {"pieces": rows, "place": self.place.draft()})

    def _restore(self) -> None:
        """Scans that were not sent survive a crash."""
        draft: dict[str, Any] = self._shell.drafts.load(self._draft) or {}
        kept = [
            ReturnedPiece(*values) for values in draft.get("pieces", ()) if len(values) in _KEPT
        ]
        if kept:
            self.model.set_rows(kept)
            self.notice.say(_("These pieces were scanned earlier and not taken back yet."), "money")
        elif (loan := self._loan) is not None:
            self._shell.jobs.read(
                lambda context: services.loans.detail(context, loan),
                self._fill,
                self._unknown,
                owner=self,
            )

    def _fill(self, loan: LoanDetail) -> None:
        """What is still out of the loan, before what was scanned meanwhile."""
        out = {
            piece.number: ReturnedPiece(
                piece.number, piece.name, piece.institution, piece.condition, piece.condition
            )
            for piece in loan.pieces
        }
        self._show(list((out | {piece.number: piece for piece in self.model.rows}).values()))

    def _send(self) -> None:
        if not self.form.check():
            return
        why = code_of(self.reason)
        scans = [
            (piece.number, piece.condition, why if piece.better else None)
            for piece in self.model.rows
        ]
        place, on = self.place.value(), self.on.value()

        def work(context: Context) -> Changed:
            returned = [services.deliveries.Returned(*scan) for scan in scans]
            assert isinstance(place, int)
            return services.deliveries.take_back(context, returned, place_id=place, on=on)

        buttons = (self.verb, self.cancel)
        self._shell.jobs.write(work, self._sent, self._refused, hold=buttons, owner=self)

    def _sent(self, done: Changed) -> None:
        count = len(self.model.rows)
        self._shell.drafts.clear(self._draft)
        self.accept()
        text = _("{pieces} taken back").format(pieces=pieces(count))
        self._shell.changed(done, text, self._word)

    def _refused(self, error: Refused) -> None:
        sound(good=False)
        rest = self.form.show_refusal(error)
        if rest:
            self.notice.say(rest)

    def _give_up(self) -> None:
        self._shell.drafts.clear(self._draft)
        self.reject()


def _look_up(context: Context, code: str) -> Returnable:
    return services.deliveries.returnable(context, code)


def _places(context: Context) -> Sequence[ShownPlace]:
    return services.places.choices(context)
