"""Fields where something is chosen or counted: lists, segments, type-ahead, count cards."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QVBoxLayout
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused
from moebelcirkel.ui.kit.forms.choices import LONG_LIST, Choice, ChoiceField, SegmentedField
from moebelcirkel.ui.kit.forms.countcard import CountCard, CountChoice, CountField
from moebelcirkel.ui.kit.forms.suggest import Picked, SuggestField, Suggestion, shares
from moebelcirkel.ui.kit.lists.chips import Chip

LEFT = Qt.MouseButton.LeftButton
#: Popups are raised and grab the keyboard, which only real screens can do.
POPUP = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
NO_KEYS = Qt.KeyboardModifier.NoModifier


# --- choices -------------------------------------------------------------------------------------


def test_a_choice_is_kept_when_the_list_changes(qtbot: QtBot) -> None:
    field = ChoiceField("Kategori", [Choice(1, "Stol"), Choice(2, "Bord")], required=True)
    qtbot.addWidget(field)
    with pytest.raises(Refused):
        field.value()
    field.set_value(2)
    field.set_choices([Choice(2, "Bord"), Choice(3, "Reol")])
    assert field.value() == 2
    field.set_choices([Choice(3, "Reol")])
    assert field.combo.currentIndex() == -1


def test_nothing_can_be_chosen_where_it_is_offered(qtbot: QtBot) -> None:
    field = ChoiceField("Farve", [Choice("s", "Sort")], nothing="Ingen")
    qtbot.addWidget(field)
    assert field.value() is None
    assert field.text() == "Ingen"


def test_a_long_list_is_searched_by_typing(qtbot: QtBot) -> None:
    choices = [Choice(n, f"Hal 2 · Reol {n}") for n in range(LONG_LIST)]
    field = ChoiceField("Placering", choices)
    qtbot.addWidget(field)
    assert field.combo.isEditable()
    assert field.value() is None
    field.combo.setEditText("hal 2 · reol 7")
    assert field.value() == 7
    field.combo.setEditText("Hal 9")
    assert not field.check()
    assert "Hal 9" in field.error.text()
    field.set_choices(choices[:3])
    assert not field.combo.isEditable()


@pytest.fixture
def places(qtbot: QtBot) -> ChoiceField:
    """24 places in two halls."""
    names = [f"Hal {hall} · Reol {n} · {at}" for hall in (1, 2) for n in range(1, 7) for at in "AB"]
    field = ChoiceField("Placering", [Choice(n, name) for n, name in enumerate(names)])
    qtbot.addWidget(field)
    field.show()
    field.combo.setFocus()
    return field


def offered(field: ChoiceField) -> list[str]:
    """What the open list says."""
    completer = field.combo.completer()
    assert completer is not None
    model = completer.completionModel()
    return [model.index(n, 0).data() for n in range(model.rowCount())]


@POPUP
def test_a_place_is_found_by_its_words_without_what_stands_between(places: ChoiceField) -> None:
    line = places.combo.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "Reol 2 B")
    assert offered(places)[:2] == ["Hal 1 · Reol 2 · B", "Hal 2 · Reol 2 · B"]
    completer = places.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert places.text() == "Hal 2 · Reol 2 · B"
    assert places.combo.itemText(places.combo.currentIndex()) == "Hal 2 · Reol 2 · B"
    line.selectAll()
    QTest.keyClicks(line, "hal 1 reol 5 a")
    popup.hide()
    line.editingFinished.emit()
    assert places.text() == "Hal 1 · Reol 5 · A"


@POPUP
def test_a_click_into_a_chosen_place_selects_it_so_that_typing_replaces_it(qtbot: QtBot) -> None:
    field = ChoiceField("Placering", [Choice(n, f"Hal 2 · Reol {n}") for n in range(LONG_LIST)])
    page, other = QDialog(), QLineEdit()
    layout = QVBoxLayout(page)
    layout.addWidget(other)
    layout.addWidget(field)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    field.set_value(3)
    other.setFocus()
    line = field.combo.lineEdit()
    assert line is not None
    QTest.mouseClick(line, LEFT, pos=QPoint(5, 5))
    assert line.selectedText() == "Hal 2 · Reol 3"
    QTest.mouseClick(line, LEFT, pos=QPoint(5, 5))
    assert line.selectedText() == ""


@POPUP
def test_arrows_do_not_step_to_what_was_not_searched(places: ChoiceField) -> None:
    line = places.combo.lineEdit()
    assert line is not None
    QTest.keyClicks(line, "loftet")
    assert "loftet" in places.error.text()
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert places.text() == "loftet"
    assert not places.check()
    line.selectAll()
    QTest.keyClicks(line, "reol 3")
    assert places.error.text() == ""
    completer = places.combo.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    popup.hide()
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert popup.isVisible()
    assert offered(places)[0] == "Hal 1 · Reol 3 · A"
    places.set_value(0)
    popup.hide()
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert places.value() == 1


def test_segments_are_chosen_by_mouse_and_arrows(qtbot: QtBot) -> None:
    choices = [Choice("yes", "Ja"), Choice("some", "Nogle"), Choice("no", "Nej")]
    field = SegmentedField("Ville I ellers have købt nyt?", choices, required=True)
    qtbot.addWidget(field)
    field.show()
    with pytest.raises(Refused):
        field.value()
    with qtbot.waitSignal(field.changed):
        field.button(0).click()
    field.button(0).setFocus()
    QTest.keyClick(field.button(0), Qt.Key.Key_Right)
    assert field.value() == "some"
    field.set_value(None)
    assert field.draft() is None
    assert field.button(2).accessibleName() == "Ville I ellers have købt nyt?: Nej"


def test_return_in_another_field_of_a_dialog_chooses_nothing(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    field = SegmentedField("Ny stand", [Choice("A", "A"), Choice("B", "B")], required=True)
    field.set_value("B")
    line = QLineEdit()
    layout = QVBoxLayout(dialog)
    layout.addWidget(field)
    layout.addWidget(line)
    dialog.show()
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert field.value() == "B"


# --- type-ahead ----------------------------------------------------------------------------------

SOFI = Suggestion(4, "HÅG SoFi 7200, sort", "24 på lager", Chip("findes allerede", "accent"))


@pytest.fixture
def suggest(qtbot: QtBot) -> SuggestField:
    field = SuggestField("Møbeltype", required=True)
    qtbot.addWidget(field)
    field.resize(500, 80)
    field.show()
    field.setFocus()
    return field


@POPUP
def test_typing_asks_once_after_a_pause(suggest: SuggestField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(suggest.asked) as asked:
        QTest.keyClicks(suggest.line, "sof")
    assert asked.args == ["sof"]
    suggest.offer("so", [SOFI])
    assert suggest.offered() == []
    suggest.offer("sof", [SOFI])
    assert suggest.offered() == [SOFI]
    QAbstractItemModelTester(suggest._rows, QAbstractItemModelTester.FailureReportingMode.Fatal)


@pytest.mark.parametrize(
    ("words", "detail", "width"),
    [(100, 50, 250), (200, 150, 200), (290, 150, 225), (290, 40, 260), (30, 400, 30)],
)
def test_the_words_of_a_suggestion_have_the_room_before_its_detail(
    words: float, detail: float, width: float
) -> None:
    assert shares(300, words, detail) == width


@POPUP
def test_arrow_and_enter_pick_what_is_known(suggest: SuggestField, qtbot: QtBot) -> None:
    QTest.keyClicks(suggest.line, "sof")
    suggest.offer("sof", [SOFI])
    qtbot.waitUntil(suggest._popup.isVisible)
    assert suggest._popup.width() == suggest.line.width()
    with qtbot.waitSignal(suggest.picked) as picked:
        QTest.keyClick(suggest._popup, Qt.Key.Key_Down)
        QTest.keyClick(suggest._popup, Qt.Key.Key_Return)
    assert picked.args == [SOFI]
    assert suggest.value() == Picked(4, SOFI.text)
    assert suggest._chip.text() == "findes allerede"
    assert suggest._chip.geometry().right() < suggest.line.width()
    assert suggest.line.textMargins().right() >= suggest._chip.width()


@POPUP
def test_return_waits_for_what_is_looked_up_and_so_do_the_keys_after_it(
    suggest: SuggestField, qtbot: QtBot
) -> None:
    other = QLineEdit(suggest)
    other.show()

    def take() -> None:
        only = suggest.only_one()
        if only is not None:
            suggest.pick(only)
            other.setFocus()

    suggest.line.returnPressed.connect(take)
    qtbot.waitUntil(suggest.line.hasFocus)
    QTest.keyClicks(suggest.line, "sofi")
    with qtbot.waitSignal(suggest.asked) as asked:
        QTest.keyClick(suggest.line, Qt.Key.Key_Return)
    QTest.keyClicks(suggest.line, "3")
    assert asked.args == ["sofi"]
    assert suggest.line.text() == "sofi"
    suggest.offer("sofi", [SOFI])
    assert suggest.value() == Picked(4, SOFI.text)
    assert other.text() == "3"
    assert not suggest._popup.isVisible()


def test_return_goes_on_where_nothing_is_ever_found(suggest: SuggestField, qtbot: QtBot) -> None:
    QTest.keyClicks(suggest.line, "ny stol")
    with qtbot.waitSignal(suggest.line.returnPressed):
        QTest.keyClick(suggest.line, Qt.Key.Key_Return)
        suggest._patience.timeout.emit()
    assert suggest.value() == Picked(None, "ny stol")


def test_typing_on_makes_it_something_new(suggest: SuggestField, qtbot: QtBot) -> None:
    suggest.pick(SOFI)
    with qtbot.waitSignal(suggest.picked) as picked:
        QTest.keyClicks(suggest.line, "x")
    assert picked.args == [None]
    assert suggest.value().key is None
    assert suggest._chip.isHidden()


def test_only_known_things_where_asked_for(qtbot: QtBot) -> None:
    field = SuggestField("Institution", known_only=True)
    qtbot.addWidget(field)
    field.restore([None, "Ukendt"])
    assert not field.check()
    field.restore([7, "Rådhuset"])
    assert field.check()
    assert field.draft() == [7, "Rådhuset"]


# --- counts --------------------------------------------------------------------------------------

SHELF, SHOP = Choice("shelf", "på hylde"), Choice("workshop", "til værksted")


@pytest.fixture
def counts(qtbot: QtBot) -> CountField:
    choices = [
        CountChoice("B", "B · god", (SHELF,)),
        CountChoice("C", "C · brugsspor", (SHOP, SHELF)),
    ]
    field = CountField("Stand: hvor mange af hver?", choices, required=True)
    qtbot.addWidget(field)
    field.resize(400, 90)
    field.show()
    return field


def press(card: CountCard, *keys: Qt.Key) -> int:
    for key in keys:
        QTest.keyClick(card, key)
    return card.count


def test_counts_are_typed_and_stepped(counts: CountField) -> None:
    card = counts.cards["B"]
    card.setFocus()
    assert press(card, Qt.Key.Key_1, Qt.Key.Key_2) == 12
    assert press(card, Qt.Key.Key_Plus, Qt.Key.Key_Up) == 14
    assert press(card, Qt.Key.Key_Minus, Qt.Key.Key_Down) == 12
    assert press(card, Qt.Key.Key_Backspace, Qt.Key.Key_5) == 15
    assert press(card, Qt.Key.Key_Delete, Qt.Key.Key_Minus) == 0
    assert press(card, *[Qt.Key.Key_9] * 6) == 9999


def test_counts_are_stepped_by_mouse(counts: CountField, qtbot: QtBot) -> None:
    card = counts.cards["B"]
    card._hover = True
    minus, plus = card._step_boxes()
    for _time in range(3):
        QTest.mouseClick(card, LEFT, NO_KEYS, plus.center().toPoint())
    QTest.mouseClick(card, LEFT, NO_KEYS, minus.center().toPoint())
    assert counts.value() == {"B": 2, "C": 0}
    assert counts.total() == 2
    card.grab()


@POPUP
def test_where_pieces_go_is_chosen_in_a_menu(counts: CountField) -> None:
    card = counts.cards["C"]
    assert counts.targets() == {"B": "shelf", "C": "workshop"}
    QTest.keyClick(card, Qt.Key.Key_Space)
    menu = card.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.actions()[1].trigger()
    menu.close()
    assert counts.targets()["C"] == "shelf"
    assert card.accessibleName() == "C · brugsspor, på hylde: 0"


def test_counts_survive_as_a_draft_and_none_is_refused(counts: CountField) -> None:
    with pytest.raises(Refused):
        counts.value()
    counts.set_value({"C": 3})
    counts.cards["C"].set_target("shelf")
    kept = counts.draft()
    counts.set_value({})
    counts.restore(kept)
    assert counts.value() == {"B": 0, "C": 3}
    assert counts.targets()["C"] == "shelf"


def test_cards_whose_words_would_be_cut_go_into_two_lines(counts: CountField, qtbot: QtBot) -> None:
    def tops() -> set[int]:
        qtbot.wait(10)
        return {card.y() for card in counts.cards.values()}

    assert len(tops()) == 1
    choices = [CountChoice(key, f"{key} · brugsspor", (SHELF,)) for key in "ABCD"]
    narrow = CountField("Stand", choices)
    qtbot.addWidget(narrow)
    narrow.resize(330, 200)
    narrow.show()
    qtbot.wait(10)
    assert len({card.y() for card in narrow.cards.values()}) == 2


def test_segments_begin_with_a_capital_though_the_word_also_stands_in_sentences(
    qtbot: QtBot,
) -> None:
    field = SegmentedField("Adgang", [Choice("unknown", "ved ikke"), Choice("A", "A · som ny")])
    qtbot.addWidget(field)
    assert [field.button(number).text() for number in (0, 1)] == ["Ved ikke", "A · som ny"]


def test_a_line_that_is_left_shows_where_its_words_begin(qtbot: QtBot) -> None:
    field = ChoiceField("Kategori", [Choice(n, f"Kontorstol ({n})") for n in range(LONG_LIST)])
    qtbot.addWidget(field)
    field.set_value(7)
    line = field.combo.lineEdit()
    assert line is not None
    line.setCursorPosition(len(line.text()))
    line.editingFinished.emit()
    assert field.value() == 7
    assert line.cursorPosition() == 0
