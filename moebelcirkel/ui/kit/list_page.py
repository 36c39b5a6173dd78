"""A page with a list to the left and the chosen one of it on a card to the right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit.decision import Decision
from moebelcirkel.ui.kit.forms.choices import SegmentedField
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import ColumnsModel, PagedTableModel, TableModel
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel, holder, row

if TYPE_CHECKING:
    from moebelcirkel.domain.errors import Refused
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.shell import Shell


class Listed(Protocol):
    """A row of the list."""

    @property
    def id(self) -> int:
        """What the card is asked for by."""


Row = TypeVar("Row", bound=Listed)
Row_co = TypeVar("Row_co", bound=Listed, covariant=True)


class Detailed(Protocol[Row_co]):
    """What the card shows: a row and what belongs to it."""

    @property
    def row(self) -> Row_co:
        """The row it is the detail of."""


class Paged(Protocol[Row_co]):
    """One page of a long list."""

    @property
    def total(self) -> int:
        """How many the whole list has."""

    @property
    def rows(self) -> Sequence[Row_co]:
        """Those of this page."""

    @property
    def holds(self) -> bool:
        """Whether the whole list has the one that was asked about."""


Detail = TypeVar("Detail", bound=Detailed[Listed])


class ListPage(Page, Generic[Row, Detail]):
    """What is on the card is always one of the list; a page says how both are read and shown."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.chosen: int | None = None
        self.text = ""
        self._on_card: Detail | None = None
        self._by_hand: int | None = None

    # --- what a page says ---------------------------------------------------------------------

    def detail_of(self, context: Context, key: int) -> Detail:
        """Read one of the list, on a job's thread."""
        raise NotImplementedError

    def show_detail(self, detail: Detail) -> None:
        """Put it on the card."""
        raise NotImplementedError

    def show_nothing(self) -> None:
        """The list is empty, or what was chosen is gone: without a card, or as the page says."""
        self._card.hide()

    # --- what the window asks -----------------------------------------------------------------

    def search(self, text: str) -> None:
        """Every keystroke; a newer one stops the older."""
        self.text = text
        self.table.scrollToTop()
        self.reload()

    # --- for the page -------------------------------------------------------------------------

    def lay(
        self,
        model: ColumnsModel[Row],
        empty: EmptyState,
        card: QWidget,
        acts: Sequence[QAbstractButton],
        *,
        name: str = "",
        states: SegmentedField | None = None,
        width: int = 388,
    ) -> None:
        """Lay the list, its states above it, and the card of this width in px beside it.

        A press on ``acts`` counts for what the card showed when it was made, and only once.
        """
        self._rows, self._empty, self._states, self._card = model, empty, states, card
        self.table = TableView(name or _(self.title))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(model)
        frame = CardFrame()
        if states is not None:
            states.keep_narrow()
            head = row(states, None, self.table.columns_button())
            head.setStretch(0, 100)  # up to its own width; the rest is air
            frame.add(holder(head))
            states.changed.connect(self.reload)
        frame.add(ListOrEmpty(self.table, empty), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(frame, [(card, width)], collapse_below=860))
        self.setFocusProxy(self.table)
        self.table.selection_changed.connect(self._selected)
        self.decision = Decision(self._subject, *acts)
        self.table.picked.connect(self._picked)

    def say_not_found(self, hint: str = "") -> None:
        """Nothing shown has the words that are searched for; what is not shown may have them."""
        some = self._states is not None and self._states.value() != "all"
        self._empty.say(
            _("Nothing was found for “{text}”").format(text=self.text),
            _("Choose All to see the others.") if some else hint,
        )

    def settle_on(self, key: int | None) -> None:
        """Mark this one and read it anew; ``None``: the first, or nothing where none is."""
        if key is not None:
            # Where it was marked all along, whoever reads elsewhere in the list goes on there.
            if [row.id for row in self.table.selected_rows()] != [key]:
                self.table.select_key(key)
            self.read_detail(key)
            return
        first = self._rows.row_at(0) if self._rows.rowCount() else None
        if first is None:
            self._forget()
        else:
            self.chosen = None
            self.table.clearSelection()
            self.table.selectRow(0)

    def read_detail(self, key: int) -> None:
        """Ask for one of the list."""
        self.chosen = key
        self.shell.jobs.read(
            lambda context: self.detail_of(context, key),
            self._arrived,
            lambda _error: self._forget(),
            channel=f"{self.word} card",
        )

    @property
    def on_card(self) -> Detail | None:
        """What the card shows now."""
        return self._on_card

    def with_shown(self, act: Callable[[Detail], object]) -> Callable[[], None]:
        """What a button does with the one that is on the card; nothing where none is.

        Neither while another one is being read.
        """

        def press() -> None:
            if self._on_card is not None and self._on_card.row.id == self.chosen:
                act(self._on_card)

        return press

    def said_no(self, error: Refused) -> None:
        """A rule said no, or somebody was first: say so, and show how it is now."""
        self.shell.messages.refused(error)
        self.reload()

    # --- inside -------------------------------------------------------------------------------

    def _selected(self) -> None:
        numbers = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        each = self._rows.peek(numbers[0]) if numbers else None
        if each is not None and not (each.id == self.chosen and self._on_card is not None):
            self.read_detail(each.id)

    def _arrived(self, detail: Detail) -> None:
        if detail.row.id == self.chosen:  # else the list has moved on since it was asked for
            self._on_card = detail
            self.show_detail(detail)
            self._say_shown(by_hand=self._by_hand == self.chosen)

    def _forget(self) -> None:
        self.chosen = self._on_card = None
        self.show_nothing()
        self._say_shown()

    def _subject(self) -> Hashable:
        """What the card shows, where that is what is chosen."""
        if self._is_late():
            return object()  # not what anybody has seen: nothing counts until it is read
        return None if self._on_card is None or self.chosen is None else (self._on_card.row,)

    def _is_late(self) -> bool:
        """Whether the card still shows another one than the one that is chosen."""
        shown = self._on_card
        return shown is not None and self.chosen is not None and shown.row.id != self.chosen

    def _picked(self) -> None:
        """Somebody has chosen one by hand, and so looks at it."""
        self._by_hand = self.chosen if self._is_late() else None

    def _say_shown(self, *, by_hand: bool = False) -> None:
        self._by_hand = None
        self.decision.shown()
        if by_hand:
            self.decision.chosen()


class ShortListPage(ListPage[Row, Detail], Generic[Row, Detail]):
    """One whose list is read whole."""

    model: TableModel[Row]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show this list, and the chosen one where it is still there, else the first."""
        with QSignalBlocker(self.table):  # The row marked before is not one chosen now.
            self.model.set_rows(rows)
        held = any(each.id == self.chosen for each in rows)
        self.settle_on(self.chosen if held else None)


class LongListPage(ListPage[Row, Detail], Generic[Row, Detail]):
    """One whose list is read page by page, by the states above it and the words searched for."""

    states: SegmentedField
    model: PagedTableModel[Row]

    # --- what a page says ---------------------------------------------------------------------

    def listing(
        self, offset: int, after: Row | None, holding: int | None
    ) -> Callable[[Context], Paged[Row]]:
        """How the page of the list from ``offset`` is read, as the filter stands now."""
        raise NotImplementedError

    def say_empty(self) -> None:
        """Say why the list is empty, before it is shown."""
        raise NotImplementedError

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        if isinstance(argument, int):
            self.chosen = argument
            self.text = ""
            self.states.set_value("all")
            self.reload()

    def reload(self) -> None:
        """Read the list, and the chosen one where the list still holds it."""
        chosen = self.chosen
        self.shell.jobs.read(
            self.listing(0, None, chosen), lambda page: self._show(page, chosen), channel=self.word
        )

    def scanned(self, code: str) -> bool:
        """A label shows those of its piece."""
        self.states.set_value("all")
        self.search(code)
        return True

    # --- inside -------------------------------------------------------------------------------

    def fetch(self, request: PageRequest[Row]) -> None:
        """Read a further page, for the model."""
        self.shell.jobs.read(
            self.listing(request.first, request.after, None),
            lambda page: self.model.deliver(request, page.rows),
            lambda _error: self.model.failed(request),
            channel=f"{self.word} page",
        )

    def _show(self, page: Paged[Row], chosen: int | None) -> None:
        self.say_empty()
        with QSignalBlocker(self.table):  # The row marked before is not one chosen now.
            self.model.reset(page.total, page.rows)
        if self.chosen != chosen:
            self.reload()  # Another one was chosen meanwhile, out of the list before.
        else:
            self.settle_on(chosen if page.holds else None)
