"""Reports of furniture that should go: the list to the left, the chosen report to the right.

Givers report, correct and follow here; the warehouse decides, plans the day and finishes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from moebelcirkel import services
from moebelcirkel.domain.pickups import PickupState, PickupStep
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, ngettext, number
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.list_page import LongListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.pickups import asks
from moebelcirkel.ui.pages.pickups.card import PickupCard
from moebelcirkel.ui.pages.pickups.columns import columns
from moebelcirkel.ui.pages.pickups.deciding import Deciding
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog
from moebelcirkel.ui.parts import thumbs
from moebelcirkel.ui.parts.line_editor import serve

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.pickups import PickupDetail, PickupPage, PickupReported, PickupRow
    from moebelcirkel.ui.kit.shell import Shell

_STATES: dict[str, frozenset[PickupState]] = {
    "new": frozenset({PickupState.REPORTED, PickupState.QUESTION}),
    "ahead": frozenset({PickupState.ACCEPTED, PickupState.PLANNED}),
    "ended": frozenset({PickupState.REFUSED, PickupState.WITHDRAWN, PickupState.CLOSED}),
    "all": frozenset(),
}


class PickupsPage(LongListPage["PickupRow", "PickupDetail"]):
    """List and detail; what the asker may do decides which buttons are there."""

    word = "pickups"
    title = N_("Pickups")
    kinds = frozenset(
        {"pickup", "pickup_line", "pickup_piece", "unit", "want", "institution", "photo_blob"}
    )
    scan_searches = True
    search_hint = N_("Number, giver, furniture or label")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
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
            lambda each: each.id,
            self.fetch,
            self,
        )
        self.empty = EmptyState(_("Nothing is reported"), icon="truck")
        self.card = PickupCard()
        # One button leads on each side: reporting for givers, deciding for the warehouse.
        role = "" if self.warehouse else "primary"
        self.new = push_button(_("Report furniture"), self.create_new, role=role)
        self.correct = push_button(_("Correct…"), self.with_shown(self._correct))
        self.withdraw = push_button(
            _("Take back…"), self.with_shown(self._ask_withdraw), role="danger"
        )
        self.deciding = Deciding(self)
        self._build()

    # --- what the window asks -----------------------------------------------------------------

    def header_buttons(self) -> list[QPushButton]:
        """Reporting stands at the top."""
        return [self.new]

    def activate(self, argument: object | None) -> None:
        """Another page points to a report, or asks for a new one."""
        if argument == "new":
            self.create_new()
        else:
            super().activate(argument)

    def create_new(self) -> None:
        """Ctrl+N reports."""
        self._open(None)

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        buttons = [*self.deciding.buttons(), self.correct, self.withdraw]
        self.card.take_buttons(buttons)
        self.lay(self.model, self.empty, self.card, buttons, states=self.states, width=400)
        self.show_nothing()

    # --- the list -----------------------------------------------------------------------------

    def listing(
        self, offset: int, after: PickupRow | None, holding: int | None
    ) -> Callable[[Context], PickupPage]:
        """The reports of these states that the words find; those to be fetched by their day."""
        chosen, text = str(self.states.value() or "all"), self.text
        return lambda context: services.pickups.listed(
            context,
            states=_STATES[chosen],
            text=text,
            offset=offset,
            holding=holding,
            by_day=chosen == "ahead",
        )

    def say_empty(self) -> None:
        """What to look for, or how one reports."""
        if self.text:
            self.say_not_found(_("Search for a number, a giver, furniture or a label number."))
        elif self.states.value() == "all":
            self.empty.say(
                _("Nothing is reported"),
                _("Press “Report furniture” when you have furniture that should go."),
            )
        else:
            self.empty.say(_("Nothing is reported"), _("Choose All to see the others."))

    # --- one report ---------------------------------------------------------------------------

    def detail_of(self, context: Context, key: int) -> PickupDetail:
        """One report."""
        return services.pickups.detail(context, key)

    def show_detail(self, detail: PickupDetail) -> None:
        """The report, and what may be done with it."""
        self.card.setEnabled(True)
        self.card.show_pickup(detail)
        mine = not self.warehouse or detail.row.own
        self.correct.setVisible(PickupStep.CORRECT in detail.steps and mine)
        self.withdraw.setVisible(PickupStep.WITHDRAW in detail.steps and mine)
        asked = detail.row.state is PickupState.QUESTION
        self.correct.setText(_("Answer…") if asked else _("Correct…"))
        self.deciding.show(detail)
        self.card.place_buttons()
        thumbs.show_in(self.shell, self.card.items, "pickup photos")

    def show_nothing(self) -> None:
        """An empty card."""
        self.card.show_nothing()
        self.card.setEnabled(False)
        self.deciding.show(None)
        for button in (self.correct, self.withdraw):
            button.hide()

    # --- reporting ----------------------------------------------------------------------------

    def _correct(self, detail: PickupDetail) -> None:
        self._open(detail)

    def _open(self, detail: PickupDetail | None) -> None:
        key = None if detail is None else detail.row.id

        def show(registers: asks.PickupFormData) -> None:
            if self.asking is not None:
                return
            dialog = ReportDialog(self, registers, detail, firms=self.warehouse)
            for editor in dialog.lines:
                serve(self.shell, editor)
            dialog.line_added.connect(lambda editor: serve(self.shell, editor))
            self.ask(
                dialog,
                lambda: (dialog.report(),),
                lambda context, said: (
                    services.pickups.report(context, said)
                    if detail is None
                    else services.pickups.correct(context, detail.row.id, said, detail.row.version)
                ),
                lambda done: self._sent(done, new=detail is None),
            )

        self.shell.jobs.read(lambda context: asks.registers(context, key), show, owner=self)

    def _sent(self, done: PickupReported, *, new: bool) -> None:
        self.chosen = done.pickup_id
        if new and self.states.value() == "ended":
            self.states.set_value("all")
        text = ngettext(
            "{number}: {count} piece is reported",
            "{number}: {count} pieces are reported",
            done.pieces,
        )
        self.done(done, text.format(number=done.number, count=number(done.pieces)))

    def _ask_withdraw(self, detail: PickupDetail) -> None:
        key, version, name = detail.row.id, detail.row.version, detail.row.number
        said = _("{number} is taken back").format(number=name)

        def act() -> None:
            self.shell.jobs.write(
                lambda context: services.pickups.withdraw(context, key, version),
                lambda done: self.done(done, said),
                self.said_no,
                hold=(self.withdraw,),
            )

        self.shell.messages.ask(
            _("Take {number} back?").format(number=name),
            _("The furniture stays where it is, and nobody fetches it."),
            _("Take back"),
            act,
            danger=True,
            no=_("Keep the report"),
        )
