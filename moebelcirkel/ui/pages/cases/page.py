"""The workshop's page: the board, and the panel of the case that is open."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit.lists.board import BoardWidget
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.pictures.thumbnails import decode
from moebelcirkel.ui.kit.plain import push_button
from moebelcirkel.ui.pages.cases import cards, writing
from moebelcirkel.ui.pages.cases.panel import CasePanel, move

if TYPE_CHECKING:
    from moebelcirkel.services.cases import Board as BoardRows
    from moebelcirkel.services.cases import BoardCase, CaseSaved, Scanned
    from moebelcirkel.services.context import Context, DoneT
    from moebelcirkel.ui.kit.shell import Shell


class CasesPage(Page):
    """Five columns; cards are moved, opened and finished, with undo for each."""

    word = "cases"
    title = N_("Workshop")
    kinds = frozenset(
        {
            *("workshop_case", "case_unit", "case_task", "case_part"),
            *("unit", "article", "photo", "errand"),
        }
    )
    search_hint = N_("Scan a label to open the piece")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self._cards: dict[int, BoardCase] = {}
        self._may_sell = shell.context.allows(Action.SALE)
        self.panel = CasePanel(shell, self, self._write, self.scanned)
        self.panel.closed.connect(self._panel_closed)
        self.panel.sale_asked.connect(self._ask_sale)
        self.board = BoardWidget(cards.titles())
        self.board.move_requested.connect(self._move)
        self.board.opened.connect(self.panel.open)
        self.board.ask_photos_through(self._ask_photos)
        self.empty = EmptyState(
            _("The workshop is empty"),
            _("Scan a label, or type its number above, to take a piece in."),
            icon="wrench",
        )
        self.out = push_button(_("At a repairer"), self.reload)
        self.out.setCheckable(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    # --- the window asks ------------------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """With a case's id, open it; else the keyboard goes to the board."""
        if isinstance(argument, int):
            self.panel.open(argument)
        else:
            self._focus_board()

    def reload(self) -> None:
        """Read the board, and the case that is open."""
        text, out = self._text, self.out.isChecked()

        def work(context: Context) -> BoardRows:
            return services.cases.board(context, text, out=out)

        self.shell.jobs.read(work, self._show_board, channel="cases")
        self.panel.reload()

    def search(self, text: str) -> None:
        if text != self._text:
            self._text = text
            self.reload()

    def header_buttons(self) -> list[QPushButton]:
        """What is at repairers alone."""
        return [self.out]

    def scanned(self, code: str) -> bool:
        """Open the piece's case, or take the piece into the workshop."""

        def work(context: Context) -> Scanned:
            return services.cases.at_code(context, code)

        self.shell.jobs.read(work, self._found, self._scan_refused, owner=self)
        return True

    # --- the board ------------------------------------------------------------------------------

    def _show_board(self, rows: BoardRows) -> None:
        self._cards = {case.id: case for column in rows.cards.values() for case in column}
        shown = {
            state: [cards.card(case, may_sell=self._may_sell) for case in column]
            for state, column in rows.cards.items()
        }
        self.board.show_cards(shown, rows.counts)
        empty = not self._cards
        if empty and self._text:
            self.empty.say(
                _("No case fits “{text}”").format(text=self._text), _("Search for something else.")
            )
        elif empty and self.out.isChecked():
            self.empty.say(_("Nothing is at a repairer"), _("Send it from its case."))
        elif empty:
            self.empty.say(
                _("The workshop is empty"),
                _("Scan a label, or type its number above, to take a piece in."),
            )
        self.stack.setCurrentWidget(self.empty if empty else self.board)

    def _focus_board(self) -> None:
        for state in self.board.keys:
            view = self.board.view(state)
            if view.cards.entries:
                view.setFocus()
                if view.current_key() is None:
                    view.select_key(view.cards.entries[0].key)
                return

    def _panel_closed(self, case_id: int | None) -> None:
        if case_id is None or not self.board.focus_card(case_id):
            self._focus_board()

    def _ask_photos(self, keys: Sequence[Hashable]) -> None:
        wanted = [str(key) for key in keys]

        def work(context: Context) -> dict[str, QImage | None]:
            found = services.photos.thumbs(context, wanted)
            return {key: decode(found[key]) if key in found else None for key in wanted}

        self.shell.jobs.aside(work, self._photos_read, owner=self)

    def _photos_read(self, images: dict[str, QImage | None]) -> None:
        for key, image in images.items():
            self.board.photo_arrived(key, image)

    def _move(self, key: int, column: str) -> None:
        case = self._cards.get(key)
        if case is None or case.state == column:
            return
        if case.state == "ready":
            self.shell.messages.info(
                _("It is finished. Scan its label to take it into the workshop again.")
            )
        elif column == "ready":
            self.panel.open(key, finish=True)
        else:
            self._write(*move(key, case.version, column))

    # --- put on sale ----------------------------------------------------------------------------

    def _ask_sale(self, key: int) -> None:
        case = self._cards.get(key)
        if case is None:
            return
        self.shell.messages.ask(
            cards.many(case.count, case.name),
            _("It is shown in the shop at the price of its condition."),
            cards.sale_words(case.count),
            lambda: self._sell(case),
        )

    def _sell(self, case: BoardCase) -> None:
        work = functools.partial(writing.put_on_sale, case.unit_ids)
        many = ngettext("{count} piece is on sale", "{count} pieces are on sale", case.count)
        self._write(work, many.format(count=number(case.count)))

    def _write(
        self,
        work: Callable[[Context], DoneT],
        text: str = "",
        after: Callable[[DoneT], object] | None = None,
    ) -> None:
        def done(done: DoneT) -> None:
            # Told first, so that what is opened afterwards is read last and stays.
            self.done(done, text)
            if after is not None:
                after(done)

        self.shell.jobs.write(work, done, self._refused, owner=self)

    def _refused(self, error: Refused) -> None:
        if not self.panel.refused(error):
            self.shell.messages.refused(error)
        self.reload()

    # --- scanning -------------------------------------------------------------------------------

    def _found(self, piece: Scanned) -> None:
        if piece.is_part and piece.case_id is None and self.panel.takes_part(piece.number):
            return
        if piece.case_id is not None:
            self.panel.open(piece.case_id, piece.unit_id)
        elif piece.state == "listed":
            self.shell.messages.ask(
                f"{piece.name} · {piece.number}",
                _("It is on sale. Take it off sale and into the workshop?"),
                _("Take it in"),
                lambda: self._take_in(piece),
            )
        else:
            self._take_in(piece)

    def _take_in(self, piece: Scanned) -> None:
        def after(done: CaseSaved) -> None:
            self.panel.open(done.case_id)

        text = _("{number} is in the workshop").format(number=piece.number)
        self._write(functools.partial(writing.send, piece.unit_id), text, after)

    def _scan_refused(self, error: Refused) -> None:
        if not self.panel.refused(error):
            self.shell.messages.refused(error)
