"""Lager: all pieces in one table, to find, to sort, and to act on many at once."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QWidget

from moebelcirkel import services
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.stock import SortBy, StockFilter, StockOrder
from moebelcirkel.language import N_, _, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_columns import remember_columns
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import PagedTableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, row, scrolled
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.stock.columns import columns
from moebelcirkel.ui.pages.stock.filters import StockFilterPanel
from moebelcirkel.ui.parts.chosen_pieces import Chosen
from moebelcirkel.ui.parts.coming_note import ComingNote
from moebelcirkel.ui.parts.piece_actions import PieceActions
from moebelcirkel.ui.parts.piece_dialogs import pieces
from moebelcirkel.ui.parts.thumb_column import ThumbColumn

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.stock import lists as stock_list
    from moebelcirkel.services.stock.lists import StockListing, StockRow
    from moebelcirkel.ui.kit.shell import Changed, Shell

_FILTER_WIDTH = 192
_NARROW = 860
_NARROW_FILTERS = 280


class StockPage(Page):
    """Filters to the left, the table to the right, actions on what is chosen above it."""

    word = "stock"
    title = N_("Stock")
    kinds = frozenset({"unit", "article", "place", "institution", "photo", "category"})
    search_hint = N_("Label number, furniture type or place")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text = ""
        self._total = 0
        self._order = StockOrder()
        self._shown = StockFilter()
        self.filters = StockFilterPanel()
        self.table = TableView(_("Furniture in stock"))
        self.model: PagedTableModel[StockRow] = PagedTableModel(
            columns(), lambda row: row.id, self._fetch, self
        )
        self.table.show_model(self.model)
        self.table.show_order(self._order.by, descending=self._order.descending)
        remember_columns(self.table, self.word, shell)
        ThumbColumn(
            self.table,
            shell,
            0,
            lambda row: row.photo,
            lambda row: shape_for(row.category_key, row.article),
        )
        self.empty = EmptyState(_("No furniture yet"), icon="wardrobe")
        self._picked: tuple[int, frozenset[int]] = (0, frozenset())
        self._acted = False  # something was done with what is chosen since it was chosen
        self.actions_of = PieceActions(self, self._choose, lambda: self._picked)
        self.types = push_button(_("Furniture types"), lambda: shell.go("articles"))
        self.demand = push_button(_("Demand"), lambda: shell.go("demand"))
        self._build()
        self._wire()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """With the id of a type, show the pieces of that type."""
        if isinstance(argument, int):
            self._text = ""
            self.filters.clear()
            self.filters.narrow(argument)
            self.filters.scope.set_value("all")
            self.reload()

    def header_buttons(self) -> list[QPushButton]:
        """The way to the furniture types, and to what is asked for and not there."""
        return [self.demand, self.types]

    def reload(self) -> None:
        """Read the table, the figures and the lists of the filters again."""
        self._search()
        self.shell.jobs.read(_lists, self._show_lists, channel="stock lists")

    def search(self, text: str) -> None:
        """Every keystroke; a newer one stops the older."""
        self._text = text
        self._search()
        self.coming.look_for(text)

    def scanned(self, code: str) -> bool:
        """A shelf shows what stands there; a label chooses its piece.

        A piece that is filtered away is opened instead.
        """
        if self.filters.place.scanned(code):
            return True
        wanted, order = self._shown, self._order

        def find(context: Context) -> tuple[Any, int | None]:
            from moebelcirkel.services.stock import lists as stock_list

            found = stock_list.scan(context, code)
            if not isinstance(found, int):
                return found, None
            return found, stock_list.number_of(context, wanted, order, found)

        self.shell.jobs.read(find, self._show_scanned)
        return True

    def done(self, done: Changed, text: str = "", *, final: bool = False) -> None:
        """What was done is done with these pieces: the next scan begins another lot."""
        super().done(done, text, final=final)
        self._acted = True

    def print_out(self) -> None:
        """Ctrl+P prints labels of what is chosen."""
        if self.table.selected_numbers():
            self.actions_of.trigger("label")

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.panel = scrolled(self.filters)
        self.stack = ListOrEmpty(self.table, self.empty)
        card = CardFrame(padded=False)
        card.body.setSpacing(0)
        self.coming = ComingNote(self.shell)
        self.coming.setContentsMargins(16, 0, 16, 8)
        card.add(self._bar())
        card.add(self.coming)
        card.add(self.stack, 1)
        self.card = card
        self.side = SidePanel(card, [], [(self.panel, _FILTER_WIDTH)], collapse_below=_NARROW)
        self.side.turned.connect(self._turn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.side)
        self.setFocusProxy(self.table)

    def _bar(self) -> QWidget:
        """How many are chosen and what can be done with them."""
        self.count = Label(tone="strong")
        self.filter_button = QPushButton(_("Filters"))
        self.filter_button.setCheckable(True)
        self.filter_button.setChecked(True)
        self.filter_button.toggled.connect(self.panel.setVisible)
        icons.put(self.filter_button, "filter", "muted")
        self.acting = QWidget()
        acts = QHBoxLayout(self.acting)
        acts.setContentsMargins(0, 0, 0, 0)
        acts.setSpacing(8)
        for button in self.actions_of.buttons("move", "workshop", "sale", "scrap"):
            acts.addWidget(button)
        more = self.actions_of.menu_button(_("More"), "unlist", "price", "condition", "label")
        if more is not None:
            acts.addWidget(more)
        acts.addStretch(1)
        bar = QWidget()
        self.bar = QBoxLayout(QBoxLayout.Direction.LeftToRight, bar)
        self.bar.setContentsMargins(14, 10, 10, 8)
        self.bar.setSpacing(8)
        self.bar.addWidget(self.count)
        self.bar.addWidget(self.acting)
        self.bar.addStretch(1)
        self.bar.addLayout(row(None, self.filter_button, self.table.columns_button()))
        self.acting.hide()
        return bar

    def _turn(self, narrow: bool) -> None:  # noqa: FBT001 - what the signal says
        """In a narrow window the filters lie above the table, and wait to be asked for."""
        direction = QBoxLayout.Direction
        self.bar.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.filter_button.setChecked(not narrow)
        self.panel.setMinimumHeight(theme.current().px(_NARROW_FILTERS) if narrow else 0)

    def _wire(self) -> None:
        self.filters.changed.connect(self._search)
        self.table.sort_requested.connect(self._sort)
        self.table.opened.connect(lambda row: self.shell.go("units", row.id))
        self.table.selection_changed.connect(self._show_choice)
        self.table.picked.connect(self._picked_by_hand)
        self.table.copied.connect(self._copied)
        self.empty.pressed.connect(self._start_over)

    # --- searching ----------------------------------------------------------------------------

    def _search(self) -> None:
        wanted = self.filters.wanted(self._text)
        if wanted is None:
            return
        order = self._order

        def find(context: Context) -> StockListing:
            from moebelcirkel.services.stock import lists as stock_list

            return stock_list.find(context, wanted, order)

        self.shell.jobs.read(find, lambda found: self._show(found, wanted), channel="stock")

    def _show(self, found: StockListing, wanted: StockFilter) -> Generator[None]:
        """The table, and in a turn of their own the filters with their figures."""
        if wanted != self._shown:
            self.table.scrollToTop()
        self._shown, self._total = wanted, found.total
        self.model.reset(found.total, found.rows)
        self._show_choice()
        self._say_empty(wanted)
        if found.elsewhere:
            self.empty.say(
                _("Nothing in stock fits"),
                _("{pieces} that are no longer in stock fit.").format(
                    pieces=pieces(found.elsewhere)
                ),
                _("Show all"),
            )
        yield
        self.filters.show_facets(found.facets)

    def _fetch(self, request: PageRequest[StockRow]) -> None:
        wanted, order = self._shown, self._order

        def read(context: Context) -> list[StockRow]:
            from moebelcirkel.services.stock import lists as stock_list

            return stock_list.page(
                context,
                wanted,
                order,
                first=request.first,
                limit=request.count,
                after=request.after,
            )

        self.shell.jobs.read(
            read,
            lambda rows: self.model.deliver(request, rows),
            lambda _error: self.model.failed(request),
            channel="stock page",
        )

    def _sort(self, key: str, descending: bool) -> None:  # noqa: FBT001 - as the signal sends it
        self._order = StockOrder(SortBy(key), descending)
        self._search()

    def _say_empty(self, wanted: StockFilter) -> None:
        if self.filters.is_set():
            self.empty.say(
                _("Nothing fits all of it"), _("Fewer filters show more."), _("Clear filters")
            )
        elif wanted.text:
            self.empty.say(
                _("Nothing was found for “{text}”").format(text=wanted.text),
                _("Try a shorter word, a label number or a place."),
            )
        else:
            self.empty.say(
                _("No furniture yet"), _("What is registered at the intake stands here.")
            )

    def _start_over(self) -> None:
        if self.filters.is_set():
            self.filters.clear()
            self._search()
        else:
            self.filters.show_all()

    def _show_lists(self, lists: tuple[Any, Any, Any]) -> None:
        self.filters.offer(*lists)

    # --- what is chosen -----------------------------------------------------------------------

    def _show_choice(self) -> None:
        numbers, rows = self.table.selected_numbers(), self.table.selected_rows()
        self._picked = (len(numbers), frozenset(row.id for row in rows))
        if not numbers:
            self.count.setText(pieces(self._total))
        else:
            self.count.setText(_("{count} chosen").format(count=number(len(numbers))))
        self.actions_of.fit([row.state for row in rows])
        self.acting.setVisible(bool(numbers))

    def _picked_by_hand(self) -> None:
        self._acted = False
        self.actions_of.chosen()

    def _choose(self, act: Callable[[Chosen], None]) -> None:
        """The chosen pieces; those never scrolled to are read as the table stands."""
        numbers, rows = self.table.selected_numbers(), self.table.selected_rows()
        if len(rows) == len(numbers):
            first = rows[0] if rows else None
            ids = tuple(row.id for row in rows)
            prices = {row.price_ore for row in rows}
            grades = {row.condition for row in rows}
            act(
                Chosen(
                    ids,
                    len(ids),
                    first.price_ore if first and len(prices) == 1 else None,
                    first.condition if first and len(grades) == 1 else "",
                    first.number if first and len(rows) == 1 else "",
                )
            )
            return
        wanted, order, stretches = self._shown, self._order, _stretches(numbers)
        seen = {n: row.id for n, each in enumerate(numbers) if (row := self.model.peek(each))}

        def read(context: Context) -> stock_list.ChosenPieces:
            from moebelcirkel.services.stock import lists as stock_list

            return stock_list.chosen(context, wanted, order, stretches)

        def take(found: stock_list.ChosenPieces) -> None:
            taken = found.unit_ids
            if all(taken[n] == key for n, key in seen.items() if n < len(taken)):
                act(Chosen(taken, found.total))
            else:  # Others have moved rows since these numbers were chosen.
                self.shell.messages.info(_("What is chosen has changed meanwhile. Choose again."))
                self.table.clearSelection()
                self._search()

        self.shell.jobs.read(read, take, owner=self)

    def _show_scanned(self, answer: tuple[Any, int | None]) -> None:
        found, row = answer
        if not isinstance(found, int):
            error = Refused(
                N_("No piece carries the code {code}. Check the label, or type its number."),
                code=found.code,
            )
            self.shell.messages.refused(error)
        elif row is None or row >= self.model.rowCount():
            self.shell.go("units", found)
        else:
            index = self.model.index(row, 0)
            flags = self.table.selectionModel().SelectionFlag
            more = flags.ClearAndSelect if self._acted else flags.Select
            self._acted = False
            self.table.selectionModel().setCurrentIndex(index, more | flags.Rows)
            self.table.scrollTo(index)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # Return opens it

    def _copied(self, rows: int, missing: int) -> None:
        if missing:
            text = _("{count} rows copied. Those never scrolled to are not among them.")
            self.shell.messages.info(text.format(count=number(rows)))


def _stretches(numbers: list[int]) -> list[tuple[int, int]]:
    """Row numbers as stretches of neighbours."""
    found: list[tuple[int, int]] = []
    for each in numbers:
        if found and found[-1][1] == each - 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found


def _lists(context: Context) -> tuple[Any, Any, Any]:
    from moebelcirkel.services.stock import lists as stock_list

    return (
        stock_list.groups(context),
        services.places.choices(context),
        services.institutions.choices(context),
    )
