"""Picking and delivery: receivers to the left, what to fetch from where to the right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, number, refusal
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, column, holder, row
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.pages.deliveries import asks, words
from moebelcirkel.ui.pages.deliveries.damage import DamagePart
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.notes import NotesCard
from moebelcirkel.ui.pages.deliveries.picking import Picking
from moebelcirkel.ui.pages.deliveries.receivers import ReceiversCard, entries
from moebelcirkel.ui.pages.deliveries.take_back import TakeBackDialog

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import (
        HandedOver,
        LinesChanged,
        Note,
        NotesPrepared,
        PickedByScan,
        PickRow,
    )
    from moebelcirkel.ui.kit.shell import Changed, Shell


#: What makes pieces alike for one receiver: type, condition, institution.
_Kind = tuple[int, str, int]

#: Height of two lines that say what came of a scan.
_SAID = 56


class DeliveriesPage(Page):
    """Pick by scan or click, print notes, hand over, take back."""

    word: ClassVar[str] = "deliveries"
    title: ClassVar[str] = N_("Picking and delivery")
    kinds: ClassVar[frozenset[str]] = frozenset(
        {"shop_order", "order_line", "delivery", "unit", "institution", "place", "article"}
    )
    search_hint: str = N_("Scan a label or delivery note, or search")

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._receiver: int | None = None
        self._shown = words.DeliveriesShown((), (), ())
        self._typed = ""
        self._follow: _Kind | None = None
        self._handing: tuple[int, ...] = ()  # what another page wants to hand over
        self._told: tuple[_Kind, int] | None = None  # what was scanned last, and how many then
        self.receivers_card = ReceiversCard()
        self.receivers_card.list.chosen.connect(self._choose)
        self.pick_card = self._pick_card()
        self.notes_card = NotesCard()
        self.notes_card.show_asked.connect(self._draw_notes)
        self.notes_card.hand_asked.connect(self._hand_over_note)
        parts = column(self.pick_card, self.notes_card, gap=16)
        parts.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        before = ((self.receivers_card, 270),)
        layout.addWidget(SidePanel(holder(parts), (), before=before, collapse_below=820))

    # --- parts --------------------------------------------------------------------------------

    def header_buttons(self) -> list[QPushButton]:
        """Return, pick list, delivery notes."""
        self.back_button = self._button(_("Take back furniture"), "undo", self._open_return)
        keys.leads_back(self.back_button)
        self.list_button = self._button(_("Pick list"), "print", self._print_list)
        self.notes_button = self._button(_("Print delivery notes"), "", self._print_notes)
        self.notes_button.setProperty("role", "primary")
        return [self.back_button, self.list_button, self.notes_button]

    def _button(self, text: str, icon: str, act: Any) -> QPushButton:
        button = QPushButton(text)
        if icon:
            icons.put(button, icon)
        button.clicked.connect(lambda _on=False: act())
        return button

    def _pick_card(self) -> CardFrame:
        card = CardFrame(_("To pick"))
        self.said = Notice(closable=True)
        self.model = TableModel(words.pick_columns(), words.key)
        self.table = TableView(_("Pick list"))
        self.table.show_model(self.model)
        self.empty = EmptyState(
            _("There is nothing to pick"),
            _("New orders come here when they are approved."),
            icon="truck",
        )
        self.picking = Picking(self, self.table, self._lines_changed)
        self.pick_button = self.picking.pick_button
        self.unpick_button = self.picking.unpick_button
        self.later = self._button("", "", self.reload)
        self.later.setCheckable(True)
        self.later.hide()
        self.hand_over_button = self._button(_("Hand over…"), "truck", self._hand_over_picked)
        self.handing = Decision(self._picked_ids, self.hand_over_button)
        # Beside the title there is room for a line, so that no row moves when something is said.
        card.head.insertLayout(0, column(card.heading, card.subtitle, None, gap=2), 2)
        card.head.addStrut(theme.current().px(_SAID))
        card.head.addWidget(self.said, 3)
        card.add(ListOrEmpty(self.table, self.empty), 1)
        buttons = row(
            self.pick_button,
            self.unpick_button,
            self.picking.missing_button,
            self.later,
            None,
            self.hand_over_button,
        )
        card.body.addLayout(buttons)
        return card

    # --- reading ------------------------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Opened for one institution, to hand over some of its lines, or to take a loan back."""
        match argument:
            case int():
                self._choose(argument)
            case ("take_back", int() | None as loan):
                self._open_return(loan)
            case ("hand_over", int(receiver), tuple(lines)):
                self._handing = lines
                self._choose(receiver)

    def reload(self) -> None:
        """Read receivers, list and notes again."""
        receiver, later = self._receiver, self.later.isChecked()
        self.shell.jobs.read(
            lambda context: words.read(context, receiver, later=later),
            self._show,
            channel="deliveries",
        )

    def search(self, text: str) -> None:
        """Narrow the list to rows that have these words."""
        self._typed = text
        self._show_rows()
        self._enable()

    def print_out(self) -> None:
        """Ctrl+P: the pick list."""
        self._print_list()

    def done(self, done: Changed, text: str = "", *, final: bool = False) -> None:
        """What was said of a scan is over when something else was done."""
        self.said.hide()
        super().done(done, text, final=final)

    def _choose(self, institution_id: int | None) -> None:
        self._receiver = institution_id
        self.reload()

    def _show(self, shown: words.DeliveriesShown) -> None:
        self._shown, handing, self._handing = shown, self._handing, ()
        self.later.setText(words.later(shown.held_back))
        self.later.setVisible(shown.held_back > 0)
        self.picking.read_anew()
        if not self.receivers_card.list.show_entries(entries(shown.receivers), self._receiver):
            # The last piece was handed over, or the order is gone: back to all receivers.
            self._choose(None)
            return
        self._show_rows()
        self.notes_card.show_notes(shown.notes)
        self._enable()
        if handing:
            self._hand_over_picked(*handing)

    def _show_rows(self) -> None:
        rows = [r for r in self._shown.rows if words.fits(r, self._typed)]
        self.model.set_rows(rows)
        name = self._name_of(self._receiver)
        title = _("To pick for {institution}").format(institution=name) if name else _("To pick")
        columns = [c.key for c in self.model.columns if c.key != "receiver" or not name]
        self.table.show_columns(columns)
        self.pick_card.show_title(title, _("scan any of the alike pieces"))
        if self._shown.rows and not rows:
            self.empty.say(_("Nothing here fits “{text}”").format(text=self._typed))
        else:
            self.empty.say(
                _("There is nothing to pick"), _("New orders come here when they are approved.")
            )
        self._follow_row(rows)

    def _follow_row(self, rows: Sequence[PickRow]) -> None:
        """Mark the row the last scan was for."""
        if self._follow is None:
            self._forget_undone()
            return
        follow, self._follow = self._follow, None
        self._told = (follow, self._picked(follow))
        fitting = [r for r in rows if _kind(r) == follow]
        fitting.sort(key=lambda r: not r.picked)
        if fitting:
            self.table.clearSelection()
            self.table.select_key(words.key(fitting[0]))

    def _picked(self, kind: _Kind) -> int:
        return sum(r.picked for r in self._shown.rows if _kind(r) == kind)

    def _forget_undone(self) -> None:
        """What was said of a scan is no longer true when it was undone."""
        if self._told is not None and self._picked(self._told[0]) < self._told[1]:
            self._told = None
            self.said.hide()

    def _name_of(self, institution_id: int | None) -> str:
        found = (r.name for r in self._shown.receivers if r.institution_id == institution_id)
        return next(found, "")

    def _enable(self) -> None:
        self.picking.fit()
        self.hand_over_button.setVisible(self._receiver is not None)
        self.hand_over_button.setEnabled(bool(self._picked_ids()))
        self.handing.shown()

    def _picked_ids(self) -> tuple[int, ...]:
        return tuple(key for r in self._shown.rows for key in r.picked_ids)

    # --- picking ------------------------------------------------------------------------------

    def scanned(self, code: str) -> None:
        """A label picks its piece; a delivery note is handed over; a shelf shows its rows."""
        standing = [r for r in self._shown.rows if r.place == code.strip().upper()]
        if standing:
            self.said.hide()
            self.table.select_key(words.key(standing[0]))
            self.shell.heard(good=True)
            return
        if code.strip().upper().startswith("F-"):
            self.shell.jobs.read(partial(asks.find_note, number=code), self._note_found, owner=self)
            return
        work = partial(asks.pick, code=code, institution_id=self._receiver)
        self.shell.jobs.write(work, self._picked_by_scan, self._scan_refused, owner=self)

    def _picked_by_scan(self, done: PickedByScan) -> None:
        self.shell.heard(good=True)
        self._follow = (done.article_id, done.condition, done.institution_id)
        text = _("{number} picked for {institution} · {name} · {picked} of {wanted}").format(
            number=done.number,
            institution=done.institution,
            name=done.name,
            picked=number(done.picked),
            wanted=number(done.wanted),
        )
        self.done(done)
        self.said.say(text, "accent")

    def _scan_refused(self, error: Refused) -> None:
        self.shell.heard(good=False)
        self.said.say(refusal(error))

    def _lines_changed(self, done: LinesChanged, text: str) -> None:
        if done.notes:
            again = _("Print delivery note {numbers} again: pieces have been taken off it.")
            self.shell.messages.warn(again.format(numbers=", ".join(done.notes)))
        self.done(done, text)

    # --- papers -------------------------------------------------------------------------------

    def _print_list(self) -> None:
        self.shell.jobs.aside(
            partial(asks.draw_list, receiver=self._receiver),
            partial(self._show_paper, _("Pick list"), _("pick-list.pdf")),
            owner=self,
        )

    def _print_notes(self) -> None:
        """Notes for what is picked, of the chosen receiver or of all; else those that wait."""
        waiting = [note.id for note in self._shown.notes]
        loose = sum(
            r.without_note
            for r in self._shown.receivers
            if self._receiver in (None, r.institution_id)
        )
        if not loose and waiting:
            self._draw_notes(waiting)
            return
        receiver = self._receiver

        def work(context: Context) -> NotesPrepared:
            if receiver is None:
                return services.deliveries.prepare_notes(context)
            return services.deliveries.prepare_note(context, receiver)

        self.shell.jobs.write(work, self._notes_made, hold=(self.notes_button,), owner=self)

    def _notes_made(self, done: NotesPrepared) -> None:
        self.done(done)
        self._draw_notes(done.delivery_ids)

    def _draw_notes(self, delivery_ids: Sequence[int]) -> None:
        self.shell.jobs.aside(
            partial(asks.draw_notes, delivery_ids=delivery_ids),
            partial(self._show_paper, _("Delivery notes"), _("delivery-notes.pdf")),
            owner=self,
        )

    def _show_paper(self, title: str, name: str, data: bytes) -> None:
        from moebelcirkel.ui.parts.paper_dialog import PaperDialog

        self.paper = PaperDialog(self, title)
        self.paper.show_paper(data, name)
        self.paper.open()

    # --- hand-over and return -----------------------------------------------------------------

    def _note_found(self, note: Note | None) -> None:
        if note is None:
            self._scan_refused(Refused(N_("There is no delivery note with that number.")))
        elif note.state != "prepared":
            self.shell.heard(good=False)
            said = _("Delivery note {note} has already been handed over, or was undone.")
            self.said.say(said.format(note=note.number), "warning")
        else:
            self.shell.heard(good=True)
            self._hand_over_note(note)

    def _hand_over_note(self, note: Note) -> None:
        detail = _("Delivery note {note}").format(note=note.number)
        to = note.institution, note.received_by
        self._ask_hand_over(to, detail, note.pieces, delivery_id=note.id)

    def _hand_over_picked(self, *only: int) -> None:
        ids = only or self._picked_ids()
        left = sum(len(r.open_ids) for r in self._shown.rows)
        detail = _("Everything that was ordered is picked.")
        if left:
            detail = _("{pieces} not picked yet stay on order.").format(pieces=words.pieces(left))
        found = self._shown.receivers
        to = next((r.name, r.received_by) for r in found if r.institution_id == self._receiver)
        self._ask_hand_over(to, detail, len(ids), line_ids=ids)

    def _ask_hand_over(self, to: tuple[str, str], detail: str, count: int, **what: Any) -> None:
        """To whom, and who received there last."""
        self.dialog = HandOverDialog(
            self,
            DamagePart(self.shell, what),
            receiver=to[0],
            detail=detail,
            count=count,
            today=self.shell.context.today(),
            received_by=to[1],
            send=partial(self._hand_over, what),
        )
        self.dialog.open()

    def _hand_over(
        self, what: dict[str, Any], dialog: HandOverDialog, on: dt.date, received_by: str
    ) -> None:
        damage = dialog.damage.value()

        def work(context: Context) -> HandedOver:
            return services.deliveries.hand_over(
                context, on=on, received_by=received_by, damage=damage, **what
            )

        def handed(done: HandedOver) -> None:
            dialog.accept()
            text = _("{pieces} handed over to {institution}").format(
                pieces=words.pieces(done.pieces), institution=done.institution
            )
            if done.complaints:
                said = _("Damage is reported as {numbers}.")
                text = f"{text}. {said.format(numbers=', '.join(done.complaints))}"
            self.done(done, text)

        hold = (dialog.verb, dialog.cancel)
        self.shell.jobs.write(work, handed, dialog.refuse, hold=hold, owner=dialog)

    def _open_return(self, loan: int | None = None) -> None:
        self.take_back = TakeBackDialog(self.shell, self, self.word, loan)
        self.take_back.open()


def _kind(row: PickRow) -> _Kind:
    return (row.article_id, row.condition, row.institution_id)
