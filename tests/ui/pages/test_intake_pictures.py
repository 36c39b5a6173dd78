"""Pictures at intake: several at once, and each bad one named."""

from pathlib import Path

from moebelcirkel.ui.main_window import MainWindow
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.keyboard import Keyboard
from tests.ui.pages.test_intake import ITEMS, jpeg, page_of


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
