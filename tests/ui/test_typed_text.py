"""What people type is shown as typed, on every page, in every dialog and on every paper."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QMenu,
    QWidget,
)
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.language import _
from moebelcirkel.services.start import opening
from moebelcirkel.settings import Settings
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.pictures import _stops
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.plain import Label, caption, tip, window_title
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Program
from tests import templates
from tests.ui import shown, spoiled

NOW = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)
SIGN = "<b>x</b>"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small example municipality, spoiled."""
    folder = tmp_path_factory.mktemp("typed")
    file = Path(shutil.copy(templates.in_file("example-400"), folder / "eksempel.sqlite"))
    spoiled.spoil(file)
    return file


@pytest.fixture
def program(qapp: QApplication, example: Path, tmp_path: Path) -> Iterator[Program]:
    """The program on a copy of the example, its clock standing still."""
    file = Path(shutil.copy(example, tmp_path / "eksempel.sqlite"))
    program = Program(qapp, Settings(tmp_path / "settings.json"), str(file), clock=lambda: NOW)
    yield program
    program.end()
    theme.apply(qapp, "light")


def marked_up(root: QWidget) -> list[str]:
    """What Qt would take for markup, or for a letter to underline."""
    found = []
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            found += [widget.text()] * ("<" in widget.text())
        if isinstance(widget, QAbstractButton):
            found += _underlined(widget.text())
        if isinstance(widget, QMenu):
            for action in widget.actions():
                found += _underlined(action.text())
        tips = [widget.toolTip()]
        if isinstance(widget, QAbstractItemView):
            tips += _tips(widget.model())
        found += [told for told in tips if SIGN in told]
    return found


def _underlined(text: str) -> list[str]:
    return [text] if SIGN in text and "&" in text.replace("&&", "") else []


def _tips(model: QAbstractItemModel | None) -> list[str]:
    if model is None:
        return []
    cells = [
        model.index(row, column)
        for row in range(10)
        for column in range(20)
        if model.hasIndex(row, column)
    ]
    return [str(cell.data(Qt.ItemDataRole.ToolTipRole) or "") for cell in cells]


def _open_first_rows(window: MainWindow, program: Program) -> None:
    """Choose the first row of each list of the page, and press Return on it."""
    assert window.page is not None
    for view in window.page.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model.rowCount():
            view.setCurrentIndex(model.index(0, 0))
            QTest.keyClick(view, Qt.Key.Key_Return)
            settle(program)
            return


def _dialogs() -> list[QWidget]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]


@pytest.mark.parametrize("role", list(Role))
def test_no_page_and_no_dialog_takes_people_s_text_for_markup(program: Program, role: Role) -> None:
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(role)
    window = program.open_for(own.actor, Person(own.actor.name, _(role.label)))
    settle(program)
    window.showNormal()
    window.resize(1280, 720)
    wrong: dict[str, list[str]] = {}
    seen = set()
    for word, argument in _stops(window, own):
        window.go(word, argument)
        settle(program)
        _open_first_rows(window, program)
        for root in (window, *_dialogs()):
            if bad := marked_up(root):
                wrong[word] = bad
            if any(SIGN in text for text in shown.texts(root)):
                seen.add(word)
        for dialog in _dialogs():
            dialog.close()
        settle(program)
        assert window.width() == 1280, word
    opening.close(context)
    assert wrong == {}
    assert len(seen) >= len(window.rail.buttons) - 2


def test_all_that_is_said_is_said_as_typed(program: Program) -> None:
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(Role.LEADER)
    window = program.open_for(own.actor, Person(own.actor.name, spoiled.TYPED))
    settle(program)
    said = window.messages
    said.success(spoiled.TYPED)
    said.warn(spoiled.TYPED)
    question = said.ask(spoiled.TYPED, spoiled.TYPED, spoiled.TYPED, lambda: None)
    assert marked_up(window) == []
    assert marked_up(question) == []
    assert spoiled.TYPED.replace("&", "") in shown.texts(question)
    said.refused(Refused(N_("{name}"), name=spoiled.TYPED))
    assert said.notice.text() == spoiled.TYPED
    question.close()
    opening.close(context)


def test_people_s_text_in_a_label_a_button_a_tooltip_and_a_title(qapp: QApplication) -> None:
    label = Label(spoiled.TYPED)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == spoiled.TYPED
    assert caption("Birk & Søn") == "Birk && Søn"
    assert tip("Birk & Søn") == "Birk & Søn"
    assert "&lt;img src=" in tip(spoiled.TYPED)
    assert tip("W" * 160).count("\N{ZERO WIDTH SPACE}") == 6  # or it would be wider than a screen
    assert window_title("Stol [*]") == "Stol [*][*]"


def test_a_very_long_word_does_not_widen_what_it_stands_in(qapp: QApplication) -> None:
    word = "W" * 500
    label = Label(word)
    assert label.text() == word
    assert label.minimumSizeHint().width() < 600
    assert Label("Kontorstol").minimumSizeHint().width() < 200


def test_every_text_column_is_written_over(example: Path) -> None:
    names = {f"{table}.{column}" for table, column in spoiled.columns()}
    assert names >= {
        "app_user.name",
        "app_user.email",
        "article.name",
        "article.maker",
        "article.model",
        "article.colour",
        "article.link",
        "institution.name",
        "institution.address",
        "place.name",
        "place.code",
        "unit.note",
        "unit_code.code",
        "workshop_case.note",
        "workshop_case.given_up",
        "shop_order.note",
        "shop_order.reason",
        "task_type.name",
        "hour_rate.name",
        "cost_bearer.name",
        "factor_set.note",
        "factor.source",
        "category.name_da",
        "delivery.received_by",
    }


def test_a_long_word_where_lines_are_short_ends_in_a_hyphen(qtbot: QtBot) -> None:
    label = Label("Hæve-sænkebord Kontorstolebord 123456789012", long=10)
    qtbot.addWidget(label)
    parted = "Hæve-sænkebord Kontorstol\N{SOFT HYPHEN}ebord 1234567890\N{ZERO WIDTH SPACE}12"
    assert QLabel.text(label) == parted
    assert label.text() == parted.replace("\N{SOFT HYPHEN}", "").replace("\N{ZERO WIDTH SPACE}", "")
