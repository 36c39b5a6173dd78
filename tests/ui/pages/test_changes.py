"""Historik in the window: who did what, before and after, filters, and taking it back."""

import pytest

from moebelcirkel.services import stock
from moebelcirkel.ui.pages.changes.page import ChangesPage
from moebelcirkel.ui.window.main_window import MainWindow
from tests import templates, trade
from tests.clock import Clock
from tests.ui.pages.conftest import OpenWindow
from tests.ui.pages.warehouse import left_english, settle, starting_with
from tests.world import World


@templates.begun
def units(town: World, _clock: Clock) -> list[int]:
    """Two chairs, moved by the warehouse and then taken off sale."""
    found = trade.put_on_sale(town, 2)
    stock.move(town.person("lager"), found, town.workshop)
    stock.take_off_sale(town.person("lager"), found[:1])
    return found


@pytest.fixture
def window(open_window: OpenWindow, units: list[int]) -> MainWindow:
    return open_window("lager", starting_with("changes"))


@pytest.fixture
def page(window: MainWindow) -> ChangesPage:
    found = window.page
    assert isinstance(found, ChangesPage)
    settle(found)
    return found


def listed(page: ChangesPage) -> list[str]:
    at = next(n for n, each in enumerate(page.model.columns) if each.key == "what")
    rows = [page.model.row_at(number) for number in range(page.model.rowCount())]
    return [page.model.columns[at].text(row) for row in rows if row]


def test_newest_first_in_plain_words(page: ChangesPage) -> None:
    assert listed(page)[:3] == ["Tog møbler af salg", "Flyttede møbler", "Satte møbler til salg"]
    assert page.panel.heading.text() == "Tog møbler af salg"
    assert page.panel.subtitle.text().endswith(" · Lager")
    assert left_english(page) == []


def test_before_and_after_in_words(page: ChangesPage) -> None:
    page.table.selectRow(1)
    settle(page)
    entries = page.panel.rows.model()
    assert entries.rowCount() == 2
    titles = sorted(str(entries.index(n, 0).data()) for n in range(2))
    assert titles[0] == "Møbel MC-000001-3 · Kontorstol HÅG SoFi 7200: ændret"


def test_filters(page: ChangesPage, town: World) -> None:
    page.whose.button(1).click()
    settle(page)
    assert listed(page) == ["Tog møbler af salg", "Flyttede møbler"]
    assert not page.person.isEnabled()
    page.whose.button(0).click()
    page.group.set_value("case")
    page.group.changed.emit()
    settle(page)
    assert page.model.rowCount() == 0
    assert page.panel.heading.text() == "Vælg en ændring"
    page.group.set_value(None)
    page.person.set_value(town.people["lager"].user_id)
    page.person.changed.emit()
    settle(page)
    assert page.count.text() == "2 ændringer"


def test_undo_and_its_mark(page: ChangesPage, town: World, units: list[int]) -> None:
    page.panel.undo.click()
    settle(page)
    assert trade.state(town.context, units[0]) == "listed"
    assert listed(page)[0] == "Fortrød en ændring: tog møbler af salg"
    page.table.selectRow(1)
    settle(page)
    assert not page.panel.undo.isVisible()
    assert page.panel.why.text() == "Det er allerede fortrudt."
    page.table.selectRow(0)
    assert page.panel.why.text().startswith("Det er selv en fortrydelse.")


def test_a_refused_undo_is_said_plainly(page: ChangesPage, window: MainWindow) -> None:
    page.table.selectRow(1)
    settle(page)
    page.panel.undo.click()
    settle(page)
    assert window.messages.notice.text() == (
        "Det kan ikke fortrydes, fordi MC-000001-3 er ændret siden."
    )


def test_others_changes_come_by_themselves(
    page: ChangesPage, town: World, units: list[int]
) -> None:
    done = stock.put_on_sale(town.person("lager"), units[:1])
    page.shell.changed(done)
    settle(page)
    assert listed(page)[0] == "Satte møbler til salg"
