"""Every page opens for every role, in both languages, without a word of the other one or cut."""

import functools
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from moebelcirkel import settings
from moebelcirkel.domain.roles import Role
from moebelcirkel.language import _
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.program import Program
from tests import catalogues
from tests.ui import cut, shown
from tests.ui.conftest import NOW


@functools.cache
def english_with_danish() -> dict[str, str]:
    """Danish texts that stand for one English text only, and that text."""
    found: dict[str, set[str]] = {}
    for name, given in catalogues.danish().items():
        if isinstance(name, str):
            found.setdefault(given[0], set()).add(name)
    return {danish: min(names) for danish, names in found.items() if danish not in names}


def wrong_words(code: str, found: set[str], data: set[str]) -> list[str]:
    """What is shown in the other language, names out of the database aside."""
    if code == "da":
        return catalogues.left_english(sorted(found))
    known = english_with_danish()
    return sorted(text for text in found - data if text in known)


def words_of_data(file: Path) -> set[str]:
    """Names that are Danish in either language: categories, tasks, places, roles of people."""
    found: set[str] = set()
    connection = sqlite3.connect(file)
    for table, column in (
        ("category", "name_da"),
        ("task_type", "name"),
        ("hour_rate", "name"),
        ("place", "name"),
        ("institution", "name"),
        ("institution", "department"),
        ("article", "colour"),
        ("article", "materials"),
        ("cost_bearer", "name"),
        ("category", "group_da"),
    ):
        found.update(str(row[0]) for row in connection.execute(f"SELECT {column} FROM {table}"))
    connection.close()
    return found


def test_a_cut_text_is_found(qapp: QApplication) -> None:
    window = QWidget()
    label = QLabel("afventer godkendelse", window)
    label.resize(40, 20)
    window.show()
    assert len(cut.texts(window)) == 1
    label.resize(400, 20)
    assert cut.texts(window) == []
    window.close()


@pytest.mark.parametrize(
    ("code", "scale", "size"),
    [
        ("da", 1.0, (1280, 720)),
        ("en", 1.0, (1280, 720)),
        ("da", 2.0, (1440, 900)),
        ("da", 1.0, (960, 600)),
    ],
)
@pytest.mark.parametrize("role", list(Role))
def test_every_page_in_every_language_and_size(
    program: Program, example: Path, role: Role, code: str, scale: float, size: tuple[int, int]
) -> None:
    """It opens, says nothing in the other language, no text is cut, and it scrolls not sideways."""
    program.settings.set(settings.LANGUAGE, code)
    program.settings.set(settings.SCALE, scale)
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(role)
    window = program.open_for(own.actor, Person(own.actor.name, _(role.label)))
    settle(program)
    window.showNormal()
    window.resize(*size)
    data = words_of_data(example)
    cut_off, wide, wrong = {}, {}, {}
    for item in entries.items_for(own):
        window.go(item.word)
        settle(program)
        assert window.page is not None
        assert window.page.word == item.word
        assert (item.word, window.messages.notice.text()) == (item.word, "")
        assert window.messages.banner.isHidden(), item.word
        if found := cut.texts(window):
            cut_off[item.word] = found
        if room := window._pages[item.word].view.horizontalScrollBar().maximum():
            wide[item.word] = room
        if bad := wrong_words(code, shown.texts(window), data):
            wrong[item.word] = bad
    opening.close(context)
    assert cut_off == {}
    assert wide == {}
    assert wrong == {}
    if (scale, size) == (1.0, (1280, 720)):  # all of the rail is in sight
        assert window.rail._scroll.verticalScrollBar().maximum() == 0
