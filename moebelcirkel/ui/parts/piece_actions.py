"""What can be done to pieces wherever they are shown: one action each, from click to toast.

The page says which pieces are meant when an action is started; dialogs, writes, refusals by name
and "Fortryd" are here, so that the table and the møbelpas do the same.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton

from moebelcirkel import services
from moebelcirkel.domain.lifecycle import TABLE, State, Step
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.parts.chosen_pieces import Chosen
from moebelcirkel.ui.parts.piece_dialogs import (
    ConditionDialog,
    DismantleDialog,
    PlaceDialog,
    PriceDialog,
    ScrapDialog,
    price_words,
)

if TYPE_CHECKING:
    from moebelcirkel.services.cases import CaseSaved
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.places import PlaceChoice
    from moebelcirkel.services.stock import Dismantled, Prices
    from moebelcirkel.ui.kit.page import Page

Choose = Callable[[Callable[[Chosen], None]], None]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One action: its words, right, and the states in which a piece can take it."""

    key: str
    text: str
    right: Action
    states: frozenset[State]
    run: Callable[[PieceActions, Chosen], None]
    danger: bool = False


_FREE = frozenset({State.RECEIVED, State.READY, State.LISTED})
_ALL = frozenset(State)


class PieceActions(QObject):
    """The actions of one page, as buttons or as a menu; ``subject`` tells the chosen pieces apart.

    A button acts on what was chosen when it was pressed, a menu on what was when it was opened.
    """

    def __init__(self, page: Page, choose: Choose, subject: Callable[[], Hashable]) -> None:
        super().__init__(page)
        self._page = page
        self._choose = choose
        self._subject = subject
        self._menu_for: Hashable = None
        self.decision: Decision | None = None
        context = page.shell.context
        self._entries = [entry for entry in _ENTRIES if context.allows(entry.right)]
        self._buttons: dict[str, QPushButton] = {}
        self._actions: dict[str, QAction] = {}

    def buttons(self, *keys: str) -> list[QPushButton]:
        """Buttons of some actions that this person may do, in this order."""
        for entry in self._named(keys):
            button = QPushButton(_(entry.text))
            if entry.danger:
                button.setProperty("role", "danger")
            button.clicked.connect(lambda _on=False, entry=entry: self._start(entry))
            self._buttons[entry.key] = button
        if self._buttons:
            self.decision = Decision(self._subject, *self._buttons.values())
        return [self._buttons[key] for key in keys if key in self._buttons]

    def menu_button(self, text: str, *keys: str) -> QToolButton | QPushButton | None:
        """A button with a menu of some actions; None where there is nothing to choose."""
        entries = self._named(keys)
        if not entries:
            return None
        button = QPushButton(text)
        icons.put(button, "more", "muted")
        menu = QMenu(button)
        menu.setAccessibleName(text)
        for entry in entries:
            action = menu.addAction(_(entry.text))
            action.triggered.connect(lambda _on=False, entry=entry: self._from_menu(entry))
            self._actions[entry.key] = action
        menu.aboutToShow.connect(self._menu_opened)
        button.setMenu(menu)
        return button

    def chosen(self) -> None:
        """The pieces were chosen by hand."""
        if self.decision is not None:
            self.decision.chosen()

    def fit(self, states: Sequence[State]) -> None:
        """Offer what at least one of the pieces can take."""
        if self.decision is not None:
            self.decision.shown()
        for entry in self._entries:
            on = bool(entry.states & set(states))
            button, action = self._buttons.get(entry.key), self._actions.get(entry.key)
            if button is not None:
                if not on and button is button.window().focusWidget():
                    self._leave_buttons()
                button.setEnabled(on)
            if action is not None:
                action.setEnabled(on)

    def _leave_buttons(self) -> None:
        """A button that goes off hands the keyboard to the next, which may scrap: take it back."""
        table = self._page.findChild(TableView)
        target = table if isinstance(table, TableView) else self._page
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def trigger(self, key: str) -> None:
        """Start an action by its key."""
        for entry in self._named((key,)):
            self._start(entry)

    def _named(self, keys: Sequence[str]) -> list[_Entry]:
        by_key = {entry.key: entry for entry in self._entries}
        return [by_key[key] for key in keys if key in by_key]

    def _menu_opened(self) -> None:
        self._menu_for = self._subject()

    def _from_menu(self, entry: _Entry) -> None:
        if self._menu_for == self._subject():
            self._start(entry)
        else:
            self._page.shell.messages.info(_("What is chosen has changed meanwhile. Choose again."))

    def _start(self, entry: _Entry) -> None:
        self._choose(lambda chosen: entry.run(self, chosen) if chosen.unit_ids else None)

    # --- one method an action -----------------------------------------------------------------

    def move(self, chosen: Chosen) -> None:
        """Ask for the place and move."""

        def opened(places: list[PlaceChoice]) -> None:
            title = _("Move {pieces}").format(pieces=chosen.words)
            said = _("{pieces} moved to {place}")
            text = " ".join(filter(None, (chosen.bound, _("Choose a place, or scan its label."))))
            dialog = PlaceDialog(self._page, title, _("Move"), text, places)
            self._page.ask(
                dialog,
                lambda: (chosen.unit_ids, dialog.chosen()),
                services.stock.move,
                lambda done: self._page.done(
                    done, said.format(pieces=chosen.words, place=dialog.name)
                ),
            )

        self._page.shell.jobs.read(_places, opened, owner=self)

    def to_workshop(self, chosen: Chosen) -> None:
        """Open one case for all of them."""

        def send(context: Context) -> CaseSaved:
            return services.cases.send(context, chosen.unit_ids)

        said = _("{pieces} sent to the workshop").format(pieces=chosen.words)
        if chosen.count == 1:
            self._write(send, said)
            return
        text = " ".join(filter(None, (chosen.bound, _("They become one case on the board."))))
        title = _("Send {pieces} to the workshop").format(pieces=chosen.words)
        dialog = ActionDialog(self._page, title, _("Send to the workshop"), text)
        self._page.ask(dialog, lambda: (), send, said)

    def put_on_sale(self, chosen: Chosen) -> None:
        """Ask for the price and show them in the shop."""
        title = _("Put {pieces} on sale").format(pieces=chosen.words)
        rule = _("Price of the piece, else the suggested one")
        said = _("{pieces} put on sale").format(pieces=chosen.words)
        self._ask_price(chosen, title, _("Put on sale"), rule, services.stock.put_on_sale, said)

    def _ask_price(
        self,
        chosen: Chosen,
        title: str,
        verb: str,
        rule: str,
        write: Callable[[Context, Sequence[int], int | None], Done],
        said: str,
    ) -> None:
        """The question says what they cost now and by the rule."""

        def opened(prices: Prices) -> None:
            text = " ".join(filter(None, (chosen.bound, price_words(prices))))
            dialog = PriceDialog(self._page, title, verb, text, rule=rule, own_ore=chosen.price_ore)
            self._page.ask(dialog, lambda: (chosen.unit_ids, dialog.price_ore), write, said)

        self._page.shell.jobs.read(functools.partial(_prices, chosen.unit_ids), opened, owner=self)

    def take_off_sale(self, chosen: Chosen) -> None:
        """Take them out of the shop."""
        said = _("{pieces} taken off sale").format(pieces=chosen.words)
        self._write(lambda context: services.stock.take_off_sale(context, chosen.unit_ids), said)

    def set_price(self, chosen: Chosen) -> None:
        """Ask for another price."""
        title = _("Correct the price of {pieces}").format(pieces=chosen.words)
        said = _("Price of {pieces} corrected").format(pieces=chosen.words)
        verb, rule = _("Correct price"), _("Suggested price")
        self._ask_price(chosen, title, verb, rule, services.stock.set_price, said)

    def set_condition(self, chosen: Chosen) -> None:
        """Ask for the right condition."""
        title = _("Correct the condition of {pieces}").format(pieces=chosen.words)
        dialog = ConditionDialog(self._page, title, _("Correct condition"), chosen.condition)
        self._page.ask(
            dialog,
            lambda: (chosen.unit_ids, dialog.letter, dialog.why),
            services.stock.set_condition,
            _("Condition of {pieces} corrected").format(pieces=chosen.words),
        )

    def scrap(self, chosen: Chosen) -> None:
        """Ask for the reason and scrap."""
        verb = _("Scrap {pieces}").format(pieces=chosen.words)
        text = " ".join(filter(None, (chosen.bound, _("You can undo it afterwards."))))
        dialog = ScrapDialog(self._page, verb, verb, text)
        said = _("{pieces} scrapped").format(pieces=chosen.words)
        self._page.ask(dialog, lambda: (chosen.unit_ids, dialog.code), services.stock.scrap, said)

    def dismantle(self, chosen: Chosen) -> None:
        """Ask which parts are still good, and take the piece apart."""
        if chosen.count != 1:
            self._page.shell.messages.info(_("Take one piece apart at a time."))
            return

        def apart(done: Dismantled) -> None:
            self._page.done(done, _("{pieces} taken apart").format(pieces=chosen.words))
            self._sheet(done.part_ids)

        def opened(places: list[PlaceChoice]) -> None:
            title = _("Take {pieces} apart").format(pieces=chosen.words)
            dialog = DismantleDialog(self._page, title, _("Take apart"), places)

            self._page.ask(
                dialog,
                lambda: (chosen.unit_ids[0], dialog.parts(), dialog.letter, dialog.place_id),
                services.stock.dismantle,
                apart,
            )

        self._page.shell.jobs.read(_places, opened, owner=self)

    def print_labels(self, chosen: Chosen) -> None:
        """Show a sheet of labels."""
        self._sheet(chosen.unit_ids)

    def _sheet(self, unit_ids: Sequence[int]) -> None:
        from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog

        LabelSheetDialog(self._page.shell, unit_ids, self._page.window()).open()

    def _write(self, work: Callable[[Context], Done], said: str) -> None:
        self._page.shell.jobs.write(
            work, lambda done: self._page.done(done, said), owner=self._page
        )


def _places(context: Context) -> list[PlaceChoice]:
    return services.places.choices(context)


def _prices(unit_ids: tuple[int, ...], context: Context) -> Prices:
    return services.stock.prices(context, unit_ids)


_ENTRIES = (
    _Entry("move", N_("Move"), Action.STOCK, TABLE[Step.MOVE].sources, PieceActions.move),
    _Entry(
        "workshop",
        N_("To the workshop"),
        Action.CASE,
        TABLE[Step.TO_WORKSHOP].sources,
        PieceActions.to_workshop,
    ),
    _Entry(
        "sale", N_("Put on sale"), Action.SALE, TABLE[Step.LIST].sources, PieceActions.put_on_sale
    ),
    _Entry(
        "unlist",
        N_("Take off sale"),
        Action.SALE,
        TABLE[Step.UNLIST].sources,
        PieceActions.take_off_sale,
    ),
    _Entry("price", N_("Correct price"), Action.SALE, _FREE, PieceActions.set_price),
    _Entry("condition", N_("Correct condition"), Action.STOCK, _FREE, PieceActions.set_condition),
    _Entry("label", N_("Print labels"), Action.STOCK_VIEW, _ALL, PieceActions.print_labels),
    _Entry(
        "dismantle",
        N_("Take apart for parts"),
        Action.SCRAP,
        TABLE[Step.DISMANTLE].sources,
        PieceActions.dismantle,
    ),
    _Entry(
        "scrap",
        N_("Scrap"),
        Action.SCRAP,
        TABLE[Step.SCRAP].sources,
        PieceActions.scrap,
        danger=True,
    ),
)
