"""What others change is shown without moving what somebody looks at, has chosen or is typing."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from moebelcirkel.domain.roles import Role
from moebelcirkel.language import _
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.program import Program
from tests.ui.conftest import NOW

#: Together they see every page.
_ROLES = (Role.WAREHOUSE, Role.LEADER, Role.CONTROLLER, Role.ADMINISTRATOR)
_TEXT = "halvt skrevet"
Held = dict[str, object]


def _seen(page: Page, kind: type[QWidget]) -> Iterator[tuple[str, QWidget]]:
    for number, widget in enumerate(page.findChildren(kind)):
        if widget.isVisible() and widget.isEnabled():
            yield f"{type(widget).__name__} {number} {widget.accessibleName()}", widget


def _rows(view: QAbstractItemView) -> int:
    """How many rows it shows; one that has nothing to show has no model."""
    count = getattr(view.model(), "rowCount", None)
    return count() if count else 0


def _lay_hands_on(page: Page) -> None:
    """Choose the second row of each list, scroll everything a little, begin to write."""
    for _name, view in _seen(page, QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        if _rows(view) > 1:
            flags = QItemSelectionModel.SelectionFlag
            second = view.model().index(1, 0)
            how = flags.ClearAndSelect | flags.Rows
            view.selectionModel().setCurrentIndex(second, how)


def _begin_to_write(page: Page) -> None:
    for _name, field in _seen(page, QLineEdit):
        assert isinstance(field, QLineEdit)
        if not field.isReadOnly() and not field.text() and field.validator() is None:
            field.insert(_TEXT)
    for _name, field in _seen(page, QPlainTextEdit):
        assert isinstance(field, QPlainTextEdit)
        if not field.isReadOnly():
            field.insertPlainText(_TEXT)
    for _name, area in _seen(page, QAbstractScrollArea):
        assert isinstance(area, QAbstractScrollArea)
        bar = area.verticalScrollBar()
        bar.setValue(min(bar.maximum(), 60))


def _held(page: Page) -> Held:
    found: Held = {"focus": QApplication.focusWidget()}
    for name, area in _seen(page, QAbstractScrollArea):
        assert isinstance(area, QAbstractScrollArea)
        found[f"scrolled {name}"] = area.verticalScrollBar().value()
    for name, view in _seen(page, QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        if _rows(view):
            rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()})
            found[f"chosen {name}"] = rows
    for name, line in _seen(page, QLineEdit):
        assert isinstance(line, QLineEdit)
        found[f"typed {name}"] = (line.text(), line.cursorPosition())
    for name, text in _seen(page, QPlainTextEdit):
        assert isinstance(text, QPlainTextEdit)
        found[f"typed {name}"] = (text.toPlainText(), text.textCursor().position())
    return found


@pytest.mark.parametrize("role", _ROLES)
def test_a_page_that_is_read_again_holds_still(program: Program, role: Role) -> None:
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(role)
    window = program.open_for(own.actor, Person(own.actor.name, _(role.label)))
    settle(program)
    window.showNormal()
    window.resize(1280, 720)
    moved = {}
    for item in entries.items_for(own):
        window.go(item.word)
        settle(program)
        assert window.page is not None
        _lay_hands_on(window.page)
        settle(program)
        _begin_to_write(window.page)
        settle(program)
        before = _held(window.page)
        window.broadcast(window.page.kinds)
        settle(program)
        after = _held(window.page)
        if after != before:
            names = before.keys() | after.keys()
            moved[item.word] = {
                name: (before.get(name), after.get(name))
                for name in sorted(names)
                if before.get(name) != after.get(name)
            }
    opening.close(context)
    assert not moved, moved
