"""A copy put back in the running program: from Indstillinger, from a damaged start, on a new PC."""

import shutil
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from moebelcirkel.services import copies, places
from moebelcirkel.services.start import opening
from moebelcirkel.ui.kit.messages import Question
from moebelcirkel.ui.pages.settings.copies import CopiesSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.window.program import Program
from moebelcirkel.ui.window.restoring import RestorePage
from tests.ui.program_hands import Open, log_in, login_page, windowed

pytestmark = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)


def file_of(house: str) -> Path:
    return opening.file_of(house)


def copied(house: str, code: str) -> copies.Copy:
    """A copy, and a place that came after it."""
    context = opening.open_existing(house)
    try:
        copy = copies.take(context)
        places.save(context, places.PlaceForm(code))
    finally:
        opening.close(context)
    return copy


def codes(house: str) -> frozenset[str]:
    context = opening.open_existing(house)
    try:
        return places.codes(context)
    finally:
        opening.close(context)


def restoring_page(program: Program, qtbot: QtBot) -> RestorePage:
    qtbot.waitUntil(lambda: program.login_flow.restoring is not None)
    assert program.login_flow.restoring is not None
    return program.login_flow.restoring.page


def press(button: QPushButton, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: button.isVisible() and button.isEnabled())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def damage(file: Path) -> None:
    file.write_bytes(b"\xff" * 5_000 + file.read_bytes()[5_000:])


def test_a_copy_is_put_back_from_the_settings(open_program: Open, qtbot: QtBot, house: str) -> None:
    copied(house, "9-01-A")
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    program.window.go("settings", "copies")
    page = program.window.page
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, CopiesSection)
    qtbot.waitUntil(lambda: program.jobs.idle() and len(section.model.rows) == 1)
    section.table.selectRow(0)
    press(section.restore_button, qtbot)
    qtbot.waitUntil(lambda: bool(program.window and program.window.findChildren(Question)))
    (question,) = program.window.findChildren(Question)
    press(question.verb, qtbot)
    restore = restoring_page(program, qtbot)
    qtbot.waitUntil(lambda: restore.back.text() == "Log ind", timeout=20_000)
    assert "Databasen er gendannet fra" in restore.state.text()
    press(restore.back, qtbot)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert "9-01-A" not in codes(house)
    assert len(list(file_of(house).parent.glob("*.before-restore.sqlite"))) == 1


def test_a_damaged_start_offers_the_last_good_copy(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    copied(house, "9-01-A")
    damage(file_of(house))
    program = open_program(house)
    page = login_page(program, qtbot)
    press(page.restore, qtbot)
    restore = restoring_page(program, qtbot)
    qtbot.waitUntil(restore.choice.isVisible)
    assert restore.choice.count() == 1
    press(restore.go, qtbot)
    qtbot.waitUntil(lambda: restore.back.text() == "Log ind", timeout=20_000)
    press(restore.back, qtbot)
    log_in(program, qtbot)
    windowed(program, qtbot)


def test_a_copy_laid_over_the_file_of_a_running_program_leads_to_the_last_good_copy(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    copy = copied(house, "9-01-A")
    program = open_program(house)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert program.window is not None
    # As another program does it: this one would let go of its own locks.
    subprocess.run(["cp", str(copy.path), str(file_of(house))], check=True)
    qtbot.waitUntil(lambda: bool(program.window and program.window.findChildren(Question)))
    (question,) = program.window.findChildren(Question)
    assert "lagt en anden fil oven i databasen" in "".join(
        each.text() for each in question.findChildren(QLabel)
    )
    press(question.verb, qtbot)
    restore = restoring_page(program, qtbot)
    qtbot.waitUntil(restore.choice.isVisible)
    press(restore.go, qtbot)
    qtbot.waitUntil(lambda: restore.back.text() == "Log ind", timeout=20_000)
    press(restore.back, qtbot)
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert "9-01-A" not in codes(house)


def test_a_restore_that_cannot_be_done_says_why_and_leads_back(
    open_program: Open, qtbot: QtBot, house: str
) -> None:
    copy = copied(house, "9-01-A")
    copy.path.write_bytes(copy.path.read_bytes()[:-4096])
    program = open_program(house)
    login_page(program, qtbot)
    qtbot.waitUntil(program.jobs.idle)
    program.restore(str(copy.path))
    restore = restoring_page(program, qtbot)
    qtbot.waitUntil(restore.notice.isVisible)
    assert "er beskadiget" in restore.notice.text()
    press(restore.back, qtbot)
    login_page(program, qtbot)
    assert "9-01-A" in codes(house)


def test_a_copy_opened_at_the_first_start_becomes_a_database_of_ones_own(
    open_program: Open, qtbot: QtBot, house: str, tmp_path: Path
) -> None:
    copy = copied(house, "9-01-A")
    usb = tmp_path / "usb"
    shutil.copytree(copy.path.parent, usb)
    program = open_program()
    qtbot.waitUntil(lambda: program.login_flow.welcome is not None)
    assert program.login_flow.welcome is not None
    program.login_flow.welcome.page.connect_chosen.emit(str(usb / copy.path.name))
    login_page(program, qtbot)
    assert program.target == str(opening.own_file(shared=False))
    log_in(program, qtbot)
    windowed(program, qtbot)
    assert "9-01-A" not in codes(program.target)
