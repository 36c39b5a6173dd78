"""A PC whose database was decided for everybody on it."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel import paths
from moebelcirkel.settings import Settings
from moebelcirkel.ui.window.program import Program
from tests.ui.program_hands import login_page


@pytest.mark.parametrize("decided", [True, False])
def test_nobody_is_offered_another_database_where_it_is_decided(
    qapp: QApplication, qtbot: QtBot, house: str, tmp_path: Path, decided: bool
) -> None:
    machine = tmp_path / "machine.json"
    machine.write_text(json.dumps({"database": house} if decided else {}))
    own = Settings(tmp_path / "settings.json", machine)
    program = Program(qapp, own, None if decided else house)
    program.start()
    try:
        page = login_page(program, qtbot)
        assert page.other.isVisibleTo(page) is not decided
        assert program.target == house
    finally:
        program.end()


def test_the_file_lies_where_only_whoever_runs_the_pc_writes() -> None:
    assert paths.machine_settings().parent != paths.user_data()
    assert paths.machine_settings().parent != paths.program_data()
