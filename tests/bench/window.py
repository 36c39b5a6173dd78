"""The real window without a screen: opening each page, and its heartbeat while work goes on.

A gap of the heartbeat stands beside the longest time that the window's thread was busy itself: on a
machine that has other work to do the gap is longer.
"""

import functools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollBar

from moebelcirkel.demo import logins as demo_logins
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import articles, imports, reports, shop
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.settings import Settings
from moebelcirkel.ui.kit.gui_thread import Collector
from moebelcirkel.ui.kit.shell import Person
from moebelcirkel.ui.window.program import Program
from tests.bench import services_bench
from tests.bench.table import Table

_ROLES = ("lager", "leder", "oekonomi", "godkender", "admin", "vaerksted", "medarbejder")
_PATIENCE_MS = 60_000
_BEAT_MS = 5
_PAUSE_S = 0.3
_STEPS = 60


def run(table: Table, database: Path, scratch: Path) -> None:
    """All pages of all roles, then the heartbeat during search, report and import."""
    qInstallMessageHandler(_quiet)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(Path(home) / "settings.json")
        program = Program(app, settings, str(database))
        collector = Collector()  # as in the program itself
        try:
            _pages(table, program)
        finally:
            program.end()
        program = Program(app, settings, str(scratch))
        try:
            _heartbeats(table, program)
        finally:
            program.end()
            collector.stop()


def _quiet(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """The offscreen platform says of each window that it cannot tell its size to anyone."""
    if "propagateSizeHints" not in text:
        print(text, file=sys.stderr)


def _of(program: Program, login: str) -> Context:
    """The window of somebody of the example."""
    context = replace(program._door.opened(program.target), actor=SYSTEM)
    actor = services_bench.person(context, login)
    program.open_for(actor, Person(actor.name, ""))
    program.jobs.wait_idle(_PATIENCE_MS)
    QApplication.processEvents()
    return context.as_actor(actor)


# --- pages ---------------------------------------------------------------------------------------


def _pages(table: Table, program: Program) -> None:
    """Each page on its first visit, the slowest of all roles that have it.

    The first page of a role is there with the window; it is forgotten and visited last.
    """
    seen: dict[str, tuple[float, ...]] = {}
    for login in _ROLES:
        context = _of(program, login)
        assert program.window is not None
        first = program.window._word
        stops = list(_stops(program, context))
        stops.sort(key=lambda stop: stop[0] == first)
        for word, argument in stops:
            if word == first and len(stops) > 1:
                del program.window._pages[first]
            found = _visit(program, word, argument)
            seen[word] = tuple(map(max, found, seen.get(word, found)))
    for word, (painted, figures, gap, busy) in seen.items():
        table.most(f"page {word}: painted and answering", painted, 0.300)
        table.most(f"page {word}: its figures", figures, 1.0)
        table.most(f"page {word}: longest gap of the heartbeat", gap, 0.050, busy)


def _stops(program: Program, context: Context) -> Iterator[tuple[str, object | None]]:
    assert program.window is not None
    yield from ((word, None) for word in program.window.rail.buttons)
    if "stock" in program.window.rail.buttons:
        cards = shop.search(replace(context, actor=SYSTEM), Query()).cards
        yield "articles", cards[0].key.article_id
        pieces = shop.card(replace(context, actor=SYSTEM), cards[0].key).pieces
        yield "units", pieces[0].unit_id


def _visit(
    program: Program, word: str, argument: object | None
) -> tuple[float, float, float, float]:
    """Until the page is painted and the window answers again; until nothing is under way.

    And the longest time between that the window did not answer, and was busy itself. The page is
    chosen in the rail; one that has no entry there is opened by another page.
    """
    assert program.window is not None
    stack = program.window.stack
    _wait(_PAUSE_S)
    heart = _Heart()
    begun = time.perf_counter()
    if word in program.window.rail.buttons:
        program.window.choose(word)
    else:
        program.window.go(word, argument)
    while word not in stack.pages or stack.currentWidget() is not stack.pages[word].view:
        _wait(0.001)
    program.window.repaint()
    answered: list[float] = []
    loop = QEventLoop()

    def answer() -> None:
        answered.append(time.perf_counter() - begun)
        loop.quit()

    QTimer.singleShot(0, answer)
    loop.exec()
    program.jobs.wait_idle(_PATIENCE_MS)
    QApplication.processEvents()
    whole = time.perf_counter() - begun
    _wait(_PAUSE_S)
    return answered[0], whole, *heart.stop()


# --- heartbeat -----------------------------------------------------------------------------------


class _Heart:
    """A timer that should beat every few milliseconds, and the longest time it did not."""

    def __init__(self) -> None:
        self.longest = self.busy = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(_BEAT_MS)

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.busy = max(self.busy, worked - self._worked)
        self._last, self._worked = now, worked

    def stop(self) -> tuple[float, float]:
        """The longest gap beyond the usual one, and the longest work in one, in seconds."""
        self._timer.stop()
        return max(0.0, self.longest - _BEAT_MS / 1000), self.busy


def _heartbeats(table: Table, program: Program) -> None:
    _at_log_in(table, program)
    _at_change_of_user(table, program)
    _of(program, "lager")
    _while_scrolling(table, program)
    leader = _of(program, "leder")
    home = shop.institutions(leader)[0].id
    assert program.window is not None
    program.window.go("shop")
    program.jobs.wait_idle(_PATIENCE_MS)
    _beat(table, program, "while typing searches", lambda: _type(program, home))
    controller = _of(program, "oekonomi")
    end = controller.today()
    start = end.replace(year=end.year - 1)
    _beat(
        table,
        program,
        "while a year report is made",
        lambda: program.jobs.long(
            lambda context: reports.draft(context, start, end), _nothing, owner=program
        ),
    )
    admin = _of(program, "admin")
    source = imports.read(services_bench.catalogue(10_000), "katalog-2.csv")
    choices = services_bench.import_choices(admin, source)
    _beat(
        table,
        program,
        "while 10,000 types are imported",
        lambda: program.jobs.write(
            lambda context: imports.run(context, source, choices), _nothing, owner=program
        ),
    )
    assert articles.suggest(replace(admin, actor=SYSTEM), "bench 1")


def _at_log_in(table: Table, program: Program) -> None:
    """From the click to the first page, as it comes in the program itself."""
    for login in _ROLES:
        program.show_login()
        program.jobs.wait_idle(_PATIENCE_MS)
        act = functools.partial(program.login_flow.log_in, login, demo_logins.PASSWORD)
        _beat(table, program, f"while {login} logs in", act)


def _at_change_of_user(table: Table, program: Program) -> None:
    """From the click of the next person to their first page, until the window before is gone."""
    for before, after in (("lager", "leder"), ("oekonomi", "lager")):
        _of(program, before)
        assert program.window is not None
        for word in program.window.rail.buttons:
            program.window.go(word)
            program.jobs.wait_idle(_PATIENCE_MS)
        program._ask_change_user()
        act = functools.partial(program.login_flow.log_in, after, demo_logins.PASSWORD)
        _beat(table, program, f"while {after} takes over from {before}", act)


def _while_scrolling(table: Table, program: Program) -> None:
    """Through the whole list, a screen at a time, with everything that comes into view."""
    assert program.window is not None
    for word in ("stock", "shop", "changes"):
        program.window.go(word)
        program.jobs.wait_idle(_PATIENCE_MS)
        views = program.window.stack.pages[word].page.findChildren(QAbstractItemView)
        bar = max((view.verticalScrollBar() for view in views), key=QScrollBar.maximum)
        _beat(table, program, f"while {word} is scrolled", functools.partial(_scroll, bar))


def _scroll(bar: QScrollBar) -> None:
    for _step in range(_STEPS):
        bar.setValue(bar.value() + bar.pageStep())
        _wait(0.03)


def _nothing(_answer: object) -> None:
    pass


def _type(program: Program, home: int) -> None:
    """Somebody types three words in the shop, key by key."""
    for word in ("hæve-sænkebord", "kontorstol", "sofa uld"):
        for length in range(1, len(word) + 1):
            program.jobs.read(
                lambda context, text=word[:length]: shop.search(context, Query(text), home),  # type: ignore[misc]
                _nothing,
                channel="shop",
                owner=program,
            )
            _wait(0.03)


def _wait(length: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * length), loop.quit)
    loop.exec()


def _beat(table: Table, program: Program, name: str, act: Callable[[], object]) -> None:
    _wait(_PAUSE_S)
    heart = _Heart()
    act()
    while not program.jobs.idle():
        _wait(0.02)
    _wait(_PAUSE_S)  # what follows in turns of its own
    gap, busy = heart.stop()
    table.most(f"longest gap of the heartbeat {name}", gap, 0.050, busy)
