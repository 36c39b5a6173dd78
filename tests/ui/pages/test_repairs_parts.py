"""A spare part for own furniture in the real window: found on the shelf, or wanted."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from moebelcirkel.services import shop, wants
from moebelcirkel.ui.kit.forms.suggest import Picked, Suggestion
from moebelcirkel.ui.pages.repairs.page import RepairsPage
from moebelcirkel.ui.pages.repairs.part_dialog import PartDialog
from moebelcirkel.ui.pages.shop.page import ShopPage
from moebelcirkel.ui.window import entries
from moebelcirkel.ui.window.main_window import MainWindow
from tests.catalogues import left_english
from tests.services.test_parts import apart
from tests.ui.pages.test_pickups_page import words_of
from tests.world import World

OpenWindow = Callable[..., MainWindow]


def opened(town: World, open_window: OpenWindow, qtbot: QtBot) -> tuple[RepairsPage, PartDialog]:
    items = [
        each
        for each in entries.items_for(town.person("leader"))
        if each.word in ("repairs", "shop")
    ]
    window = open_window("leader", items, size=(1280, 720))
    window.go("repairs")
    page = window.page
    assert isinstance(page, RepairsPage)
    page.part.click()
    qtbot.waitUntil(lambda: page.asking is not None)
    dialog = page.asking
    assert isinstance(dialog, PartDialog)
    return page, dialog


def write(dialog: PartDialog, key: int | None, name: str) -> None:
    dialog.line.form.set_values({"name": Picked(key, name), "category": "office_task_chair"})
    dialog.line.form.changed.emit("name")


def test_a_part_on_the_shelf_is_put_into_the_basket(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    apart(town)
    page, dialog = opened(town, open_window, qtbot)
    write(dialog, town.chair, "Kontorstol HÅG SoFi 7200")
    qtbot.waitUntil(lambda: dialog.verb.text() == "Læg i kurven")
    assert dialog.part.combo.currentText().endswith(" stk., fra samme type")
    assert left_english(words_of(dialog)) == []
    dialog.verb.click()
    window = page.window()
    assert isinstance(window, MainWindow)
    qtbot.waitUntil(lambda: isinstance(window.page, ShopPage))
    (line,) = shop.basket(leader, town.school).lines
    assert len(line.held) == 1


def test_the_keyboard_goes_on_after_the_furniture_is_chosen(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    _page, dialog = opened(town, open_window, qtbot)
    dialog.line.name.picked.emit(Suggestion(town.chair, "Kontorstol HÅG SoFi 7200"))
    assert dialog.focusWidget() is dialog.line.category.combo
    dialog.focusNextChild()
    assert dialog.focusWidget() is dialog.name.line


def test_a_part_that_is_not_there_is_wanted(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    leader = town.person("leader")
    page, dialog = opened(town, open_window, qtbot)
    write(dialog, None, "Kontorstol")
    assert (dialog.verb.text(), dialog.part.isHidden()) == ("Efterlys det", True)
    dialog.verb.click()
    qtbot.waitUntil(lambda: dialog.form.field("part").error.text() != "")
    dialog.name.set_value("Armlæn")
    dialog.verb.click()
    qtbot.waitUntil(lambda: page.asking is None)
    (want,) = wants.listed(leader)
    assert want.what == "Armlæn · Reservedel"


def test_the_fields_of_the_furniture_end_where_those_of_the_part_do(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    _page, dialog = opened(town, open_window, qtbot)
    for width in (760, 420):
        dialog.resize(width, dialog.height())
        ends = {
            field.mapTo(dialog, field.rect().topRight()).x()
            for field in (dialog.line.category, dialog.pieces, dialog.line.form)
        }
        assert len(ends) == 1
