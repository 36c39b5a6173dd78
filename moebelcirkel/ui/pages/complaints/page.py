"""Complaints: a long list to the left, the chosen one and what is decided of it to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, ngettext
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.list_page import LongListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.complaints import words
from moebelcirkel.ui.pages.complaints.card import ComplaintCard
from moebelcirkel.ui.pages.complaints.dialogs import (
    ComplaintPriceDialog,
    DecideDialog,
    RefuseComplaintDialog,
    RepairDialog,
    ReturnDialog,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.complaints import (
        ComplaintDetail,
        ComplaintPage,
        ComplaintsDecided,
        ListedComplaint,
    )
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell


class ComplaintsPage(LongListPage["ListedComplaint", "ComplaintDetail"]):
    """List and detail; the warehouse decides here, the others see how theirs stand."""

    word = "complaints"
    title = N_("Complaints")
    kinds = frozenset(
        {
            "complaint",
            "run",
            "run_errand",
            "delivery",
            "unit",
            "charge",
            "article",
            "institution",
            "app_user",
            "photo_blob",
        }
    )
    scan_searches = True
    search_hint = N_("Complaint, order, delivery or label number, or institution")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        reach = shell.context.reach(Action.ORDER_VIEW)
        self.states = SegmentedField(
            "",
            [
                Choice("open", _("Not decided")),
                Choice("live", _("In hand")),
                Choice("all", _("All")),
            ],
        )
        self.states.set_value("open" if shell.context.allows(Action.RETURN) else "live")
        self.model: PagedTableModel[ListedComplaint] = PagedTableModel(
            words.columns(many_institutions=reach is None or len(reach) > 1),
            lambda row: row.id,
            self.fetch,
            self,
        )
        self.empty = EmptyState(_("No complaints"), icon="check")
        self.card = ComplaintCard()
        self.refuse = push_button(_("Turn down…"), lambda: self._ask(RefuseComplaintDialog))
        self.price = push_button(_("New price…"), lambda: self._ask(ComplaintPriceDialog))
        self.repair = push_button(_("Repair…"), lambda: self._ask(RepairDialog))
        self.back = push_button(
            _("Let it come back…"), lambda: self._ask(ReturnDialog), role="primary"
        )
        self.decisions = (self.refuse, self.price, self.repair, self.back)
        self.delivery = push_button(_("Show delivery"), self.with_shown(self._show_delivery))
        self.take_back = push_button(_("It has come back"), self._take_back, role="primary")
        acts = (*self.decisions, self.delivery, self.take_back)
        for place, button in enumerate(acts):
            self.card.grid.addWidget(button, place // 2, place % 2)
        self.lay(self.model, self.empty, self.card, acts, states=self.states)
        self.card.hide()

    # --- the list -----------------------------------------------------------------------------

    def listing(
        self, offset: int, after: ListedComplaint | None, holding: int | None
    ) -> Callable[[Context], ComplaintPage]:
        """The complaints that stand so and that the words find."""
        chosen, text = self.states.value(), self.text
        return lambda context: services.complaints.listed(
            context,
            undecided=chosen == "open",
            live=chosen == "live",
            text=text,
            offset=offset,
            holding=holding,
        )

    def say_empty(self) -> None:
        """What to look for, or where the others are."""
        if self.text:
            self.say_not_found()
        elif self.states.value() == "all":
            self.empty.say(
                _("No complaints"), _("Whoever received a delivery complains under Deliveries.")
            )
        else:
            self.empty.say(_("No such complaints"), _("Choose All to see the others."))

    # --- one complaint ------------------------------------------------------------------------

    def detail_of(self, context: Context, key: int) -> ComplaintDetail:
        """One complaint."""
        return services.complaints.detail(context, key)

    def show_detail(self, detail: ComplaintDetail) -> None:
        """The complaint, and what may be decided of it."""
        self.card.show_complaint(self.shell, detail)
        self.card.show()
        row, may = detail.row, detail.may_decide
        for button in self.decisions:
            button.setVisible(may)
        self.price.setEnabled(row.charged_ore > 0)
        self.repair.setEnabled(row.there)
        waits = row.state is ComplaintState.AGREED and row.outcome is Outcome.RETURN
        self.take_back.setVisible(waits and self.shell.context.allows(Action.RETURN))

    def _show_delivery(self, detail: ComplaintDetail) -> None:
        self.shell.go("receipts", detail.row.delivery_id)

    def _take_back(self) -> None:
        self.shell.go("deliveries", ("take_back", None))

    # --- deciding -----------------------------------------------------------------------------

    def _ask(self, kind: Callable[[ComplaintsPage, ComplaintDetail], DecideDialog]) -> None:
        detail = self.on_card
        if detail is None:
            return
        dialog = kind(self, detail)
        self.ask(
            dialog,
            lambda: (_call(dialog, detail.row),),
            lambda context, decide: decide(context),
            self._decided,
        )

    def _decided(self, done: ComplaintsDecided) -> None:
        text = ngettext("{number} is decided.", "{count} complaints are decided.", len(done.ids))
        self.done(done, text.format(number=done.numbers[0], count=len(done.ids)))


def _call(dialog: DecideDialog, row: ListedComplaint) -> Callable[[Context], ComplaintsDecided]:
    """What a dialog has asked for."""
    alike, version, fetch = dialog.all_of_them(), row.version, dialog.is_fetched()
    if isinstance(dialog, RefuseComplaintDialog):
        reason = dialog.reason.value()
        return lambda context: services.complaints.refuse(
            context, row.id, reason, alike=alike, version=version
        )
    if isinstance(dialog, ComplaintPriceDialog):
        price = dialog.price.value() or 0
        return lambda context: services.complaints.lower_price(
            context, row.id, price, alike=alike, version=version
        )
    if isinstance(dialog, RepairDialog):
        bring = dialog.is_brought()
        return lambda context: services.complaints.send_to_repair(
            context, row.id, alike=alike, version=version, fetch=fetch, bring=bring
        )
    return lambda context: services.complaints.agree_return(
        context, row.id, alike=alike, version=version, fetch=fetch
    )
