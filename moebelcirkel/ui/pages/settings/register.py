"""A register on screen: its table, and beside it the form of the row that is open.

Subclasses say which columns there are, what the form asks, and which service reads and writes.
A field of the form is named as in the frozen dataclass that the service takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.language import _, number, refusal
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.forms.form import Form
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.settings.calls import Calls, Opened, values_of
from moebelcirkel.ui.pages.settings.editor import Editor
from moebelcirkel.ui.pages.settings.section import Section

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done, Saved
    from moebelcirkel.ui.kit.page import Page

PANEL_WIDTH = 380
#: What a column that shares the room is worth having.
LEAST_COLUMN = 210
#: A service gives at most so many rows; the reader is told to search for the rest.
MOST_ROWS = 500


class RegisterRow(Protocol):
    """A row of a register."""

    @property
    def id(self) -> int:
        """What it is known by."""


Row = TypeVar("Row", bound=RegisterRow)


class Register(Section, Generic[Row]):
    """Table and form of one kind of rows."""

    searchable = True
    calls: ClassVar[Calls]
    given_up: ClassVar[tuple[str, ...]] = ()
    """Keys of the columns that go first where there is little room, the least needed first."""
    icon: ClassVar[str] = "table"
    empty_text: ClassVar[str] = ""
    """English msgid that says what the register is for."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._text = ""
        self._opened: Opened | None = None
        self._baseline: dict[str, object] = {}
        self._wanted: int | None = None
        self._entered = False
        self.model: TableModel[Row] = TableModel(self.columns(), lambda row: row.id, parent=self)
        self.table = TableView(_(self.title))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.table.selection_changed.connect(self._selected)
        self.table.opened.connect(lambda _row: self._to_form())
        self.empty = EmptyState(_(self.empty_text), "", _(self.new_text), self.icon)
        self.empty.pressed.connect(self.create_new)
        self.more = Label(tone="small")
        self.more.setContentsMargins(16, 8, 16, 10)
        self.more.hide()
        self.card = CardFrame(padded=False)
        self.card.body.setContentsMargins(8, 6, 8, 6)
        self.fill_top(self.card)
        self.card.add(ListOrEmpty(self.table, self.empty), 1)
        self.card.add(self.more)
        self.form = self.make_form()
        self.editor = Editor(self.form)
        self.fill_panel(self.editor)
        self.editor.finish()
        self.editor.hide()
        self.form.changed.connect(lambda _name: self._show_dirty())
        self.editor.save_pressed.connect(self.save)
        self.editor.cancel_pressed.connect(self._cancel)
        self.editor.left.connect(lambda: self.leave(self.close_panel))
        self.editor.delete_pressed.connect(self._ask_delete)
        side = SidePanel(self.card, [(self.editor, PANEL_WIDTH)], collapse_below=640)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(side)

    # --- what a subclass says -----------------------------------------------------------------

    def columns(self) -> Sequence[Column[Row]]:
        """The columns of the table."""
        raise NotImplementedError

    def make_form(self) -> Form:
        """The fields of the panel."""
        raise NotImplementedError

    def fill_top(self, card: CardFrame) -> None:
        """Put something over the table."""

    def fill_panel(self, editor: Editor) -> None:
        """Put something below the form."""

    def read_rows(self, context: Context, text: str) -> Sequence[Row]:
        """The rows, read by a job."""
        return self.calls.find(context, text)

    def read_one(self, context: Context, key: int) -> Opened | None:
        """One row for the form, read by a job."""
        row = self.calls.get(context, key)
        if row is None:
            return None
        values = values_of(self.form_of(row))
        title = str(values[self.form.names()[0]])
        return Opened(row.id, row.version, title, values, self.more_of(context, row))

    def form_of(self, row: Any) -> Any:
        """What was read, as the service takes it."""
        return row.form

    def more_of(self, _context: Context, _row: Any) -> Any:
        """What is shown below the form."""
        return None

    def fresh(self) -> Opened:
        """An empty form."""
        return Opened(None, None, _(self.new_text), values_of(self.calls.blank))

    def write(self, context: Context, values: Mapping[str, Any], opened: Opened) -> Saved:
        """Save the form, by a job."""
        form = type(self.calls.blank)(**values)
        return self.calls.save(context, form, opened.id, opened.version)

    def remove(self, context: Context, opened: Opened) -> Saved:
        """Delete the row, by a job."""
        assert opened.id is not None
        assert opened.version is not None
        return self.calls.delete(context, opened.id, opened.version)

    def show_more(self, opened: Opened) -> None:
        """A row was opened: show what stands below the form."""

    # --- table --------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the rows again, and the open row unless something typed would be lost."""
        text = self._text
        self.shell.jobs.read(
            lambda context: list(self.read_rows(context, text)), self._show_rows, channel="settings"
        )

    def shown(self) -> None:
        """Begin with all rows."""
        self._text = ""
        self.reload()

    def search(self, text: str) -> None:
        self._text = text
        self.reload()

    def search_entered(self) -> None:
        """The search that was just asked goes on to its first row."""
        self._entered = True

    def _show_rows(self, rows: list[Row]) -> None:
        self.model.set_rows(rows)
        if self._text:
            self.empty.say(_("Nothing was found."), _("Try fewer or other words."))
        else:
            self.empty.say(_(self.empty_text), "", _(self.new_text))
        self.more.setText(
            _("The first {count} are shown. Search for the rest.").format(count=number(len(rows)))
        )
        self.more.setVisible(len(rows) >= MOST_ROWS)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.table.select_key(wanted)
        entered, self._entered = self._entered, False
        if entered and rows:
            self.table.setFocus()
            self.table.selectRow(0)
        self._follow(rows)

    def _follow(self, rows: list[Row]) -> None:
        """Read the open row again, and close its form where the list no longer has it.

        A form with something typed in it stays as it is.
        """
        opened = self._opened
        if opened is None or opened.id is None or self.is_dirty():
            return
        if opened.id in {row.id for row in rows} or len(rows) >= MOST_ROWS:
            self.open(opened.id)
        else:
            self._opened = None
            self.editor.hide()
            self._fit_columns()

    def _selected(self) -> None:
        row = self.table.current_row()
        if row is None or not self.table.selected_rows():
            return
        key = row.id
        if self._opened is not None and key == self._opened.id:
            return
        self.leave(lambda: self.open(key), self._select_opened)

    def _select_opened(self) -> None:
        """Mark the row whose form is still open."""
        key = self._opened.id if self._opened else None
        if key is None or not self.table.select_key(key):
            self.table.clearSelection()

    # --- form ---------------------------------------------------------------------------------

    def open(self, key: int) -> None:
        """Show a row in the form."""
        self.shell.jobs.read(
            lambda context: self.read_one(context, key), self._show, channel="settings.form"
        )

    def create_new(self) -> None:
        """An empty form."""

        def begin() -> None:
            self.table.clearSelection()
            self._show(self.fresh())
            self._to_form()

        self.leave(begin, self._to_form)

    def _show(self, opened: Opened | None) -> None:
        if opened is None:
            self.close_panel()
            return
        self._opened = opened
        self.form.set_values(opened.values)
        self.editor.show_title(opened.title)
        self.editor.notice.hide()
        self.editor.delete_button.setVisible(opened.id is not None)
        self.show_more(opened)
        self._baseline = self.form.draft()
        self.editor.show()
        self._fit_columns()
        self._show_dirty()
        if opened.id is not None:
            self.table.select_key(opened.id)

    def close_panel(self) -> None:
        """Show the table alone."""
        self._opened = None
        self.table.clearSelection()
        self.editor.hide()
        self._fit_columns()
        self.table.setFocus()

    def is_dirty(self) -> bool:
        return self._opened is not None and self.form.draft() != self._baseline

    def discard(self) -> None:
        """Close the form without saving."""
        self.close_panel()

    def leave(self, go_on: Callable[[], object], stay: Callable[[], object] | None = None) -> None:
        """Go on at once, or ask first where something typed would be lost."""
        if not self.is_dirty():
            go_on()
            return
        question = self.shell.messages.ask(
            _("Discard what is not saved?"),
            _("{title} has changes that are not saved yet.").format(
                title=self.editor.heading.text()
            ),
            _("Discard"),
            go_on,
            danger=True,
        )
        if stay is not None:
            question.rejected.connect(stay)

    def _cancel(self) -> None:
        """Take back what was typed; nothing typed closes the panel."""
        if self._opened is not None and self._opened.id is not None and self.is_dirty():
            self.open(self._opened.id)
        else:
            self.leave(self.close_panel)

    def _show_dirty(self) -> None:
        self.editor.show_dirty(dirty=self.is_dirty())
        self.dirty_changed.emit()

    def _to_form(self) -> None:
        self.form.field(self.form.names()[0]).setFocus()

    # --- saving -------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the form, or say by each field what is wrong."""
        opened = self._opened
        if opened is None or not self.is_dirty():
            return
        self.editor.notice.hide()
        try:
            values = self.form.values()
        except Invalid as error:
            self.refuse(error)
            return
        self.shell.jobs.write(
            lambda context: self.write(context, values, opened),
            lambda done: self._saved(done, opened),
            self.refuse,
            hold=[self.editor.save_button],
            owner=self,
        )

    def refuse(self, error: Refused) -> None:
        """Say what is wrong by the fields, and the rest over them."""
        rest = self.form.show_refusal(error)
        if rest:
            self.editor.notice.say(rest)

    def saved_name(self, _opened: Opened) -> str:
        """What the saved row is called: as a rule what the first field says."""
        return str(self.form.field(self.form.names()[0]).draft()).strip()

    def saved_text(self, _done: Saved, title: str) -> str:
        """What is said once it is saved."""
        return _("{name} is saved.").format(name=title)

    def _saved(self, done: Saved, opened: Opened) -> None:
        title = self.saved_name(opened)
        self._baseline = self.form.draft()
        self._wanted = done.id
        self.open(done.id)
        self.done(done, self.saved_text(done, title))

    def _ask_delete(self) -> None:
        opened = self._opened
        if opened is None or opened.id is None:
            return
        self.shell.messages.ask(
            _("Delete {name}?").format(name=opened.title),
            _("You can undo it afterwards."),
            _("Delete"),
            lambda: self._delete(opened),
            danger=True,
        )

    def _delete(self, opened: Opened) -> None:
        self.shell.jobs.write(
            lambda context: self.remove(context, opened),
            lambda done: self._deleted(done, opened),
            self._refuse_deletion,
            hold=[self.editor.delete_button],
            owner=self,
        )

    def _deleted(self, done: Done, opened: Opened) -> None:
        self.close_panel()
        self.done(done, _("{name} is deleted.").format(name=opened.title))

    def _refuse_deletion(self, error: Refused) -> None:
        self.editor.notice.say(refusal(error))

    # --- room ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many columns as there is room for."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        panel = 0 if self.editor.isHidden() else theme.current().px(PANEL_WIDTH) + 20
        room = self.width() - panel - theme.current().px(30)
        shown = {column.key: column.width or LEAST_COLUMN for column in self.model.columns}
        for key in self.given_up:
            if theme.current().px(sum(shown.values())) > room:
                del shown[key]
        self.table.show_columns(tuple(shown))
