"""Pictures of every page as each role sees it, from the real window without a screen."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from moebelcirkel import services
from moebelcirkel.domain.roles import Action, Role
from moebelcirkel.domain.shop import Query
from moebelcirkel.language import _
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.settings import Settings
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless.quiet import settle
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window.main_window import MainWindow
from moebelcirkel.ui.window.program import Clock, Program


def take(
    folder: Path,
    database: Path,
    place: Path,
    sizes: Sequence[tuple[int, int]],
    schemes: Sequence[str],
    clock: Clock,
) -> int:
    """Save ``role-page-scheme-size.png`` for all of them; how many it became."""
    from moebelcirkel.services.start import opening

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setCursorFlashTime(0)
    context = replace(opening.open_existing(database), clock=clock)
    who = tour_chain.people(context)
    program = Program(app, Settings(place / "settings.json"), str(database), clock=clock)
    count = 0
    try:
        for role in Role:
            if role in who.ids:
                count += _of_role(program, who, role, folder, sizes, schemes)
    finally:
        program.end()
        opening.close(context)
    return count


def _of_role(
    program: Program,
    who: tour_chain.People,
    role: Role,
    folder: Path,
    sizes: Sequence[tuple[int, int]],
    schemes: Sequence[str],
) -> int:
    from moebelcirkel.services.start import workplace

    own = who.context_of(role)
    where = workplace.workplace(own)
    person = Person(own.actor.name, _(role.label), where.institution)
    window = program.open_for(own.actor, person)
    # On a small screen it opened over the whole of it; without a screen that comes a moment later.
    settle(program)
    window.showNormal()
    stops = _stops(window, own)
    count = 0
    for width, height in sizes:
        window.resize(width, height)
        for scheme in schemes:
            program.choose_scheme(scheme)
            for word, argument in stops:
                window.go(word, argument, led=argument is not None)
                if word == "shop":
                    window.header.field.put_text(_("chair"))
                    window.search(_("chair"))
                settle(program)
                window.setFocus()
                settle(program)
                picture = folder / f"{role}-{word}-{scheme}-{width}x{height}.png"
                if not window.grab().save(str(picture)):
                    raise OSError(f"{picture} could not be written")
                count += 1
    return count


def _stops(window: MainWindow, own: Context) -> list[tuple[str, object | None]]:
    """The pages of the rail, and for those who see the stock a piece and its type."""
    stops: list[tuple[str, object | None]] = [(word, None) for word in window.rail.buttons]
    piece = _example_piece(own) if own.allows(Action.STOCK_VIEW) else None
    if piece is not None:
        stops += [("units", piece[0]), ("articles", piece[1])]
    return stops


def _example_piece(own: Context) -> tuple[int, int] | None:
    """A piece on sale, best one that the workshop has mended, and its type."""
    system = replace(own, actor=SYSTEM)
    cards = services.shop.search(system, Query()).cards
    if not cards:
        return None
    mended = [card for card in cards if card.refurbished] or list(cards)
    card = max(mended, key=lambda card: card.net_g or 0)
    pieces = services.shop.card(system, card.key).pieces
    piece = next((piece for piece in pieces if piece.refurbished), pieces[0])
    return piece.unit_id, card.key.article_id
