"""Pictures at intake: several at once, and each bad one named."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QScrollArea

from moebelcirkel.services import articles, photos
from moebelcirkel.ui.window.main_window import MainWindow
from tests import world
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import Keyboard
from tests.ui.pages.test_intake import ITEMS, jpeg, page_of

# Offscreen a popup can neither come to the front nor take the keyboard; it is reached all the same.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_each_bad_picture_of_several_is_named(open_window: OpenWindow, tmp_path: Path) -> None:
    window: MainWindow = open_window("lager", ITEMS)
    keys, field = Keyboard(window), page_of(window).form.pictures
    files = {"a.jpg": b"not a picture", "b.jpg": jpeg(), "c.jpg": b"nor this"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    field.strip.take_files([str(tmp_path / name) for name in ("væk.jpg", *files)])
    assert field.waiting == 3
    keys.settle()
    said = field.error.text().splitlines()
    assert [line.split(" ")[0] for line in said] == ["væk.jpg", "a.jpg", "c.jpg"]
    assert (len(field.value()), field.waiting) == (1, 0)
    field.strip.take_files([str(tmp_path / "b.jpg")])
    assert field.error.text() == ""
    keys.settle()
    field.strip.take_files([str(tmp_path / "væk.jpg")])
    assert field.error.text().startswith("væk.jpg")
    assert field.waiting == 0


def test_a_known_picture_does_not_make_the_page_scroll(
    open_window: OpenWindow, town: world.World
) -> None:
    lager = town.person("lager")
    photos.add(lager, [photos.prepare(jpeg(), "stol.jpg")], article_id=town.chair)
    window = open_window("lager", ITEMS)
    keys, page = Keyboard(window), page_of(window)
    page._giver_chosen(town.home)
    keys.type("sofi")
    page.form.type.pick(page.form.type.offered()[0])
    keys.settle()
    assert page.advice.picture.isVisible()
    found = articles.suggestion(lager, "B", article_id=town.chair)
    assert found is not None
    source = "Leverandørens prisliste for kontorstole, tilbud nummer 4711 af 12. marts " * 3
    page.advice.say(replace(found, new_price_own=True, new_price_source=source), "B")
    keys.settle()
    view = window.stack.currentWidget()
    assert isinstance(view, QScrollArea)
    assert view.verticalScrollBar().maximum() == 0
    assert page.advice.picture.height() >= 110
