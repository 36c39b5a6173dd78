"""Questions for files open where the person last saved; sheets of labels where the labels are."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from moebelcirkel.ui.kit import file_dialogs
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.parts.label_memory import label_memory
from moebelcirkel.ui.parts.paper_dialog import LabelSheetDialog
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle, starting_with
from tests.world import World


@pytest.fixture
def window(open_window: OpenWindow, town: World) -> MainWindow:
    trade.put_on_sale(town, 2)
    return open_window("lager", starting_with("stock"))


def folder(dialog: QFileDialog) -> Path:
    found = Path(dialog.directory().absolutePath())
    dialog.reject()
    return found


def test_saving_opens_where_this_person_last_saved(
    window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    saved: list[str] = []
    page = window.page
    assert page is not None
    desk = tmp_path / "skrivebord"
    desk.mkdir()
    first = file_dialogs.ask_where(page, "Gem", "liste.pdf", saved.append)
    assert folder(first) != desk
    again = file_dialogs.ask_where(page, "Gem", "liste.pdf", saved.append)
    again.filesSelected.emit([str(desk / "liste.pdf")])
    again.fileSelected.emit(str(desk / "liste.pdf"))
    again.reject()
    assert saved == [str(desk / "liste.pdf")]
    assert folder(file_dialogs.ask_where(page, "Gem", "andet.xlsx", saved.append)) == desk
    assert folder(file_dialogs.ask_file(page, "Åbn", "Alle (*)", saved.append)) != desk
    window.drafts.flush()

    another = open_window("admin", starting_with("stock")).page
    assert another is not None
    assert folder(file_dialogs.ask_where(another, "Gem", "liste.pdf", saved.append)) != desk
    later = open_window("lager", starting_with("stock")).page
    assert later is not None
    assert folder(file_dialogs.ask_where(later, "Gem", "liste.pdf", saved.append)) == desk
    desk.rmdir()
    assert folder(file_dialogs.ask_where(later, "Gem", "liste.pdf", saved.append)) != desk


def test_the_preview_of_labels_opens_where_the_labels_are(window: MainWindow, town: World) -> None:
    page = window.page
    assert page is not None
    label_memory(window.drafts).begin_at(19)  # the last row of three by seven or eight
    dialog = LabelSheetDialog(window, [1, 2], window)
    dialog.open()
    settle(page)
    QTest.qWait(50)
    bar = dialog.preview.view.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() > bar.maximum() // 2
    label_memory(window.drafts).begin_at(1)
    dialog.reject()
    top = LabelSheetDialog(window, [1, 2], window)
    top.open()
    settle(page)
    QTest.qWait(50)
    assert top.preview.view.verticalScrollBar().value() == 0
    top.activateWindow()
    QTest.keyClick(top.preview.print_button, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    (told,) = [each.text() for each in top.findChildren(Notice) if each.text()]
    assert told == "Luk papiret først; så fortryder Ctrl+Z det, du sidst gjorde."
    top.reject()


def test_a_sheet_of_labels_that_was_saved_is_said(
    window: MainWindow, town: World, tmp_path: Path
) -> None:
    page = window.page
    assert page is not None
    dialog = LabelSheetDialog(window, [1, 2], window)
    dialog.open()
    settle(page)
    dialog.preview.save_to(str(tmp_path / "ark.pdf"))
    settle(page)
    told = [each.accessibleName() for each in window.findChildren(Toast)]
    assert told == ["Gemt som ark.pdf"]
