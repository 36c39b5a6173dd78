"""What is out on loan: a list to the left, the chosen loan to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, day
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.forms.fields import DateField
from moebelcirkel.ui.kit.list_page import ShortListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.loans import words
from moebelcirkel.ui.pages.loans.card import LoanCard
from moebelcirkel.ui.pages.loans.end_dialog import EndDialog

if TYPE_CHECKING:
    import datetime as dt

    from PySide6.QtWidgets import QWidget

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.loans import LoanDetail, LoanEnded, LoanMoved, LoanRow
    from moebelcirkel.services.pickups import PickupReported
    from moebelcirkel.ui.kit.shell import Shell


class MoveDialog(ActionDialog):
    """Asks for another day."""

    def __init__(self, parent: QWidget, row: LoanRow) -> None:
        super().__init__(
            parent,
            _("Move the loan {number} to another day").format(number=row.number),
            _("Move"),
            _("{institution} is to return it by {day}.").format(
                institution=row.institution, day=day(row.until)
            ),
        )
        self.until = self.form.add(
            "loan", DateField(_("Returned at the latest"), required=True, lies="ahead")
        )
        self.until.set_value(row.until)
        self.day = row.until

    def last_day(self) -> dt.date:
        """What was written, kept as ``day`` also after the form is gone."""
        day = self.until.value()
        assert day is not None, "the form asks for it"
        self.day = day
        return day


class LoansPage(ShortListPage["LoanRow", "LoanDetail"]):
    """List and detail; a loan's day is moved here, and what came back is taken from here."""

    word = "loans"
    title = N_("Loans")
    kinds = frozenset(
        {
            "unit",
            "shop_order",
            "order_line",
            "figure_line",
            "article",
            "institution",
            "app_user",
            "pickup",
        }
    )
    scan_searches = True
    search_hint = N_("Order number, institution or label")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        reach = shell.context.reach(Action.ORDER_VIEW)
        self.states = SegmentedField("", [Choice("all", _("All")), Choice("late", _("Overdue"))])
        self.states.set_value("all")
        self.model: TableModel[LoanRow] = TableModel(
            words.columns(many_institutions=reach is None or len(reach) > 1),
            lambda loan: loan.id,
            parent=self,
        )
        self.empty = EmptyState(_("Nothing is on loan"), icon="calendar")
        self.card = LoanCard()
        self.order = push_button(_("Show order"), self.with_shown(self._show_order))
        self.later = push_button(_("Another day…"), self.with_shown(self._ask_move))
        self.never = push_button(_("Does not come back…"), self.with_shown(self._ask_end))
        self.fetch = push_button(_("Have it fetched"), self.with_shown(self._fetch))
        self.back = push_button(_("Take back"), self.with_shown(self._take_back), role="primary")
        self._build()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """A message points to one by its order's id."""
        if isinstance(argument, int):
            self.chosen = argument
            self.text = ""
            self.states.set_value("all")
            self.reload()

    def reload(self) -> None:
        """Read the list, and the chosen loan where the list still holds it."""
        text, late = self.text, self.states.value() == "late"
        self.shell.jobs.read(
            lambda context: services.loans.listed(context, text=text, overdue_only=late),
            self._show,
            channel=self.word,
        )

    def scanned(self, code: str) -> bool:
        """A label shows the loan of its piece."""
        self.states.set_value("all")
        self.search(code)
        return True

    # --- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        for button in (self.order, self.later):
            self.card.buttons.addWidget(button, 1)
        # All in a line would be cut off.
        below = QHBoxLayout()
        below.setSpacing(10)
        below.addWidget(self.never, 1)
        below.addWidget(self.back, 1)
        self.card.body.addWidget(self.fetch)
        self.card.body.addLayout(below)
        acts = (self.order, self.later, self.never, self.fetch, self.back)
        self.lay(self.model, self.empty, self.card, acts, states=self.states)
        self.card.hide()

    def _show(self, found: tuple[LoanRow, ...]) -> None:
        if self.text:
            self.say_not_found()
        elif self.states.value() == "late":
            self.empty.say(_("No loan is overdue"), _("Choose All to see the others."))
        else:
            self.empty.say(
                _("Nothing is on loan"),
                _("Tick “As a loan” in the basket for what is only needed for a while."),
            )
        self.show_rows(found)

    def detail_of(self, context: Context, key: int) -> LoanDetail:
        """One loan."""
        return services.loans.detail(context, key)

    def show_detail(self, detail: LoanDetail) -> None:
        """The loan, and what may be done with it."""
        self.card.show_loan(detail)
        self.card.show()
        self.later.setVisible(detail.may_move)
        self.never.setVisible(detail.may_end)
        self.fetch.setVisible(detail.may_fetch)
        self.back.setVisible(detail.may_take_back)

    def _show_order(self, detail: LoanDetail) -> None:
        self.shell.go("orders", detail.row.id)

    def _take_back(self, detail: LoanDetail) -> None:
        self.shell.go("deliveries", ("take_back", detail.row.id))

    def _ask_move(self, detail: LoanDetail) -> None:
        dialog = MoveDialog(self, detail.row)
        row = detail.row
        self.ask(
            dialog,
            lambda: (dialog.last_day(),),
            lambda context, until: services.loans.move(context, row.id, until, row.version),
            lambda done: self._moved(done, dialog.day),
        )

    def _fetch(self, detail: LoanDetail) -> None:
        self.shell.jobs.write(
            lambda context: services.loans.fetch(context, detail.row.id),
            self._reported,
            self.said_no,
            hold=[self.fetch],
        )

    def _reported(self, done: PickupReported) -> None:
        self.done(done, _("Reported to be fetched as {number}.").format(number=done.number))

    def _ask_end(self, detail: LoanDetail) -> None:
        dialog = EndDialog(self, detail)
        self.ask(dialog, lambda: (dialog.ending(),), lambda context, end: end(context), self._ended)

    def _ended(self, done: LoanEnded) -> None:
        self.done(done, words.ended(done))

    def _moved(self, done: LoanMoved, until: dt.date) -> None:
        text = _("{number} is to be returned by {day}.")
        self.done(done, text.format(number=done.number, day=day(until)))
