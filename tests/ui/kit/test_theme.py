"""The look: contrast of every pair of colours, both schemes complete, icons tinted."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from moebelcirkel import paths
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.shell import Person, RailItem
from moebelcirkel.ui.kit.tokens import DARK, LIGHT, Colours
from moebelcirkel.ui.window.login import LoginPage
from moebelcirkel.ui.window.rail import Rail
from moebelcirkel.ui.window.start_window import StartWindow

_GROUNDS = ("ground", "rail", "surface", "sunken")

#: (text, ground) pairs that are used on screen: each must reach 4.5:1 in both schemes.
PAIRS = (
    *((ink, ground) for ink in ("text", "muted", "accent", "accent_text") for ground in _GROUNDS),
    *((ink, ground) for ink in ("money", "warning", "error") for ground in _GROUNDS),
    *((ink, f"{ink}_soft") for ink in ("money", "warning", "error", "accent")),
    *(("text", f"{kind}_soft") for kind in ("money", "warning", "error", "accent")),
    *(("muted", f"{kind}_soft") for kind in ("money", "warning", "error", "accent")),
    ("accent_text", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
)

#: (border, ground) pairs that must reach 3:1, because the border alone shows where a field is.
BORDERS = tuple((b, g) for b in ("field_border", "accent", "error") for g in _GROUNDS)

SCHEMES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` as WCAG 2.1 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@SCHEMES
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(colours: Colours, ink: str, ground: str) -> None:
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@SCHEMES
@pytest.mark.parametrize(("border", "ground"), BORDERS)
def test_borders_of_fields_can_be_seen(colours: Colours, border: str, ground: str) -> None:
    assert contrast(getattr(colours, border), getattr(colours, ground)) >= 3


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@SCHEMES
def test_pictures_of_controls_have_the_colours_of_their_scheme(colours: Colours) -> None:
    name = "light" if colours is LIGHT else "dark"
    known = set(colours)
    files = sorted(paths.resources("style", name).glob("*.svg"))
    assert len(files) == 9
    for file in files:
        used = {word.strip('"') for word in file.read_text().replace("=", " ").split()}
        assert any(colour in used or f"{colour}" in file.read_text() for colour in known), file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_scheme_is_applied_to_palette_font_and_sheet(
    qapp: QApplication, scheme: theme.Scheme
) -> None:
    look = theme.apply(qapp, scheme)
    assert theme.current() is look
    assert qapp.palette().window().color() == QColor(look.colours.ground)
    assert "$" not in theme.watch().sheet
    assert QFontInfo(qapp.font()).family() == theme.FAMILY
    theme.apply(qapp, "light")


def test_large_text_makes_controls_larger(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    button = QPushButton("Gem")
    qtbot.addWidget(button)
    theme.dress(button)
    assert button.sizeHint().height() == 38
    theme.apply(qapp, "light", scale=2)
    button.ensurePolished()
    assert button.sizeHint().height() == 74
    theme.apply(qapp, "light")


def test_what_comes_into_a_window_still_to_be_shown_has_the_last_look(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, "light", scale=1.5)
    window = StartWindow(lambda: None)
    qtbot.addWidget(window)
    theme.apply(qapp, "light")
    page = LoginPage()
    window.put(page, "login")
    title = next(label for label in page.findChildren(QLabel) if label.property("tone") == "label")
    assert title.font().pixelSize() == theme.current().font("small").pixelSize()
    assert page.form.button.height() < theme.current().px(60)


def test_a_property_marked_later_takes_effect(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    label = QLabel("Fejl")
    qtbot.addWidget(label)
    theme.dress(label)
    label.ensurePolished()
    theme.mark(label, "tone", "error")
    assert label.palette().windowText().color() == QColor(LIGHT.error)


def test_icons_of_buttons_follow_the_scheme(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    button = QPushButton()
    qtbot.addWidget(button)
    icons.put(button, "search")
    before = button.icon().pixmap(24, 24).toImage()
    theme.apply(qapp, "dark")
    assert button.icon().pixmap(24, 24).toImage() != before
    theme.apply(qapp, "light")
    assert button.icon().pixmap(24, 24).toImage() == before


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    names = [file.stem for file in paths.resources("icons").glob("*.svg")]
    assert len(names) > 40
    for name in names:
        picture = icons.pixmap(name, "text", 24, 1).toImage()
        inked = any(picture.pixelColor(x, y).alpha() for x in range(24) for y in range(24))
        assert inked, name
    assert not icons.program_icon().isNull()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", [QPushButton, QToolButton, QCheckBox, QRadioButton])
def test_the_keyboard_is_shown_by_the_frame_without_another_one_inside(
    qapp: QApplication, qtbot: QtBot, scheme: theme.Scheme, kind: type[QAbstractButton]
) -> None:
    theme.apply(qapp, scheme)
    window = QWidget()
    qtbot.addWidget(window)
    theme.dress(window)
    column = QVBoxLayout(window)
    first, button = QLineEdit(), kind()
    button.setText("Modtagelse")
    column.addWidget(first)
    column.addWidget(button)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()
    before = window.grab(button.geometry()).toImage()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert button.hasFocus()
    after = window.grab(button.geometry()).toImage()
    assert after != before
    wide = isinstance(button, QCheckBox | QRadioButton)  # their frame is that of the box
    inner = before.rect().adjusted(22 if wide else 8, 6, -8, -6)
    assert after.copy(inner) == before.copy(inner)
    theme.apply(qapp, "light")


def test_an_entry_of_the_rail_with_the_keyboard_moves_no_other(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, "light")
    items = [RailItem(word, word, "box", "a", Page) for word in ("stock", "orders", "changes")]
    ground = QWidget()
    theme.dress(ground)
    rail = Rail(items, Person("Eva Holm", "Lager"), QMenu())
    QVBoxLayout(ground).addWidget(rail)
    qtbot.addWidget(ground)
    ground.resize(300, 600)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    rail.person.setFocus()
    QApplication.processEvents()
    before = [button.geometry() for button in rail.buttons.values()]
    for button in rail.buttons.values():
        button.setFocus()
        QApplication.processEvents()
        assert button.hasFocus()
        assert [each.geometry() for each in rail.buttons.values()] == before


def _marked(name: str, value: object) -> QPushButton:
    button = QPushButton("Gem")
    button.setProperty(name, value)
    return button


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize(
    "make",
    [
        lambda: QPushButton("Gem"),
        lambda: _marked("role", "primary"),
        lambda: _marked("role", "choice"),
        lambda: _marked("chip", "accent"),
        lambda: _marked("main", True),
        lambda: _marked("huge", True),
        QToolButton,
        QLineEdit,
        QComboBox,
        QSpinBox,
        QDateEdit,
        QPlainTextEdit,
    ],
    ids=[
        "button",
        "primary",
        "choice",
        "chip",
        "main",
        "huge",
        "tool",
        "line",
        "combo",
        "spin",
        "date",
        "text",
    ],
)
def test_what_the_keyboard_comes_to_stays_as_high_and_moves_nothing_below(
    qapp: QApplication, qtbot: QtBot, make: Callable[[], QWidget], scale: int
) -> None:
    theme.apply(qapp, "light", scale=scale)
    window, first, control, below = QWidget(), QToolButton(), make(), QToolButton()
    theme.dress(window)
    column = QVBoxLayout(window)
    for part in (first, control, below):
        column.addWidget(part)
    column.addStretch(1)
    qtbot.addWidget(window)
    window.resize(400, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first.setFocus()
    QApplication.processEvents()
    before = control.geometry(), below.geometry()
    control.setFocus()
    control.updateGeometry()  # as when a word is said on the page
    QApplication.processEvents()
    assert control.hasFocus()
    assert (control.geometry(), below.geometry()) == before
    theme.apply(qapp, "light")
