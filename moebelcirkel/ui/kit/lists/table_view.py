"""The table on screen: flat rows of 38 px, headers over their figures, everything by keyboard."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QToolButton,
    QWidget,
)

from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.cell import ROW, CellDelegate
from moebelcirkel.ui.kit.lists.table_header import TableHeader, head_width
from moebelcirkel.ui.kit.lists.tables import ColumnsModel, PagedTableModel, TableModel
from moebelcirkel.ui.kit.pictures import icons, paint

MIN_SHARE = 140
READABLE = 220


class TableView(QTableView):
    """A table whose page connects `opened` and, for long lists, `sort_requested`."""

    sort_requested = Signal(str, bool)
    opened = Signal(object)
    selection_changed = Signal()
    picked = Signal()
    """After `selection_changed`, where somebody chose the rows by hand."""
    copied = Signal(int, int)
    columns_chosen = Signal(tuple)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("bare", True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.hovered = -1
        """The row under the pointer."""
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._sorted: tuple[str, bool] | None = None
        #: Columns that have no room now, and whether somebody has chosen which to see.
        self._left_out: set[int] = set()
        self._by_choice = False
        self._kept: tuple[set[Hashable], Hashable | None] = (set(), None)
        self._changed = False
        self._scrolled = 0
        self._prepare_header()
        self.activated.connect(lambda index: self._open(index.row()))
        theme.watch().changed.connect(self._resize_rows)
        self._resize_rows()

    def show_model(self, model: ColumnsModel[Any]) -> None:
        """Show a model and keep selection and place over its reloads."""
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.selectionModel().selectionChanged.connect(self._selected)
        self.selectionModel().currentRowChanged.connect(self._ring_moved)
        self._lay_out()
        self.show_columns([column.key for column in model.columns if not column.hidden])

    def columns_model(self) -> ColumnsModel[Any]:
        """Return the model as what it is."""
        model = self.model()
        assert isinstance(model, ColumnsModel)
        return model

    # --- rows ---------------------------------------------------------------------------------

    def selected_numbers(self) -> list[int]:
        """Row numbers of the selection, in order."""
        return sorted({n for top, bottom in self._ranges() for n in range(top, bottom + 1)})

    def selected_rows(self) -> list[Any]:
        """Return the selected rows at hand (in a long list not all of them may be)."""
        model = self.columns_model()
        rows = (model.peek(number) for number in self.selected_numbers())
        return [row for row in rows if row is not None]

    def all_selected(self) -> bool:
        """Tell whether the whole list is selected, also what was never read."""
        count = self.columns_model().rowCount()
        return count > 0 and sum(b - top + 1 for top, b in self._ranges()) >= count

    def current_row(self) -> Any:
        """Return the row the keyboard is on, or None."""
        return self.columns_model().peek(self.currentIndex().row())

    def select_key(self, key: Hashable) -> bool:
        """Select and show the row with a key, if it is at hand."""
        number = self.columns_model().find(key)
        if number is None:
            return False
        self.selectRow(number)
        self.scrollTo(self.columns_model().index(number, 0))
        return True

    def selectRow(self, row: int) -> None:
        """Select one row alone: Qt's own adds it to the selection while Ctrl is held."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.columns_model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _ranges(self) -> set[tuple[int, int]]:
        selection = self.selectionModel().selection()
        parts = (selection.at(n) for n in range(selection.count()))
        return {(part.top(), part.bottom()) for part in parts}

    def _selected(self) -> None:
        self._changed = True
        self.selection_changed.emit()

    def _ring_moved(self, now: QModelIndex, before: QModelIndex) -> None:
        """The ring lies round whole rows, of which Qt draws one cell anew."""
        for index in (now, before):
            if index.isValid():
                box = self.visualRect(index)
                self.viewport().update(0, box.top(), self.viewport().width(), box.height())

    def _open(self, number: int) -> None:
        row = self.columns_model().peek(number)
        if row is not None:
            self.opened.emit(row)

    def _remember(self) -> None:
        model = self.columns_model()
        current = self.current_row()
        keys = {model.row_key(row) for row in self.selected_rows()}
        self._kept = (keys, None if current is None else model.row_key(current))
        self._scrolled = self.verticalScrollBar().value()

    def _recall(self) -> None:
        keys, current = self._kept
        model = self.columns_model()
        if not keys and current is None:
            return
        flags = self.selectionModel().SelectionFlag
        for number in range(min(model.rowCount(), 20_000)):
            row = model.peek(number)
            if row is None:
                continue
            index = model.index(number, 0)
            if model.row_key(row) == current:
                self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
            if model.row_key(row) in keys:
                self.selectionModel().select(index, flags.Select | flags.Rows)
        # Qt scrolls to the row that the keyboard is on; whoever reads elsewhere goes on there.
        self.verticalScrollBar().setValue(self._scrolled)

    # --- columns and order --------------------------------------------------------------------

    def visible_columns(self) -> tuple[str, ...]:
        """Keys of the columns on screen, and of those that have no room there now."""
        columns = self.columns_model().columns
        return tuple(c.key for n, c in enumerate(columns) if self._is_shown(n))

    def _is_shown(self, number: int) -> bool:
        return not self.isColumnHidden(number) or number in self._left_out

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show these columns; a choice without any known column is ignored."""
        columns = self.columns_model().columns
        known = {column.key for column in columns} & set(keys)
        self._left_out.clear()
        for number, column in enumerate(columns):
            self.setColumnHidden(number, bool(known) and column.key not in known)
        self._share_width()

    def keep_columns(
        self, chosen: Sequence[str], remember: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Show an earlier choice of columns and hand each new one to the callback."""
        if chosen:
            self._by_choice = True
            self.show_columns(chosen)
        self.columns_chosen.connect(remember)

    def columns_button(self) -> QToolButton:
        """Return a button that opens the menu of columns."""
        button = QToolButton(self)
        icons.put(button, "columns", "muted")
        button.setToolTip(_("Choose columns"))
        button.setAccessibleName(_("Choose columns"))
        button.clicked.connect(
            lambda: self._columns_menu(button.mapToGlobal(QPoint(0, button.height())))
        )
        return button

    def column_actions(self, menu: QMenu) -> list[QAction]:
        """Fill a menu with one ticked action per column."""
        actions = []
        for number, column in enumerate(self.columns_model().columns):
            action = QAction(column.title, menu)
            action.setCheckable(True)
            action.setChecked(self._is_shown(number))
            action.setEnabled(not self._is_shown(number) or len(self.visible_columns()) > 1)
            action.toggled.connect(lambda on, n=number: self._toggle(n, on=on))
            actions.append(action)
        menu.addActions(actions)
        return actions

    def show_order(self, key: str, *, descending: bool) -> None:
        """Mark the column the rows are ordered by."""
        keys = [column.key for column in self.columns_model().columns]
        if key not in keys:
            return
        self._sorted = (key, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(keys.index(key), order)
        if isinstance(self.model(), TableModel):
            self.model().sort(keys.index(key), order)

    def _toggle(self, number: int, *, on: bool) -> None:
        self._by_choice = True
        self._left_out.discard(number)
        self.setColumnHidden(number, not on)
        self._share_width()
        self.columns_chosen.emit(self.visible_columns())

    def _columns_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column_actions(menu)
        menu.popup(where)

    def _header_clicked(self, section: int) -> None:
        column = self.columns_model().columns[section]
        if column.sort is None:
            self._mark_order()
            return
        again = self._sorted is not None and self._sorted[0] == column.key
        descending = again and self._sorted is not None and not self._sorted[1]
        self.show_order(column.key, descending=descending)
        self.sort_requested.emit(column.key, descending)

    def _mark_order(self) -> None:
        """Put Qt's arrow back where the order really is."""
        if self._sorted is None:
            self.horizontalHeader().setSortIndicatorShown(False)
        else:
            self.show_order(self._sorted[0], descending=self._sorted[1])

    def _prepare_header(self) -> None:
        header = TableHeader(self)
        self.setHorizontalHeader(header)
        header.sectionClicked.connect(self._header_clicked)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda where: self._columns_menu(header.mapToGlobal(where))
        )

    def _lay_out(self) -> None:
        for number, column in enumerate(self.columns_model().columns):
            if column.width:
                self.horizontalHeader().resizeSection(number, self._wide(number))

    def _wide(self, number: int) -> int:
        """How wide a column with a width is; Qt says 0 of one that is hidden."""
        column = self.columns_model().columns[number]
        return max(paint.px(column.width), head_width(column))

    def _share_width(self) -> None:
        """Give columns without a width what is left; with too little the table scrolls."""
        if not isinstance(self.model(), ColumnsModel):
            return
        columns = self.columns_model().columns
        shown = [n for n in range(len(columns)) if self._is_shown(n)]
        sharing = [n for n in shown if not columns[n].width]
        fixed = {n: self._wide(n) for n in shown if columns[n].width}
        left = self.viewport().width() - sum(fixed.values())
        left += self._leave_out(fixed, len(sharing) * paint.px(MIN_SHARE) - left)
        parts = sum(columns[n].weight for n in sharing)
        # Where it has to scroll in any case, names may as well be read.
        roomy = left >= len(sharing) * paint.px(MIN_SHARE)
        for number in sharing:
            wide = left * columns[number].weight // parts if roomy else paint.px(READABLE)
            self.setColumnWidth(number, max(wide, head_width(columns[number])))

    def _leave_out(self, wide: dict[int, int], lacking: int) -> int:
        """Leave out what yields while room is lacking; how much room that gave."""
        columns, given, out = self.columns_model().columns, 0, set[int]()
        yielding = [n for n in reversed(wide) if columns[n].yields and not self._by_choice]
        while given < lacking and yielding:
            out.add(yielding[0])
            given += wide[yielding.pop(0)]
        if given < lacking:
            out, given = set(), 0  # it scrolls in any case
        for number in out ^ self._left_out:
            self.setColumnHidden(number, number in out)
        self._left_out = out
        return given

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer from row to row."""
        if not isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.Leave:
                self._hover(-1)
            return super().viewportEvent(event)
        self._hover(self.rowAt(int(event.position().y())))
        self._changed = False
        taken = super().viewportEvent(event)
        self._tell_picked()
        return taken

    def _tell_picked(self) -> None:
        if self._changed:
            self.picked.emit()

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _resize_rows(self) -> None:
        self.setMinimumHeight(4 * paint.px(ROW))
        self.verticalHeader().setMinimumSectionSize(paint.px(ROW))
        self.verticalHeader().setDefaultSectionSize(paint.px(ROW))
        if isinstance(self.model(), ColumnsModel):
            self._lay_out()
            self._share_width()

    # --- keyboard -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies; the rest is Qt's."""
        self._changed = False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        else:
            super().keyPressEvent(event)
            self._tell_picked()

    def keyboardSearch(self, search: str) -> None:
        """Jump to a row by its first letters; in a long list that would read the whole table."""
        if not isinstance(self.model(), PagedTableModel):
            super().keyboardSearch(search)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as tab-separated text with headers."""
        rows = self.selected_rows()
        columns = [
            column
            for number, column in enumerate(self.columns_model().columns)
            if self._is_shown(number)
        ]
        table = [[column.title for column in columns]]
        table += [[column.text(row) for column in columns] for row in rows]
        text = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in table)
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(len(rows), len(self.selected_numbers()) - len(rows))
