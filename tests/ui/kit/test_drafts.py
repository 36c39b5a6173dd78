"""Half-filled forms survive a crash, belong to one person, and are never half a file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel.ui.kit.drafts import Drafts

Maker = Callable[..., Drafts]


@pytest.fixture
def make(qapp: QApplication, tmp_path: Path) -> Iterator[Maker]:
    made: list[Drafts] = []

    def maker(database: str = "db-1", user: str = "eva", folder: Path = tmp_path) -> Drafts:
        made.append(Drafts(folder, database, user))
        return made[-1]

    yield maker
    for drafts in made:
        drafts.close()


def test_a_draft_is_there_after_the_next_start(make: Maker) -> None:
    first = make()
    first.save("intake", {"antal": 12, "note": "æøå"})
    first.close()
    assert make().load("intake") == {"antal": 12, "note": "æøå"}


def test_it_is_written_by_itself_a_moment_later(make: Maker, tmp_path: Path, qtbot: QtBot) -> None:
    drafts = make()
    drafts.save("intake", {"a": 1})
    drafts.save("intake", {"a": 2})
    qtbot.waitUntil(lambda: len(list(tmp_path.glob("*.json"))) == 1)
    assert drafts.load("intake") == {"a": 2}
    assert list(tmp_path.glob("*.new")) == []


def test_drafts_of_others_are_not_shown(make: Maker) -> None:
    drafts = make()
    drafts.save("intake", {"a": 1})
    drafts.flush()
    assert drafts.load("orders") is None
    assert make(user="ali").load("intake") is None
    assert make(database="db-2").load("intake") is None


def test_a_sent_form_is_forgotten(make: Maker, tmp_path: Path) -> None:
    drafts = make()
    drafts.save("intake", {"a": 1})
    drafts.flush()
    drafts.save("intake", {"a": 2})
    drafts.clear("intake")
    assert drafts.load("intake") is None
    drafts.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{", "[1]", "\udcff"])
def test_a_damaged_draft_is_no_draft(make: Maker, tmp_path: Path, content: str) -> None:
    drafts = make()
    drafts.save("intake", {"a": 1})
    drafts.flush()
    assert drafts.load("intake")
    (file,) = tmp_path.glob("*.json")
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert drafts.load("intake") is None


def test_a_draft_that_cannot_be_kept_is_told(make: Maker, tmp_path: Path, qtbot: QtBot) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    drafts = make(folder=blocked)
    told: list[str] = []
    drafts.failed.connect(told.append)
    drafts.save("intake", {"a": 1})
    drafts.flush()
    qtbot.waitUntil(lambda: len(told) == 1)


def test_a_cpr_number_never_lies_on_the_disk(make: Maker, tmp_path: Path) -> None:
    drafts = make()
    fields = {
        "note": "ring til 010203-1234",
        "code": "0102031234",
        "rows": [["Stol", "311290 4321"]],
    }
    drafts.save("intake", {"fields": fields, "count": 3})
    kept = {"note": "", "code": "0102031234", "rows": [["Stol", ""]]}
    assert drafts.load("intake") == {"fields": kept, "count": 3}
    written = "".join(path.read_text("utf-8") for path in tmp_path.glob("*"))
    assert "010203-1234" not in written
    assert "311290" not in written
