"""What one's institutions need: a list to the left, the chosen want to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import N_, _, ngettext, number
from moebelcirkel.ui.kit.forms.choices import Choice, SegmentedField
from moebelcirkel.ui.kit.list_page import ShortListPage
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.tables import TableModel
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.wants import asks, words
from moebelcirkel.ui.pages.wants.card import WantCard
from moebelcirkel.ui.pages.wants.dialog import WantDialog

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.orders import OrderSent
    from moebelcirkel.services.wants import ListedWant, WantDetail, Wrote
    from moebelcirkel.ui.kit.shell import Shell


class WantsPage(ShortListPage["ListedWant", "WantDetail"]):
    """List and detail; a want is made, corrected, ended, and what was found is ordered."""

    word = "wants"
    title = N_("Wants")
    kinds = frozenset(
        {
            "want",
            "hold",
            "unit",
            "order_line",
            "article",
            "institution",
            "pickup",
            "pickup_line",
            "app_user",
            "user_role",
        }
    )
    search_hint = N_("Number, words or institution")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        reach = shell.context.reach(Action.ORDER)
        self.states = SegmentedField("", [Choice("open", _("Open")), Choice("all", _("All"))])
        self.states.set_value("open")
        self.model: TableModel[ListedWant] = TableModel(
            words.columns(many_institutions=reach is None or len(reach) > 1),
            lambda want: want.id,
            parent=self,
        )
        self.empty = EmptyState(_("Nothing is wanted"), icon="target")
        self.card = WantCard()
        self.order = push_button("", self.with_shown(self._order), role="primary")
        self.change = push_button(_("Correct…"), self.with_shown(self._ask_change))
        self.end = push_button(_("End…"), self.with_shown(self._ask_end), role="danger")
        self._build()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """The shop begins a want, or points to one by its id."""
        if isinstance(argument, Seed):
            self._open(argument)
        elif isinstance(argument, int):
            self.chosen = argument
            self.states.set_value("all")
            self.reload()

    def header_buttons(self) -> list[QPushButton]:
        """A new want."""
        self.new_button = push_button(_("Want furniture…"), self.create_new)
        return [self.new_button]

    def create_new(self) -> None:
        self._open(Seed(None))

    def reload(self) -> None:
        """Read the list, and the chosen want where the list still holds it."""
        text, open_only = self.text, self.states.value() == "open"
        self.shell.jobs.read(
            lambda context: services.wants.listed(context, text=text, open_only=open_only),
            self._show,
            channel="wants",
        )

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        for button in (self.end, self.change):
            self.card.buttons.addWidget(button)
        self.card.buttons.addWidget(self.order, 1)
        acts = (self.order, self.change, self.end)
        self.lay(self.model, self.empty, self.card, acts, states=self.states)
        self.empty.pressed.connect(self.create_new)
        self.card.hide()

    # --- the list -----------------------------------------------------------------------------

    def _show(self, found: tuple[ListedWant, ...]) -> None:
        self._say_empty()
        self.show_rows(found)

    def _say_empty(self) -> None:
        if self.text:
            self.say_not_found()
            return
        self.empty.say(
            _("Nothing is wanted"),
            _("Say what you need and the shop does not have. It is held for you when it comes."),
            _("Want furniture…"),
        )

    def detail_of(self, context: Context, key: int) -> WantDetail:
        """One want."""
        return services.wants.detail(context, key)

    def show_detail(self, detail: WantDetail) -> None:
        """The want, and what may be done with it."""
        self.card.show_want(detail)
        self.card.show()
        count = len(detail.held)
        text = ngettext("Order {count} piece", "Order {count} pieces", count)
        self.order.setText(text.format(count=number(count)))
        self.order.setVisible(bool(count))
        for button in (self.change, self.end):
            button.setVisible(detail.may_change)

    # --- writing ------------------------------------------------------------------------------

    def _order(self, detail: WantDetail) -> None:
        want_id, units = detail.row.id, [piece.unit_id for piece in detail.held]
        self.shell.jobs.write(
            lambda context: services.wants.order(context, want_id, units),
            self._ordered,
            self.said_no,
            hold=(self.order,),
        )

    def _ordered(self, done: OrderSent) -> None:
        text = ngettext(
            "{number} has been sent: {count} piece.",
            "{number} has been sent: {count} pieces.",
            done.pieces,
        )
        self.done(done, text.format(number=done.number, count=done.pieces))

    def _ask_end(self, detail: WantDetail) -> None:
        want_id, version = detail.row.id, detail.row.version
        self.shell.messages.ask(
            _("End {number}?").format(number=detail.row.number),
            _("What is held for it goes to the next in line."),
            _("End it"),
            lambda: self.shell.jobs.write(
                lambda context: services.wants.end(context, want_id, version),
                self._ended,
                self.said_no,
            ),
            danger=True,
            no=_("Keep it"),
        )

    def _ended(self, done: Wrote) -> None:
        self.done(done, _("{number} is ended.").format(number=done.number))

    # --- the form -----------------------------------------------------------------------------

    def _ask_change(self, detail: WantDetail) -> None:
        self._open(Seed(detail.institution_id), detail)

    def _open(self, seed: Seed, detail: WantDetail | None = None) -> None:
        def read(context: Context) -> asks.WantFormData | None:
            of = seed.article_id if detail is None else detail.article_id
            return asks.for_form(context, seed.institution_id, of)

        self.shell.jobs.read(
            read, lambda asked: self._ask(asked, seed, detail), channel="want form"
        )

    def _ask(self, asked: asks.WantFormData | None, seed: Seed, detail: WantDetail | None) -> None:
        if asked is None or self.asking is not None:
            return
        dialog = WantDialog(self, asked, seed, detail)
        dialog.place.changed.connect(lambda: self._other_place(dialog, seed))
        self.ask(
            dialog,
            lambda: (dialog.want(), dialog.institution_id()),
            lambda context, form, place: (
                services.wants.create(context, place, form)
                if detail is None
                else services.wants.correct(context, detail.row.id, form, detail.row.version)
            ),
            self._wrote,
        )

    def _other_place(self, dialog: WantDialog, seed: Seed) -> None:
        """Another institution has other accounts."""
        key = dialog.institution_id()
        self.shell.jobs.read(
            lambda context: asks.for_form(context, key),
            lambda asked: dialog.show_payers(asked) if asked is not None else None,
            channel="want form",
        )

    def _wrote(self, done: Wrote) -> None:
        self.chosen = done.id
        self.done(done, _("{number} is saved.").format(number=done.number))
