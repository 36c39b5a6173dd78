"""No page scrolls sideways: not in the smallest window, nor with large text on a usual screen.

The smallest window is looked at by ``test_every_page`` too, so that here only the parts of the
settings are opened in it, and what no button of the rail leads to.
"""

from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from moebelcirkel import settings
from moebelcirkel.domain.roles import Role
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.pictures import _stops
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.pages.settings.page import SettingsPage
from moebelcirkel.ui.window.program import Program
from tests.ui.conftest import NOW

LEAST = (960, 600)


@pytest.mark.parametrize(("scale", "size"), [(1.0, LEAST), (2.0, (1280, 720))])
@pytest.mark.parametrize("role", [Role.LEADER, Role.WAREHOUSE, Role.CONTROLLER, Role.ADMINISTRATOR])
def test_no_page_scrolls_sideways(
    program: Program, role: Role, scale: float, size: tuple[int, int]
) -> None:
    program.settings.set(settings.SCALE, scale)
    context = replace(opening.open_existing(program.target), clock=lambda: NOW)
    own = tour_chain.people(context).context_of(role)
    window = program.open_for(own.actor, Person(own.actor.name, ""))
    settle(program)
    window.showNormal()
    window.resize(*size)
    wide = {}
    for word, argument in _stops(window, own):
        if size == LEAST and argument is None and word != "settings":
            continue
        window.go(word, argument)
        settle(program)
        page = window.page
        parts = list(page.entries) if isinstance(page, SettingsPage) else [""]
        for part in parts:
            if isinstance(page, SettingsPage):
                page.show_part(part)
                settle(program)
            QTest.qWait(20)
            room = window._pages[word].view.horizontalScrollBar().maximum()
            if room:
                wide[f"{word} {part}"] = room
    opening.close(context)
    assert wide == {}
