"""The first start at work: makes or finds a database, and says which one to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from moebelcirkel import language
from moebelcirkel.domain.errors import Invalid, Refused, Unavailable
from moebelcirkel.language import _
from moebelcirkel.ui.first_start import EmptyStart, FirstStart
from moebelcirkel.ui.kit import icons
from moebelcirkel.ui.kit.jobs import Jobs


class Front(QStackedWidget):
    """The window before anybody is at work; closing it ends the program in order."""

    def __init__(self, closed: Callable[[], object]) -> None:
        super().__init__()
        self._closed = closed
        self.setWindowTitle("Møbelcirklen")
        self.setWindowIcon(icons.program_icon())
        self.resize(1180, 760)

    def put(self, page: QWidget) -> None:
        """Show a page in place of the one before."""
        while self.count():
            old = self.widget(0)
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        self.show()
        page.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nobody is at work yet: the program ends."""
        self._closed()
        super().closeEvent(event)


class Welcome(QObject):
    """Acts on what the first page asks for; ``ready`` names the database."""

    ready = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # There is no database yet, so its jobs get none.
        self._jobs = Jobs(_nothing, self)
        self._jobs.unavailable.connect(self._unavailable)
        self.page = FirstStart()
        self.page.demo_chosen.connect(self._begin_demo)
        self.page.empty_chosen.connect(self._begin_empty)
        self.page.test_asked.connect(self._test_connection)
        self.page.connect_chosen.connect(self._connect_shared)

    def end(self) -> None:
        """Let what runs come to its end."""
        self._jobs.shutdown()

    def _begin_demo(self) -> None:
        def work(_context: object) -> str:
            from moebelcirkel.services import demo, opening

            target = opening.demo_file()
            if not target.exists():
                demo.create(target)
            return str(target)

        self._run(_("The example data is being made …"), work, self.ready.emit)

    def _begin_empty(self, form: EmptyStart) -> None:
        def work(_context: object) -> str:
            from moebelcirkel.services import first_start, opening

            values = first_start.FirstStart(
                municipality=form.municipality, cvr=form.cvr, name=form.name, login=form.login,
                password=form.password,
            )  # fmt: skip
            target = opening.own_file(shared=form.place == "shared")
            opened = opening.open_existing if target.exists() else opening.create
            context = opened(target)
            try:
                first_start.begin(context, values)
            finally:
                opening.close(context)
            return str(target)

        self._run(_("The database is being made …"), work, self.ready.emit)

    def _test_connection(self, url: str) -> None:
        def good(_url: str) -> None:
            self.page.tested(_("The connection works."), good=True)

        self._try_url(url, good)

    def _connect_shared(self, url: str) -> None:
        self._try_url(url, self.ready.emit)

    def _try_url(self, url: str, good: Callable[[str], object]) -> None:
        def work(_context: object) -> str:
            from moebelcirkel.services import opening

            opening.close(opening.open_existing(url))
            return url

        self._run(_("Connecting …"), work, good)

    def _run(self, text: str, work: Callable[[Any], str], good: Callable[[str], object]) -> None:
        self.page.working(text)

        def done(target: str) -> None:
            self.page.working("")
            good(target)

        self._jobs.aside(work, done, self._refused, owner=self)

    def _refused(self, error: Refused) -> None:
        if isinstance(error, Invalid):
            for field, wrong in error.errors.items():
                self.page.fail(language.refusal(wrong), field)
        else:
            self.page.fail(language.refusal(error), error.field)

    def _unavailable(self, error: Unavailable, job: Any) -> None:
        job.abandon()
        self.page.fail(language.refusal(error))


def _nothing(_lane: str, _request_id: str | None) -> Any:
    return None
