"""A picture is erased for good in the window: with a reason, by an administrator only."""

from pytestqt.qtbot import QtBot

from moebelcirkel.services import photos, units
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.choices import ChoiceField
from moebelcirkel.ui.pages.units.page import UnitPage
from moebelcirkel.ui.window import entries
from tests import templates, trade
from tests.clock import Clock
from tests.services import working_day
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import settle
from tests.world import World


@templates.begun
def unit(town: World, _clock: Clock) -> int:
    (key,) = trade.put_on_sale(town, 1)
    pictures = [working_day.picture("nogen"), working_day.picture("stol")]
    photos.add(town.person("lager"), pictures, unit_id=key)
    return key


def opened(open_window: OpenWindow, town: World, login: str, unit: int) -> UnitPage:
    window = open_window(login, entries.items_for(town.person(login)))
    window.go("units", unit)
    page = window.page
    assert isinstance(page, UnitPage)
    settle(page)
    return page


def test_it_is_asked_why_and_then_it_is_gone(
    open_window: OpenWindow, town: World, unit: int, qtbot: QtBot
) -> None:
    page = opened(open_window, town, "admin", unit)
    page.photos.erase.click()
    (dialog,) = page.window().findChildren(ActionDialog)
    dialog.verb.click()
    assert dialog.isVisible()
    cause = dialog.form.field("cause")
    assert isinstance(cause, ChoiceField)
    cause.combo.setCurrentIndex(0)
    dialog.verb.click()
    qtbot.waitUntil(lambda: len(page.photos.strip.keys()) == 1)
    assert page.history.model().index(0, 0).data() == (
        "Billede slettet for altid: nogen kan kendes på det"
    )
    assert len(units.passport(town.person("admin"), unit).photos) == 1


def test_who_works_in_the_hall_is_not_offered_it(
    open_window: OpenWindow, town: World, unit: int
) -> None:
    page = opened(open_window, town, "lager", unit)
    assert page.photos.erase.isHidden()
    assert len(page.photos.strip.keys()) == 2
