"""The keyboard in a dialog: it begins on the first field, Ctrl+Return sends, Esc leads back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget

from moebelcirkel.ui.kit import keys
from moebelcirkel.ui.kit.dialog import Dialog
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.pages.pickups.page import PickupsPage
from moebelcirkel.ui.pages.pickups.report_dialog import ReportDialog
from moebelcirkel.ui.pages.repairs.dialogs import WishDialog
from moebelcirkel.ui.pages.repairs.part_dialog import PartDialog
from moebelcirkel.ui.parts.piece_dialogs import PriceDialog
from tests.ui.pages.test_unsaved_dialogs import OPENERS, Opener, at, first_text, opened, shown
from tests.ui.pages.warehouse import settle

__all__ = ["at"]


@pytest.mark.parametrize("kind", OPENERS, ids=lambda kind: kind.__name__)
def test_it_begins_at_the_first_field_ctrl_return_sends_and_esc_closes(
    kind: type[Dialog], at: Opener
) -> None:
    dialog = opened(kind, at)
    begins_at_the_first_field(dialog)
    if isinstance(dialog, ActionDialog):
        ctrl_return_is_as_good_as_the_verb(dialog)
    esc_closes_at_once(dialog)


def begins_at_the_first_field(dialog: Dialog) -> None:
    """Never on what leads back, nor on what cannot be taken back."""
    focus = dialog.focusWidget()
    assert focus is not None
    assert focus.property("role") != "danger"
    assert not focus.property("leads_back")
    if isinstance(dialog, ActionDialog) and type(dialog) is not PriceDialog:  # a way is chosen
        began = focus
        form = (
            dialog.lines[0].form
            if isinstance(dialog, ReportDialog | WishDialog | PartDialog)
            else dialog.form
        )
        assert keys.focus_first(form)
        first = dialog.focusWidget()
        # What is chosen in a row of buttons stands for the whole row.
        same_row = isinstance(began, QPushButton) and began.parent() is first.parent()
        assert began is first or same_row


def ctrl_return_is_as_good_as_the_verb(dialog: ActionDialog) -> None:
    """Wherever one writes."""
    dialog.verb.clicked.disconnect()
    pressed: list[bool] = []
    dialog.verb.clicked.connect(lambda: pressed.append(True))
    dialog.verb.setEnabled(True)
    kinds = QPlainTextEdit | QLineEdit
    places = [each for each in dialog.findChildren(QWidget) if isinstance(each, kinds)]
    places = [each for each in places if each.isVisible() and each.isEnabled()]
    for place in places:
        place.setFocus()
        QTest.keyClick(place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(pressed) == len(places)


def esc_closes_at_once(dialog: Dialog) -> None:
    """Nothing was typed that could be lost."""
    editor = first_text(dialog)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QTest.qWait(20)
    assert shown(type(dialog)) == []


def test_a_report_of_one_line_scrolls_only_where_the_window_is_low(at: Opener) -> None:
    page = at.page("leader", "pickups", PickupsPage)
    for height, scrolls in ((900, False), (720, False), (600, True)):
        at.window.resize(1280, height)
        page.create_new()
        settle(page)
        dialog = page.asking
        assert isinstance(dialog, ReportDialog)
        area = dialog.scrolled
        assert (area.verticalScrollBar().maximum() > 0) == scrolls
        assert dialog.verb.y() - area.geometry().bottom() < 40
        dialog.reject()
