"""The first start at work: makes or finds a database, and says which one to use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from moebelcirkel import language
from moebelcirkel.domain.errors import Interrupted, Invalid, Refused, Unavailable
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit import file_dialogs
from moebelcirkel.ui.kit.jobs import Job, Jobs
from moebelcirkel.ui.window.first_start import FirstStartPage
from moebelcirkel.ui.window.first_start_forms import EmptyStart

T = TypeVar("T")
_IN_USE = N_("There is a database already at {path}. Open it as a database file, and log in.")


class Welcome(QObject):
    """Acts on what the first page asks for; ``ready`` names the database.

    ``begun`` names one that was just made, with the log-in and password of its first person.
    """

    ready = Signal(str)
    begun = Signal(str, str, str)

    def __init__(self, parent: QObject, *, returns: bool) -> None:
        super().__init__(parent)
        # There is no database yet, so its jobs get none.
        self._jobs = Jobs(self._context, self)
        self._jobs.unavailable.connect(self._unavailable)
        self.page = FirstStartPage(returns=returns)
        self.page.demo_chosen.connect(self._begin_demo)
        self.page.empty_chosen.connect(self._begin)
        self.page.file_asked.connect(self._ask_file)
        self.page.test_asked.connect(self._test_connection)
        self.page.connect_chosen.connect(self._open)

    def end(self) -> None:
        """Let what runs come to its end."""
        self._jobs.shutdown()

    def _context(self, lane: str, request_id: str | None) -> Any:
        return None

    def _begin_demo(self) -> None:
        tell = self._jobs.relay(self.page.show_progress)

        def progress(done: int, total: int) -> None:
            if job.cancelled:
                raise Interrupted
            tell(done, total)

        def work(_context: object) -> str:
            from moebelcirkel.demo import making as demo
            from moebelcirkel.services.start import opening

            target = opening.demo_file()
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                demo.create(target, progress=progress)
            return str(target)

        job = self._run(_("The example data is being made …"), work, self.ready.emit, can_stop=True)
        self.page.stop_asked.connect(job.cancel, Qt.ConnectionType.SingleShotConnection)

    def _begin(self, form: EmptyStart) -> None:
        def work(_context: object) -> str:
            from moebelcirkel.services.start import first_start, opening

            target = form.target or str(opening.own_file(shared=form.place == "shared"))
            context = opening.open_or_create(target)
            try:
                if not first_start.is_needed(context):
                    raise Refused(_IN_USE, path=target)
                first_start.begin(context, form.asked())
            finally:
                opening.close(context)
            return target

        self._run(
            _("The database is being made …"),
            work,
            lambda target: self.begun.emit(target, form.login, form.password),
        )

    def _ask_file(self) -> None:
        kinds = _("Databases (*.sqlite);;All files (*)")
        file_dialogs.ask_file(self.page, _("Open a database file"), kinds, self._open)

    def _test_connection(self, url: str) -> None:
        def good(_empty: bool) -> None:  # noqa: FBT001 - what the job answers
            self.page.tested(_("The connection works."), good=True)

        self._run(_("Connecting …"), lambda _context: _nobody_there(url), good)

    def _open(self, target: str) -> None:
        """Use a database that is there; where nobody is in it yet, ask for the first one."""

        def good(answer: tuple[str, bool]) -> None:
            found, nobody = answer
            if nobody:
                self.page.ask_first_person(found)
            else:
                self.ready.emit(found)

        def work(_context: object) -> tuple[str, bool]:
            found = _moved_in(target)
            return found, _nobody_there(found)

        self._run(_("Connecting …"), work, good)

    def _run(
        self,
        text: str,
        work: Callable[[Any], T],
        good: Callable[[T], object],
        *,
        can_stop: bool = False,
    ) -> Job:
        self.page.working(text, can_stop=can_stop)

        def done(answer: T) -> None:
            self.page.working("")
            good(answer)

        return self._jobs.aside(work, done, self._refused, stopped=self._stopped, owner=self)

    def _stopped(self) -> None:
        self.page.working("")
        self.page.notice.say(_("Stopped. No example data was made."), "money")

    def _refused(self, error: Refused) -> None:
        if isinstance(error, Invalid):
            for field, wrong in error.errors.items():
                self.page.fail(language.refusal(wrong), field)
        else:
            self.page.fail(language.refusal(error), error.field)

    def _unavailable(self, error: Unavailable, job: Job) -> None:
        job.abandon()
        self.page.fail(language.refusal(error))


def _moved_in(target: str) -> str:
    """A copy that was brought here becomes a database of one's own."""
    if "://" in target:
        return target
    from moebelcirkel.services import copies

    return str(copies.moved_in(Path(target).expanduser()))


def _nobody_there(target: str) -> bool:
    from moebelcirkel.services.start import first_start, opening

    context = opening.open_existing(target)
    try:
        return first_start.is_needed(context)
    finally:
        opening.close(context)
