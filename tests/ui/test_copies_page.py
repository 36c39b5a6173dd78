"""The page that puts a copy back, by itself."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from moebelcirkel.services.copies import Copy, Facts
from moebelcirkel.ui.window.restoring import RestorePage
from tests.ui import cut


def test_a_long_name_of_who_changed_a_copy_last_is_read_whole(qtbot: QtBot) -> None:
    page = RestorePage()
    qtbot.addWidget(page)
    page.resize(1280, 720)
    name = "Anne-Katrine Vestergaard-Christoffersen, Afdelingen for Genbrug og Indkøb i Midtbyen"
    facts = Facts(
        made="2026-11-20T11:00:00+00:00",
        why="daily",
        house="h",
        host="pc",
        database="m.sqlite",
        schema="0060",
        pieces=300,
        changes=9,
        photos=0,
        last_at="2026-11-20T10:59:00+00:00",
        last_by=name,
    )
    page.show_copies([Copy(Path("a.sqlite"), facts)])
    page.show()
    assert name in page.last.text()
    assert page.last.height() >= page.last.heightForWidth(page.last.width())
    room = page.choice.width() - 40  # the arrow beside it
    assert page.choice.fontMetrics().horizontalAdvance(page.choice.currentText()) <= room
    assert cut.texts(page) == []
