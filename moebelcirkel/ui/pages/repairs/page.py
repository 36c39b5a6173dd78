"""Repairs of what institutions own: owners ask and agree, the workshop gives prices and receives.

From then on the furniture is in a case of the workshop, and afterwards on a delivery note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from moebelcirkel import services
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _, kroner, ngettext
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.list_page import ShortListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.repairs import words
from moebelcirkel.ui.pages.repairs.card import RepairCard
from moebelcirkel.ui.pages.repairs.dialogs import (
    OfferDialog,
    ReceiveDialog,
    RefuseRepairDialog,
    WishDialog,
)
from moebelcirkel.ui.pages.repairs.part_dialog import PartDialog
from moebelcirkel.ui.parts import thumbs
from moebelcirkel.ui.parts.line_editor import serve

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.repairers import RepairerChoice
    from moebelcirkel.services.repairs import (
        Agreed,
        Offerable,
        PartTaken,
        Received,
        RepairChoices,
        RepairDetail,
        RepairRow,
    )
    from moebelcirkel.ui.kit.shell import Shell


class RepairsPage(ShortListPage["RepairRow", "RepairDetail"]):
    """List and detail; what the asker may do decides which buttons are there."""

    word = "repairs"
    title = N_("Repairs")
    kinds = frozenset(
        {
            "repair",
            "repair_task",
            "errand",
            "pickup",
            "unit",
            "shop_order",
            "order_line",
            "institution",
        }
    )
    search_hint = N_("Number, furniture or institution")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.asks = shell.context.allows(Action.HAND_IN)
        self.bench = shell.context.allows(Action.CASE)
        reach = shell.context.reach(Action.HAND_IN)
        many = self.bench or reach is None or len(reach) > 1
        self.states = SegmentedField("", [Choice("open", _("Open")), Choice("all", _("All"))])
        self.states.set_value("open")
        self.model: TableModel[RepairRow] = TableModel(
            words.columns(many_institutions=many), lambda row: row.id, parent=self
        )
        self.empty = EmptyState(_("Nothing is being repaired"), icon="wrench")
        self.card = RepairCard()
        role = "" if self.bench else "primary"
        self.new = push_button(_("Have furniture repaired…"), self.create_new, role=role)
        self.part = push_button(_("A spare part…"), self._find_part)
        self.accept = push_button(
            _("Agree to the price"), self.with_shown(self._accept), role="primary"
        )
        self.offer = push_button(_("Give a price…"), self._ask_offer, role="primary")
        self.receive = push_button(
            _("Receive…"), self.with_shown(self._ask_receive), role="primary"
        )
        self.refuse = push_button(_("Turn down…"), self.with_shown(self._ask_refuse), role="danger")
        self.withdraw = push_button(
            _("Take back…"), self.with_shown(self._ask_withdraw), role="danger"
        )
        self._build()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Another page points to one by its id, or asks for a new one."""
        if argument == "new":
            self.create_new()
        elif isinstance(argument, int):
            self.chosen = argument
            self.states.set_value("all")
            self.reload()

    def header_buttons(self) -> list[QPushButton]:
        """Asking stands at the top; a part may be enough."""
        if not self.asks:
            return []
        return [self.part, self.new] if self.shell.context.allows(Action.ORDER) else [self.new]

    def create_new(self) -> None:
        """Ctrl+N asks for a repair."""
        if self.asks:
            self.shell.jobs.read(services.repairs.choices, self._open_wish, owner=self)

    def reload(self) -> None:
        """Read the list, and the chosen one where the list still holds it."""
        text, open_only = self.text, self.states.value() == "open"
        self.shell.jobs.read(
            lambda context: services.repairs.listed(context, text, open_only=open_only),
            self._show,
            channel=self.word,
        )

    # --- the list and the card ----------------------------------------------------------------

    def _build(self) -> None:
        for button in (self.refuse, self.withdraw):
            self.card.buttons.addWidget(button)
        for button in (self.offer, self.accept, self.receive):
            self.card.buttons.addWidget(button, 1)
        acts = (self.accept, self.offer, self.receive, self.refuse, self.withdraw)
        self.lay(self.model, self.empty, self.card, acts, states=self.states)
        self.empty.pressed.connect(self.create_new)
        self.card.hide()

    def _show(self, found: list[RepairRow]) -> None:
        if self.text:
            self.say_not_found()
        else:
            self.empty.say(
                _("Nothing is being repaired"),
                _("Own furniture is fetched, repaired at a price you agree to, and brought back."),
                _("Have furniture repaired…") if self.asks else "",
            )
        self.show_rows(found)

    def detail_of(self, context: Context, key: int) -> RepairDetail:
        """One repair."""
        return services.repairs.detail(context, key)

    def show_detail(self, detail: RepairDetail) -> None:
        """The repair, and what may be done with it."""
        self.card.show_repair(detail)
        self.card.show()
        self.accept.setVisible(detail.may_accept)
        self.offer.setVisible(detail.may_offer)
        self.refuse.setVisible(detail.may_offer)
        self.receive.setVisible(detail.may_receive)
        self.withdraw.setVisible(detail.may_withdraw and not self.bench)
        again = detail.row.listed.offered_at is not None
        self.offer.setText(_("Give another price…") if again else _("Give a price…"))
        thumbs.show_in(self.shell, self.card.items, "repair photos")

    # --- asking -------------------------------------------------------------------------------

    def _open_wish(self, choices: RepairChoices) -> None:
        if self.asking is not None:
            return
        dialog = WishDialog(self, choices)
        serve(self.shell, dialog.line)

        self.ask(
            dialog,
            lambda: (dialog.wish(),),
            services.repairs.report,
            _("The workshop is asked for a price."),
        )

    def _find_part(self) -> None:
        self.shell.jobs.read(services.repairs.choices, self._open_part, owner=self)

    def _open_part(self, choices: RepairChoices) -> None:
        if self.asking is not None:
            return
        dialog = PartDialog(self, choices)
        serve(self.shell, dialog.line)

        def find(article: object, category: str) -> None:
            key = article if isinstance(article, int) else None
            self.shell.jobs.read(
                lambda context: services.repairs.fitting(context, key, category),
                dialog.show_parts,
                channel="repairs.parts",
                owner=dialog,
            )

        dialog.looked_for.connect(find)
        self.ask(
            dialog,
            lambda: (dialog.institution_id(), dialog.wish()),
            services.repairs.take_part,
            self._got_part,
        )

    def _got_part(self, done: PartTaken) -> None:
        """What was on the shelf is ordered in the shop; what was not is under wants."""
        if not done.unit_ids:
            text = _("{number}: the part is held for you when it comes")
            self.done(done, text.format(number=done.want_number))
            return
        text = ngettext(
            "{count} part lies in your basket",
            "{count} parts lie in your basket",
            len(done.unit_ids),
        )
        told = [text.format(count=len(done.unit_ids))]
        if done.want_number:
            told.append(_("{number} wants the rest").format(number=done.want_number))
        self.done(done, ", ".join(told))
        self.shell.go("shop")

    def _ask_withdraw(self, detail: RepairDetail) -> None:
        listed = detail.row.listed
        said = _("{number} is taken back").format(number=listed.number)
        self.shell.messages.ask(
            _("Take {number} back?").format(number=listed.number),
            _("The furniture stays where it is, and nobody fetches it."),
            _("Take back"),
            lambda: self.shell.jobs.write(
                lambda context: services.pickups.withdraw(context, listed.pickup_id),
                lambda done: self.done(done, said),
                self.said_no,
            ),
            danger=True,
            no=_("Keep it"),
        )

    # --- the price ----------------------------------------------------------------------------

    def _accept(self, detail: RepairDetail) -> None:
        key, version = detail.row.id, detail.row.listed.version
        self.shell.jobs.write(
            lambda context: services.repairs.accept(context, key, version),
            self._agreed,
            self.said_no,
            hold=(self.accept,),
        )

    def _agreed(self, done: Agreed) -> None:
        text = _("{number} is ordered for {amount}.")
        if done.state == OrderState.AWAITING:
            text = _("{number} awaits approval: {amount}.")
        self.done(done, text.format(number=done.number, amount=kroner(done.total_ore)))

    def _ask_offer(self) -> None:
        self.shell.jobs.read(_offerable, self._open_offer, owner=self)

    def _open_offer(self, found: tuple[list[Offerable], list[RepairerChoice]]) -> None:
        detail = self.on_card
        if detail is None or self.asking is not None:
            return
        key, version = detail.row.id, detail.row.listed.version
        dialog = OfferDialog(self, detail, *found, words.warranty_of(detail))

        self.ask(
            dialog,
            lambda: (dialog.offers(), dialog.expected.value(), dialog.note.value()),
            lambda context, tasks, day, note: services.repairs.offer(
                context, key, tasks, day, note, version
            ),
            _("The owner is told the price."),
        )

    def _ask_refuse(self, detail: RepairDetail) -> None:
        if self.asking is not None:
            return
        key, version = detail.row.id, detail.row.listed.version
        dialog = RefuseRepairDialog(self, detail.row.listed.number)
        said = _("{number} is turned down").format(number=detail.row.listed.number)

        self.ask(
            dialog,
            lambda: (dialog.words.value(),),
            lambda context, reason: services.repairs.refuse(context, key, reason, version),
            said,
        )

    # --- in the workshop ----------------------------------------------------------------------

    def _ask_receive(self, detail: RepairDetail) -> None:
        if self.asking is not None:
            return
        key, version = detail.row.id, detail.row.listed.version
        dialog = ReceiveDialog(self, detail)

        self.ask(
            dialog,
            lambda: (dialog.pieces.value() or 0, dialog.labels.value().replace(",", " ").split()),
            lambda context, pieces, labels: services.repairs.receive(
                context, key, pieces, labels, version=version
            ),
            lambda done: self.done(done, _received(done)),
        )


def _offerable(context: Context) -> tuple[list[Offerable], list[RepairerChoice]]:
    """Task types, and repairers with what is agreed."""
    return services.repairs.task_types(context), services.repairers.choices(context)


def _received(done: Received) -> str:
    text = ngettext(
        "{count} piece is in the workshop: {numbers}",
        "{count} pieces are in the workshop: {numbers}",
        len(done.numbers),
    )
    return text.format(count=len(done.numbers), numbers=", ".join(done.numbers))
