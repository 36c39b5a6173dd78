"""What each is called can be read in the registers of Settings, however many columns there are."""

import pytest

from moebelcirkel.services import institutions
from moebelcirkel.services.institutions import InstitutionForm
from moebelcirkel.ui.kit.lists.cell import PAD
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.pages.settings.register import Register
from moebelcirkel.ui.window import entries
from tests.ui.pages.conftest import OpenWindow
from tests.world import World

NAMES = ("Børnehaven Solstrålen", "Børnehuset Mælkevejen", "Demenscenter Kløvermarken")


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
@pytest.mark.parametrize("opened", [False, True])
def test_names_are_not_cut(
    town: World, open_window: OpenWindow, size: tuple[int, int], opened: bool
) -> None:
    admin = town.person("admin")
    for name in NAMES:
        institutions.save(admin, InstitutionForm(name, department="Børn og Skole"))
    items = [item for item in entries.items_for(admin) if item.word == "settings"]
    page = open_window("admin", items, size=size).page
    assert isinstance(page, SettingsPage)
    page.activate("institutions")
    assert page.shell.jobs.wait_idle()
    section = page.section()
    assert isinstance(section, Register)
    if opened:
        section.table.selectRow(0)
        assert page.shell.jobs.wait_idle()
        assert section.editor.isVisible()
    face = paint.font("body", 600)
    widest = max(paint.width_of(name, face) for name in NAMES)
    assert section.table.columnWidth(0) >= widest + 2 * PAD
