"""Damage that is seen at the door, in the dialog of the hand-over."""

from pytestqt.qtbot import QtBot

from moebelcirkel.services import complaints
from moebelcirkel.ui.pages.deliveries.hand_over import HandOverDialog
from moebelcirkel.ui.pages.deliveries.page import DeliveriesPage
from tests import trade
from tests.services.working_day import picture
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.test_deliveries import ITEMS, pick_all
from tests.ui.pages.warehouse import settle
from tests.world import World


def test_damage_at_the_door_is_reported_with_the_hand_over(
    town: World, open_window: OpenWindow, qtbot: QtBot
) -> None:
    trade.order(town, trade.put_on_sale(town, 3))
    page = open_window("lager", ITEMS).page
    assert isinstance(page, DeliveriesPage)
    pick_all(page, 1)
    page.hand_over_button.click()
    dialog = page.dialog
    assert isinstance(dialog, HandOverDialog)
    damage = dialog.damage
    assert not damage.wrong.isVisible()
    damage.button.click()
    qtbot.waitUntil(lambda: len(damage.items.rows) == 3)
    assert damage.wrong.isVisible()
    assert dialog.screen().availableGeometry().contains(dialog.geometry())
    damage.wrong.set_value("Revnet")
    screen = dialog.screen().availableGeometry()
    dialog.move(dialog.x(), screen.bottom() - dialog.frameGeometry().height())
    dialog.verb.click()
    settle(page)
    assert dialog.notice.isVisible()  # which pieces?
    assert screen.contains(dialog.geometry())  # also with what is said now
    damage.wrong.set_value("")
    damage.items.rows[1].box.setChecked(True)
    damage.pictures.strip.offered.emit(picture("revne").jpeg, "revne.jpg")
    qtbot.waitUntil(lambda: len(damage.pictures.value()) == 1)
    dialog.verb.click()
    assert dialog.isVisible()  # what is wrong is not said yet
    damage.wrong.set_value("Sædet er revnet")
    dialog.verb.click()
    settle(page)
    (row,) = complaints.listed(town.person("lager")).rows
    assert (row.wrong, row.number) == ("Sædet er revnet", "R-00001")
    assert len(complaints.detail(town.person("lager"), row.id).photos) == 1
