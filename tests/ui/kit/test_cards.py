"""Product cards: how many side by side, what a click and a key do, pictures after a rest."""

import dataclasses
import itertools
from collections import Counter
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QCursor, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from moebelcirkel import paths
from moebelcirkel.domain.shop import COLOURS
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.card_grid import CardGrid, pill
from moebelcirkel.ui.kit.lists.cards import CardModel, CardTexts, columns_for
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.pictures import paint, silhouettes

NO_KEYS = Qt.KeyboardModifier.NoModifier
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def card(number: int, action: str = "") -> CardTexts:
    return CardTexts(
        key=number,
        title=f"Kontorstol {number}",
        condition_chip=Chip("A · som ny", "accent"),
        count_text="24 stk.",
        price_text="850 kr.",
        new_price_text="nypris 3.350 kr.",
        co2_text="undgået: ca. 28 kg CO₂e",
        label_chip="Svanemærket",
        photo_key=("photo of", number),
        action_text=action,
        shape="office_chair",
    )


class Shop:
    """A grid with cards, and what it asked for."""

    def __init__(self, qtbot: QtBot, count: int = 200) -> None:
        self.requests: list[PageRequest[CardTexts]] = []
        self.photos: list[tuple[Hashable, ...]] = []
        self.model = CardModel(self.requests.append)
        self.grid = CardGrid("Møbler")
        qtbot.addWidget(self.grid)
        self.grid.show_model(self.model, self.photos.append)
        self.show(count)
        self.grid.resize(700, 600)
        self.grid.show()

    def show(self, count: int, action: str = "Tag 12") -> None:
        """What is found now."""
        self.model.reset(count, [card(n, action if n % 2 == 0 else "") for n in range(60)])


@given(st.integers(min_value=1, max_value=5000), st.integers(min_value=1, max_value=600))
def test_cells_fill_the_width_but_for_one_pixel(width: int, least: int) -> None:
    columns, cell = columns_for(width, least)
    assert columns >= 1
    assert cell >= 1
    if width > least:
        assert columns * cell < width
        assert cell >= least
        assert (columns + 1) * least > width - 1


@pytest.mark.parametrize("width", [432, 433, 434, 649, 650, 699, 865, 866])
def test_qt_breaks_lines_where_the_formula_says(qtbot: QtBot, width: int) -> None:
    shop = Shop(qtbot)
    shop.grid.resize(width, 600)
    qtbot.wait(10)
    columns, _cell = columns_for(shop.grid.viewport().width(), 216)
    tops = [shop.grid.visualRect(shop.model.index(n, 0)).top() for n in range(columns + 1)]
    assert len(set(tops[:columns])) == 1
    assert tops[columns] > tops[0]


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    QAbstractItemModelTester(shop.model, FATAL)
    shop.model.data(shop.model.index(199, 0))
    qtbot.waitUntil(lambda: bool(shop.requests))
    shop.model.deliver(shop.requests.pop(), [card(n) for n in range(180, 200)])
    shop.model.reset(0)


def test_enter_and_space_take_the_action_or_open(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    taken: list[CardTexts] = []
    opened: list[CardTexts] = []
    shop.grid.action.connect(taken.append)
    shop.grid.opened.connect(opened.append)
    shop.grid.select_key(0)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        QTest.keyClick(shop.grid, key)
        shop.show(60)
        qtbot.waitUntil(lambda: shop.grid.settled)
    QTest.keyClick(shop.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shop.grid, Qt.Key.Key_Right)
    QTest.keyClick(shop.grid, Qt.Key.Key_Return)
    assert [each.key for each in taken] == [0, 0]
    assert [each.key for each in opened] == [0, 1]


def action_point(shop: Shop, number: int) -> QPoint:
    index = shop.model.index(number, 0)
    cell = QRectF(shop.grid.visualRect(index))
    shown = shop.grid.current_card() if number == 0 else card(number, "Tag 12")
    assert shown is not None
    return shop.grid._delegate.action_box(cell, shown).center().toPoint()


def test_a_click_on_the_words_acts_and_elsewhere_only_chooses(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    taken: list[CardTexts] = []
    shop.grid.action.connect(taken.append)
    middle = shop.grid.visualRect(shop.model.index(0, 0)).center()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(shop.grid.viewport(), left, NO_KEYS, middle)
    assert shop.grid.current_card() == card(0, "Tag 12")
    assert taken == []
    QTest.mouseMove(shop.grid.viewport(), action_point(shop, 0))
    QTest.mouseClick(shop.grid.viewport(), left, NO_KEYS, action_point(shop, 0))
    assert [each.key for each in taken] == [0]
    assert shop.grid.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(shop.grid.viewport(), middle)
    assert shop.grid.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor


def test_a_second_click_takes_nothing_under_other_words_until_they_could_be_read(
    qtbot: QtBot,
) -> None:
    shop = Shop(qtbot)
    taken: list[str] = []
    shop.grid.action.connect(lambda card: taken.append(card.action_text))

    def click() -> None:
        point = action_point(shop, 0)
        QTest.mouseClick(shop.grid.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, point)

    shop.grid.select_key(0)
    click()
    click()
    qtbot.waitUntil(lambda: shop.grid._acted.over)
    click()  # saving is slow: what the first click came to is not shown yet
    shop.show(60, "Tag 8")
    click()
    for _tenth in range(7):
        shop.grid._acted.timeout.emit()
    click()
    QTest.keyClick(shop.grid, Qt.Key.Key_Return)
    assert taken == ["Tag 12"]
    qtbot.waitUntil(lambda: shop.grid.settled and shop.grid._slid.over)
    click()
    assert taken == ["Tag 12", "Tag 8"]


def test_a_click_on_what_slid_under_the_pointer_takes_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Shop(qtbot)
    taken: list[str] = []
    shop.grid.action.connect(lambda card: taken.append(card.action_text))
    shop.grid.select_key(0)
    point = action_point(shop, 0)
    spot = shop.grid.viewport().mapToGlobal(point)
    monkeypatch.setattr(QCursor, "pos", staticmethod(lambda: spot))
    shop.show(60, "Tag 8")
    QTest.mouseClick(shop.grid.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, point)
    assert taken == []
    qtbot.waitUntil(lambda: shop.grid._slid.over)
    shop.show(60, "Tag 8")  # read again, and the same
    QTest.mouseClick(shop.grid.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, point)
    assert taken == ["Tag 8"]


def test_pictures_are_asked_for_once_after_a_rest(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    assert shop.photos == []
    qtbot.waitUntil(lambda: bool(shop.photos))
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("#A3271F"))
    shop.grid.photo_arrived(("photo of", 0), picture)
    shop.grid.photo_arrived(("photo of", 1), None)
    qtbot.wait(100)
    asked = Counter(itertools.chain.from_iterable(shop.photos))
    assert asked["photo of", 0] == asked["photo of", 1] == max(asked.values()) == 1
    assert ("photo of", 59) not in asked
    corner = shop.grid.visualRect(shop.model.index(0, 0)).topLeft() + QPoint(100, 60)
    assert shop.grid.viewport().grab().toImage().pixelColor(corner).name() == "#a3271f"


def test_the_choice_survives_a_new_search(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    shop.grid.select_key(5)
    shop.model.reset(3, [card(4), card(5), card(6)])
    chosen = shop.grid.current_card()
    assert chosen is not None
    assert chosen.key == 5


def test_a_letter_reads_nothing(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    QTest.keyClicks(shop.grid, "zz")
    qtbot.wait(10)
    assert shop.requests == []


def test_a_narrow_card_shows_the_whole_name_and_few_words_of_its_condition(
    qapp: QApplication,
) -> None:
    theme.apply(qapp, "light")
    faces = (paint.font("body", 600), paint.font("small", 600))
    room = 181.0  # three cards beside the basket in a window of 1440
    assert paint.fitting("Kontorstol Birk K2, sort", room, *faces) == faces[0]
    long = "Hæve-sænkebord 160×80, eg"
    assert paint.width_of(long, faces[0]) > room
    face = paint.fitting(long, room, *faces)
    assert face == faces[1]
    assert paint.width_of(long, face) <= room
    mended = dataclasses.replace(
        card(1),
        condition_chip=Chip("C · brugsspor · istandsat", "warning"),
        condition_brief="C · istandsat",
    )
    assert pill(mended, room - 40) == ("C · istandsat", "warning")
    assert pill(mended, 2 * room) == ("C · brugsspor · istandsat", "warning")
    assert pill(card(1), 20) == ("A · som ny", "accent")


def test_cards_are_heard(qtbot: QtBot) -> None:
    shop = Shop(qtbot)
    seen = QAccessible.queryAccessibleInterface(shop.grid)
    assert seen.text(QAccessible.Text.Name) == "Møbler"
    assert seen.childCount() == 200
    first = seen.child(0)
    assert first.role() == QAccessible.Role.ListItem
    assert first.text(QAccessible.Text.Name) == "Kontorstol 0, A · som ny, 24 stk., 850 kr."
    assert "Tag 12" in first.text(QAccessible.Text.Description)


def test_every_category_has_a_shape() -> None:
    assert silhouettes.shape_for("office_task_chair") == "office_chair"
    assert silhouettes.shape_for("school_chair") == "chair"
    assert silhouettes.shape_for("sofa_2_seat") == "sofa"
    assert silhouettes.shape_for("filing_cabinet_steel") == "cabinet"
    assert silhouettes.shape_for("something") == "box"
    assert silhouettes.shape_for("table_lamp") == "lamp"
    assert silhouettes.shape_for("desk_screen") == "board"
    drawings = paths.resources("icons", "silhouettes").glob("*.svg")
    assert {file.stem for file in drawings} == set(silhouettes.WORDS)


def test_a_shape_is_tinted_for_its_scheme(qapp: QApplication) -> None:
    def seen(scheme: theme.Scheme, shape: str) -> dict[str, int]:
        theme.apply(qapp, scheme)
        image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        silhouettes.draw(painter, QRectF(0, 0, 100, 100), shape)
        painter.end()
        spots = itertools.product(range(100), range(100))
        return Counter(image.pixelColor(*spot).name() for spot in spots)

    light, dark = seen("light", "desk"), seen("dark", "desk")
    assert light["#c9a66b"] > 500
    assert light["#4d5250"] > 500
    assert dark[QColor("#c9a66b").lighter(120).name()] > 500
    assert dark["#98a09b"] > 500
    assert seen("light", "anything else") == seen("light", "box")
    assert seen("light", "desk:blaa")[silhouettes.BODIES["blaa"].lower()] > 500
    assert silhouettes.BODIES["sort"].lower() not in seen("dark", "desk:sort")


def test_a_shape_has_the_colour_that_the_name_ends_in() -> None:
    assert silhouettes.shape_for("office_task_chair", "Kontorstol Birk, mørkeblå") == (
        "office_chair:blaa"
    )
    assert silhouettes.shape_for("meeting_table", "Mødebord, eg") == "round_table:eg"
    for plain in ("Kontorstol Sort", "Stol, stabelbar", ""):
        assert silhouettes.shape_for("school_chair", plain) == "chair"
    assert silhouettes.BODIES.keys() == COLOURS.keys()
