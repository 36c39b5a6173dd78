"""Two institutions become one in the settings: what that does is shown before it is done."""

import pytest

from moebelcirkel.services import institutions
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.ui.kit.shell import RailItem
from moebelcirkel.ui.kit.toast import Toast
from moebelcirkel.ui.pages.settings.institutions.merge_dialog import MergeInstitutionDialog
from moebelcirkel.ui.pages.settings.institutions.section import InstitutionsSection
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import trade
from tests.services import ordering
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.settings_hands import choose, names, show
from tests.ui.pages.warehouse import press, settle
from tests.world import World

ITEMS = [RailItem("settings", "Settings", "settings", "own", SettingsPage)]


@pytest.fixture
def window(open_window: OpenWindow) -> MainWindow:
    return open_window("admin", ITEMS, size=(1280, 720))


def asked(window: MainWindow, name: str, into: int) -> MergeInstitutionDialog:
    """The dialog of an institution, with the one that stays chosen."""
    page = window.page
    assert isinstance(page, SettingsPage)
    section = show(page, "institutions")
    assert isinstance(section, InstitutionsSection)
    choose(page, section, name)
    section.merge_button.click()
    settle(page)
    dialog = page.findChild(MergeInstitutionDialog)
    assert dialog is not None
    assert not dialog.verb.isEnabled()
    dialog.into.combo.setCurrentIndex(dialog.into.combo.findData(into))
    settle(page)
    return dialog


def test_what_goes_along_and_what_stays_is_shown_and_then_done(
    window: MainWindow, town: World
) -> None:
    order = ordering.send(town.person("leader"), town, 1)
    dialog = asked(window, "Søndervangskolen", town.home)
    assert dialog.goes.facts()[0] == ("Åbne bestillinger", "1")
    assert ("Personer med roller", "3") in dialog.goes.facts()
    assert dialog.verb.isEnabled()
    page = window.page
    assert isinstance(page, SettingsPage)
    press(page, dialog.verb)
    assert trade.row(town.context, Order, order).institution_id == town.home
    section = page.section()
    assert isinstance(section, InstitutionsSection)
    toast = window.findChildren(Toast)[-1].accessibleName()
    assert toast == "Søndervangskolen er lagt sammen med Plejecenter Åbo."
    assert section.merge_button.isHidden()
    assert "Lagt sammen med Plejecenter Åbo" in section.editor.notice.text()
    row = section.model.rows[names(section).index("Søndervangskolen")]
    state = section.model.columns[-1]
    assert state.text(row) == "Lagt sammen"
    window.undo()
    settle(page)
    assert trade.row(town.context, Institution, town.school).active
    assert not section.merge_button.isHidden()


def test_what_is_in_the_way_is_said_and_nothing_can_be_pressed(
    window: MainWindow, town: World
) -> None:
    ordering.fill(town.person("leader"), town, 2)
    dialog = asked(window, "Søndervangskolen", town.home)
    assert not dialog.verb.isEnabled()
    assert "send eller tøm kurven med 2 møbler" in dialog.notice.text()
    found = institutions.get(town.person("admin"), town.school)
    assert found is not None
    assert found.form.active
