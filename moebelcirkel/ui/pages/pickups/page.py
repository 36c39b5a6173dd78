"""Reports of furniture that should go: the list to the left, the chosen report to the right.

Givers report, correct and follow here; the warehouse decides, plans the day and finishes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.pickups import PickupState, Step
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, ngettext, number, refusal
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, holder, row
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.pickups import asks
from moebelcirkel.ui.pages.pickups.card import PickupCard
from moebelcirkel.ui.pages.pickups.columns import columns
from moebelcirkel.ui.pages.pickups.deciding import Deciding
from moebelcirkel.ui.pages.pickups.line_editor import LineEditor
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog

if TYPE_CHECKING:
    from moebelcirkel.services.pickups import PickupDetail, PickupPage, PickupRow, Reported
    from moebelcirkel.ui.kit.shell import Shell

_CARD_WIDTH = 400
_STATES: dict[str, frozenset[PickupState]] = {
    "new": frozenset({PickupState.REPORTED, PickupState.QUESTION}),
    "ahead": frozenset({PickupState.ACCEPTED, PickupState.PLANNED}),
    "ended": frozenset({PickupState.REFUSED, PickupState.WITHDRAWN, PickupState.CLOSED}),
    "all": frozenset(),
}


class PickupsPage(Page):
    """List and detail; what the asker may do decides which buttons are there."""

    word = "pickups"
    title = N_("Pickups")
    kinds = frozenset(
        {"pickup", "pickup_line", "pickup_piece", "unit", "institution", "photo_blob"}
    )
    scan_searches = True
    search_hint = N_("Number, giver, furniture or label")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self._wanted: int | None = None
        self.dialog: ReportDialog | None = None
        self.warehouse = shell.context.allows(Action.PICKUP)
        reach = shell.context.reach(Action.HAND_IN)
        self.states = SegmentedField(
            "",
            [
                Choice("new", _("Not decided")),
                Choice("ahead", _("To be fetched")),
                Choice("ended", _("Ended")),
                Choice("all", _("All")),
            ],
        )
        self.states.set_value("new" if self.warehouse else "all")
        self.model: PagedTableModel[PickupRow] = PagedTableModel(
            columns(many_givers=reach is None or len(reach) > 1, warehouse=self.warehouse),
            lambda each: each.id, self._fetch, self,
        )  # fmt: skip
        self.table = TableView(_("Pickups"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.empty = EmptyState(_("Nothing is reported"), icon="truck")
        self.card = PickupCard()
        # One button leads on each side: reporting for givers, deciding for the warehouse.
        role = "" if self.warehouse else "primary"
        self.new = push_button(_("Report furniture"), self.create_new, role=role)
        self.correct = push_button(_("Correct…"), self._correct)
        self.withdraw = push_button(_("Take back…"), self._ask_withdraw, role="danger")
        self.deciding = Deciding(self)
        self._build()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Another page points to a report by its id."""
        if isinstance(argument, int):
            self._wanted = argument
            self._text = ""
            self.states.set_value("all")
            self.reload()

    def reload(self) -> None:
        """Read the list, and the chosen report where the list still holds it."""
        states, text, wanted, by_day = self._filter(), self._text, self._wanted, self._by_day()
        self.shell.jobs.read(
            lambda context: asks.listed(context, states, text, holding=wanted, by_day=by_day),
            lambda page: self._show(page, wanted),
            channel="pickups",
        )

    def search(self, text: str) -> None:
        """Every keystroke; a newer one stops the older."""
        self._text = text
        self.reload()

    def scanned(self, code: str) -> bool:
        """A label shows the report that its piece came of."""
        self.states.set_value("all")
        self.search(code)
        return True

    def header_buttons(self) -> list[QPushButton]:
        """Reporting stands at the top."""
        return [self.new]

    def create_new(self) -> None:
        """Ctrl+N reports."""
        self._open(None)

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        buttons = [*self.deciding.buttons(), self.correct, self.withdraw]
        self.card.take_buttons(buttons)
        frame = CardFrame()
        frame.add(holder(row(self.states, self.table.columns_button())))
        frame.add(ListOrEmpty(self.table, self.empty), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(frame, [(self.card, _CARD_WIDTH)], collapse_below=860))
        self.setFocusProxy(self.table)
        self.states.changed.connect(self.reload)
        self.table.selection_changed.connect(self._selected)
        self._show_nothing()

    def _filter(self) -> frozenset[PickupState]:
        return _STATES[str(self.states.value() or "all")]

    def _by_day(self) -> bool:
        return self.states.value() == "ahead"

    # --- the list -----------------------------------------------------------------------------

    def _fetch(self, request: PageRequest[PickupRow]) -> None:
        states, text, by_day = self._filter(), self._text, self._by_day()
        self.shell.jobs.read(
            lambda context: asks.listed(context, states, text, request.first, by_day=by_day),
            lambda page: self.model.deliver(request, page.rows),
            lambda _error: self.model.failed(request),
            channel="pickups page",
        )

    def _show(self, page: PickupPage, wanted: int | None) -> None:
        """The report beside the list is always one of the list: the chosen one, else the first."""
        self._say_empty()
        with QSignalBlocker(self.table):  # The row marked before is not one chosen now.
            self.model.reset(page.total, page.rows)
        if self._wanted != wanted:
            self.reload()  # Another one was chosen meanwhile, out of the list before.
        elif wanted is not None and page.holds:
            self.table.select_key(wanted)
            self._show_detail_of(wanted)
        elif page.rows:
            self._wanted = None
            self.table.clearSelection()
            self.table.selectRow(0)
        else:
            self._show_nothing()

    def _say_empty(self) -> None:
        if self._text:
            self.empty.say(
                _("Nothing was found for “{text}”").format(text=self._text),
                _("Search for a number, a giver, furniture or a label number."),
            )
        elif self.states.value() == "all":
            self.empty.say(
                _("Nothing is reported"),
                _("Press “Report furniture” when you have furniture that should go."),
            )
        else:
            self.empty.say(_("Nothing is reported"), _("Choose All to see the others."))

    def _selected(self) -> None:
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        chosen = self.model.peek(numbers[0]) if numbers else None
        if chosen is not None and (self.card.detail is None or chosen.id != self._wanted):
            self._wanted = chosen.id
            self._show_detail_of(chosen.id)

    # --- one report ---------------------------------------------------------------------------

    def _show_detail_of(self, pickup_id: int) -> None:
        self.shell.jobs.read(
            lambda context: asks.detail(context, pickup_id),
            self._show_detail,
            lambda _error: self._show_nothing(),
            channel="pickup",
        )

    def _show_detail(self, detail: PickupDetail) -> None:
        if detail.row.id != self._wanted:
            return
        self.card.setEnabled(True)
        self.card.show_pickup(detail)
        mine = not self.warehouse or detail.row.own
        self.correct.setVisible(Step.CORRECT in detail.steps and mine)
        self.withdraw.setVisible(Step.WITHDRAW in detail.steps and mine)
        asked = detail.row.state is PickupState.QUESTION
        self.correct.setText(_("Answer…") if asked else _("Correct…"))
        self.deciding.show(detail)
        self.card.place_buttons()
        wanted = self.card.items.wanted_photos()
        if wanted:
            self.shell.jobs.aside(
                lambda context: asks.pictures(context, wanted),
                self._photos_arrived, channel="pickup photos",
            )  # fmt: skip

    def _photos_arrived(self, found: dict[str, QImage]) -> None:
        for key, image in found.items():
            self.card.items.show_pixmap(key, QPixmap.fromImage(image))

    def _show_nothing(self) -> None:
        self._wanted = None
        self.card.show_nothing()
        self.card.setEnabled(False)
        self.deciding.show(None)
        for button in (self.correct, self.withdraw):
            button.hide()

    # --- reporting ----------------------------------------------------------------------------

    def _correct(self) -> None:
        if self.card.detail is not None:
            self._open(self.card.detail)

    def _open(self, detail: PickupDetail | None) -> None:
        key = None if detail is None else detail.row.id

        def show(registers: asks.Registers) -> None:
            if self.dialog is not None:
                return
            dialog = self.dialog = ReportDialog(self, registers, detail, firms=self.warehouse)
            for editor in dialog.lines:
                self._serve(editor)
            dialog.line_added.connect(self._serve)
            dialog.asked.connect(lambda: self._send(dialog))
            dialog.finished.connect(self._closed)
            dialog.open()

        self.shell.jobs.read(lambda context: asks.registers(context, key), show, owner=self)

    def _closed(self) -> None:
        self.dialog = None

    def _serve(self, editor: LineEditor) -> None:
        """A line asks for known types, and for pictures to be made ready."""

        def find(text: str) -> None:
            self.shell.jobs.read(
                lambda context: asks.types(context, text),
                lambda hits: editor.offer(text, hits), channel="pickup types", owner=editor,
            )  # fmt: skip

        def prepare(data: bytes, name: str) -> None:
            self.shell.jobs.aside(
                lambda _context: asks.prepare(data, name), editor.pictures.add,
                lambda error: editor.pictures.refuse(refusal(error)), owner=editor,
            )  # fmt: skip

        editor.name.asked.connect(find)
        editor.pictures.offered.connect(prepare)

    def _send(self, dialog: ReportDialog) -> None:
        said, detail = dialog.report(), dialog.detail
        if detail is None:
            self._write(dialog, lambda context: asks.report(context, said), new=True)
        else:
            key, version = detail.row.id, detail.row.version
            self._write(
                dialog, lambda context: asks.correct(context, key, said, version), new=False
            )

    def _write(self, dialog: ReportDialog, work: Callable[..., Reported], *, new: bool) -> None:
        def done(done: Reported) -> None:
            dialog.accept()
            self._wanted = done.pickup_id
            if new and self.states.value() == "ended":
                self.states.set_value("all")
            text = ngettext(
                "{number}: {count} piece is reported", "{number}: {count} pieces are reported",
                done.pieces,
            )  # fmt: skip
            self.done(done, text.format(number=done.number, count=number(done.pieces)))

        self.shell.jobs.write(work, done, dialog.refuse, hold=(dialog.verb,), owner=self)

    def _ask_withdraw(self) -> None:
        detail = self.card.detail
        if detail is None:
            return
        key, version, name = detail.row.id, detail.row.version, detail.row.number
        said = _("{number} is taken back").format(number=name)

        def act() -> None:
            self.shell.jobs.write(
                lambda context: asks.withdraw(context, key, version),
                lambda done: self.done(done, said), self.said_no, hold=(self.withdraw,),
            )  # fmt: skip

        self.shell.messages.ask(
            _("Take {number} back?").format(number=name),
            _("The furniture stays where it is, and nobody fetches it."),
            _("Take back"), act, danger=True, no=_("Keep the report"),
        )  # fmt: skip

    def said_no(self, error: Refused) -> None:
        """A rule said no, or somebody was first: say so, and show how it is now."""
        self.shell.messages.refused(error)
        self.reload()
