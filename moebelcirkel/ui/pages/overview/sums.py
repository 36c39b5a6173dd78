"""The card with the table: as many rows as it has room for, and all of them when asked."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from moebelcirkel.language import _, number
from moebelcirkel.services.overview import KeyFigures
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.empty import EmptyState
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.page_layout import CardFrame
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.overview import words
from moebelcirkel.ui.pages.overview.table import (
    LEAST,
    OverviewLine,
    SumsModel,
    rest_of_categories,
    rest_of_institutions,
)

#: The rest, what stands apart, and the total have lines of their own.
_OTHERS = 3


class SumsCard(CardFrame):
    """Rows are pressed to narrow to an institution, or to see what the rest stands for."""

    narrowed = Signal(int)
    widened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Per institution"), parent)
        self.by_category = False
        self._all = False
        self.back = QPushButton(_("All institutions"))
        self.every = QPushButton()
        icons.put(self.back, "arrow-left", "accent_text")
        for button in (self.back, self.every):
            button.setProperty("role", "quiet")
            button.hide()
            self.beside_title(button)
        self.back.clicked.connect(self.widened)
        self.every.clicked.connect(self._toggle)
        self.view = TableView(_("Per institution"))
        self.view.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.model = SumsModel(_("Institution"), rest_of_institutions, self)
        self.view.show_model(self.model)
        self.view.show_order("cash", descending=True)
        self.view.sort_requested.connect(self._order)
        self.view.opened.connect(self._opened)
        self.view.clicked.connect(lambda index: self._opened(self.model.row_at(index.row())))
        self.view.viewport().installEventFilter(self)
        self._keep_room()
        theme.watch().changed.connect(self._keep_room)
        self.empty = EmptyState(
            _("Nothing has been delivered in the period"),
            _("Choose another period above, or see whether deliveries wait to be handed over."),
            icon="chart",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        self.cover = Label(tone="small", wrap=True)
        self.add(self.stack, 1)
        self.add(self.cover)
        self.body.setSpacing(6)

    def show_figures(self, found: KeyFigures, *, way_back: bool) -> None:
        """Show the sums of other figures."""
        by_category = found.institution_id is not None
        if by_category != self.by_category:
            self._change(by_category=by_category)
        self.back.setVisible(way_back)
        self.model.show_rows(found.rows, found.totals)
        self.stack.setCurrentWidget(self.view if found.rows else self.empty)
        text = words.coverage(found)
        self.cover.setText(text)
        self.cover.setVisible(bool(text))
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show more or fewer rows when the table becomes higher or lower."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _keep_room(self) -> None:
        """Room for the least of lines, so that the page scrolls rather than the table in it."""
        line = self.view.verticalHeader().defaultSectionSize()
        self.view.setMinimumHeight((LEAST + _OTHERS + 1) * line)

    def _change(self, *, by_category: bool) -> None:
        """Categories of one institution in place of institutions, or the other way round."""
        self.by_category = by_category
        self._all = False
        title = _("Per category") if by_category else _("Per institution")
        self.show_title(title)
        self.view.setAccessibleName(title)
        first = _("Category") if by_category else _("Institution")
        rest = rest_of_categories if by_category else rest_of_institutions
        old = self.model
        self.model = SumsModel(first, rest, self)
        self.view.show_model(self.model)
        self.view.show_order("cash", descending=True)
        old.deleteLater()

    def _fit(self) -> None:
        if self._all:
            self.model.show_most(None)
        else:
            rows = self.view.viewport().height() // self.view.verticalHeader().defaultSectionSize()
            self.model.show_most(rows - _OTHERS)
        shown, count = self.model.counts()
        self.every.setVisible(shown < count or self._all)
        every = _("Show all {count}").format(count=number(count))
        self.every.setText(_("Show the largest") if self._all else every)

    def _toggle(self) -> None:
        self._all = not self._all
        self._fit()
        self.view.scrollToTop()
        self.view.setFocus()

    def _order(self, key: str, descending: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.model.order_by(key, descending=descending)

    def _opened(self, line: OverviewLine | None) -> None:
        if line is None:
            return
        if line.kind == "rest":
            self._toggle()
        elif line.kind == "row" and isinstance(line.key, int):
            self.narrowed.emit(line.key)
