"""Work off the GUI thread: one writer, one interactive reader, one long reader, and aside.

Results and errors come back on the GUI thread, each in a turn of its own; a callback that yields is
shown in several. A callback is dropped when the widget it belongs to is gone: the QObject it is a
method of, the one it closes over, or the ``owner`` given.
"""

from __future__ import annotations

import functools
import logging
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from moebelcirkel.domain.errors import Interrupted, Refused, SignedOut, Unavailable
from moebelcirkel.ui.kit.gui_thread import make_room
from moebelcirkel.ui.kit.leaving import has_left

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

    from moebelcirkel.services.context import Context

T = TypeVar("T")
Failed = Callable[[Refused], object]
_log = logging.getLogger(__name__)
_GIVE_WAY_SECONDS: Final = 0.0005
_PAINTED_MS: Final = 16  # by then what was shown has been painted: Qt waits for the screen
_LANES: Final = {"writer": 1, "reader": 1, "long": 1, "aside": 2}


class Contexts(Protocol):
    """Makes the context of one job, on the job's own thread."""

    def __call__(self, lane: str, request_id: str | None) -> Context:
        """``lane`` is writer, reader, long or aside; only writer has a request id."""


class Job:
    """One piece of work and where its ending goes; pages keep it only to cancel it."""

    def __init__(
        self,
        lane: str,
        work: Callable[[Context], Any],
        done: Callable[[Any], object] | None,
        failed: Failed | None,
        stopped: Callable[[], object] | None,
    ) -> None:
        self.lane = lane
        self.work = work
        self.done = done
        self.failed = failed
        self.stopped = stopped
        self.owner: QObject | None = None
        self.channel = ""
        self.request_id: str | None = None
        self.hold: list[QWidget] = []
        self.focus: QWidget | None = None
        self.future: Future[Any] | None = None
        self.rest: Generator[object] | None = None
        self.replaced = False
        self.abandon: Callable[[], None] = lambda: None
        self.retry: Callable[[], None] = lambda: None
        self._cancelled = False
        self._context: Context | None = None
        self._guard = threading.Lock()

    def run(self, contexts: Contexts) -> Any:
        """Do the work; called on the lane's thread."""
        context = contexts(self.lane, self.request_id)
        with self._guard:
            if self._cancelled:
                raise Interrupted
            self._context = context
        try:
            return self.work(context)
        finally:
            with self._guard:
                self._context = None

    def cancel(self) -> None:
        """Stop it: at once while it waits, else at its next statement."""
        # The guard keeps the interruption from hitting the next job on the same connection.
        with self._guard:
            self._cancelled = True
            if self._context is not None:
                self._context.interrupt()
        if self.future is not None:
            self.future.cancel()

    @property
    def cancelled(self) -> bool:
        """Somebody asked it to stop."""
        return self._cancelled

    def wanted(self) -> bool:
        """The widget that asked is still there."""
        return self.owner is None or (shiboken6.isValid(self.owner) and not has_left(self.owner))

    def release(self) -> None:
        """Enable again what was disabled while it ran, and give the focus back."""
        for widget in self.hold:
            if shiboken6.isValid(widget):
                widget.setEnabled(True)
        nobody = QApplication.focusWidget() is None
        if self.focus is not None and shiboken6.isValid(self.focus) and nobody:
            self.focus.setFocus()


class Jobs(QObject):
    """The program's only way to the database: what runs, what waits, and who hears of it."""

    busy = Signal(bool)
    """Writes are under way (True), everything is saved (False)."""
    refused = Signal(object)
    """A ``Refused`` that the page did not take itself."""
    signed_out = Signal(object)
    """The ``SignedOut``: whoever is at work may not go on, whatever was asked."""
    unavailable = Signal(object, object)
    """The ``Unavailable`` and its job: ``job.retry()`` or ``job.abandon()``."""
    settled = Signal()
    """Nothing runs or waits any more."""
    _ended = Signal(object)
    _relayed = Signal(object)

    def __init__(self, contexts: Contexts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A job's thread gives way sooner than Python's 5 ms, or else everything that Qt asks Python
        # about would wait so long while a report is made.
        sys.setswitchinterval(_GIVE_WAY_SECONDS)
        self._contexts = contexts
        self._lanes: dict[str, ThreadPoolExecutor] = {}
        self._open: set[Job] = set()
        self._arrived: deque[Job] = deque()
        self._newest: dict[tuple[str, str], Job] = {}
        self._writes = 0
        self._closed = False
        self._ended.connect(self._arrive)
        self._relayed.connect(_call)

    def read(
        self,
        work: Callable[[Context], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        channel: str = "",
        owner: QObject | None = None,
    ) -> Job:
        """Read for the screen; of one ``channel`` only the newest question is answered."""
        job = Job("reader", work, done, failed, None)
        return self._submit(job, channel, owner)

    def write(
        self,
        work: Callable[[Context], T],
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        *,
        hold: Sequence[QWidget] = (),
        request_id: str | None = None,
        stopped: Callable[[], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Change something; ``hold`` is disabled meanwhile, so that no click acts twice.

        A form that keeps a draft gives the draft's own ``request_id``: sent again after a crash
        it does not act twice.
        """
        job = Job("writer", work, done, failed, stopped)
        job.request_id = request_id or _fresh_id()
        job.hold = list(hold)
        return self._submit(job, "", owner)

    def long(
        self,
        work: Callable[[Context], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        channel: str = "",
        hold: Sequence[QWidget] = (),
        stopped: Callable[[], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Read much, on a snapshot of its own (reports, the overview)."""
        job = Job("long", work, done, failed, stopped)
        job.hold = list(hold)
        return self._submit(job, channel, owner)

    def aside(
        self,
        work: Callable[[Context], T],
        done: Callable[[T], object],
        failed: Failed | None = None,
        *,
        channel: str = "",
        hold: Sequence[QWidget] = (),
        stopped: Callable[[], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Pictures, PDF and spreadsheets: nothing that others wait for."""
        job = Job("aside", work, done, failed, stopped)
        job.hold = list(hold)
        return self._submit(job, channel, owner)

    def relay(self, call: Callable[..., object]) -> Callable[..., None]:
        """``call`` made safe to call from inside a job (progress): it runs on the GUI thread."""
        owner = _owner_of(call)

        def send(*values: object) -> None:
            self._relayed.emit((owner, call, values))

        return send

    def idle(self) -> bool:
        """Nothing runs, waits or is about to be delivered."""
        return not self._open

    def asks(self, channel: str) -> bool:
        """Whether a reading of this channel is under way, or waits to be tried again.

        Who was to try it again may have gone with its window: then nobody hears an answer.
        """
        job = self._newest.get(("reader", channel))
        return job is not None and job.wanted()

    def wait_idle(self, milliseconds: int = 10_000) -> bool:
        """Let the event loop run until all is delivered; False when the time is up."""
        left = QDeadlineTimer(milliseconds)
        while not self.idle() and not left.hasExpired():
            # What is delivered may start the next job before the loop has ended.
            loop = QEventLoop()
            self.settled.connect(loop.quit)
            QTimer.singleShot(left.remainingTime(), loop, loop.quit)
            loop.exec()
        return self.idle()

    def shutdown(self) -> None:
        """End in order: readers are stopped, what was to be written is written."""
        self._closed = True
        for job in list(self._open):
            if job.lane != "writer":
                job.cancel()
        for executor in self._lanes.values():
            executor.shutdown(wait=True)

    def _submit(self, job: Job, channel: str, owner: QObject | None) -> Job:
        job.channel = channel
        job.owner = owner or _owner_of(job.done) or _owner_of(job.failed)
        job.retry = functools.partial(self._start, job)
        job.abandon = functools.partial(self._give_up, job)
        if job.owner is not None and shiboken6.isValid(job.owner) and has_left(job.owner):
            return job
        if channel:
            older = self._newest.get((job.lane, channel))
            self._newest[job.lane, channel] = job
            if older is not None:
                older.replaced = True
                older.cancel()
        self._start(job)
        return job

    def _start(self, job: Job) -> None:
        if self._closed or job.replaced:
            return
        focus = QApplication.focusWidget()
        if focus is not None and focus in job.hold:
            job.focus = focus
            focus.clearFocus()  # else it goes on to what stands next: from "Approve" to "Refuse"
        for widget in job.hold:
            widget.setEnabled(False)
        self._open.add(job)
        if job.lane == "writer":
            self._count_writes(+1)
        job.future = self._lane(job.lane).submit(job.run, self._contexts)
        job.future.add_done_callback(lambda _: self._ended.emit(job))

    def _lane(self, name: str) -> ThreadPoolExecutor:
        """Made for its first job: the first picture waits for no thread."""
        from concurrent.futures import ThreadPoolExecutor

        if name not in self._lanes:
            make_room()
            self._lanes[name] = ThreadPoolExecutor(_LANES[name], thread_name_prefix=name)
        return self._lanes[name]

    def _count_writes(self, step: int) -> None:
        before, self._writes = self._writes, self._writes + step
        if (before == 0) != (self._writes == 0):
            self.busy.emit(self._writes > 0)

    def _arrive(self, job: Job) -> None:
        """Told later even when a job ends at once: no answer comes before the question is asked."""
        self._arrived.append(job)
        if len(self._arrived) == 1:
            self._call_turn()

    def _call_turn(self, milliseconds: int = 0) -> None:
        """A timer of its own: it also rings where this turn waits in a loop inside it."""
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._turn)
        timer.timeout.connect(timer.deleteLater)
        timer.start(milliseconds)

    def _turn(self) -> None:
        job = self._arrived.popleft()
        if self._arrived:
            self._call_turn()
        follows = False
        try:
            if job.rest is None:
                self._deliver(job)
            follows = job.rest is not None and job.wanted() and next(job.rest, job) is not job
        finally:
            if follows:
                self._arrived.appendleft(job)
                if len(self._arrived) == 1:
                    self._call_turn(_PAINTED_MS)
            else:
                self._close(job)

    def _close(self, job: Job) -> None:
        """All is told."""
        job.rest = None
        self._open.discard(job)
        if not self._open:
            self.settled.emit()

    def _deliver(self, job: Job) -> None:
        assert job.future is not None
        error = Interrupted() if job.future.cancelled() else job.future.exception()
        if job.lane == "writer":
            self._count_writes(-1)
        if not isinstance(error, Unavailable):
            # One that waits for "try again" stays, so that a newer question still replaces it.
            self._give_up(job)
        self._end(job, error)

    def _give_up(self, job: Job) -> None:
        """Nobody tries it again: what it held is free, and its channel is not waited for."""
        job.release()
        if self._newest.get((job.lane, job.channel)) is job:
            del self._newest[job.lane, job.channel]

    def _end(self, job: Job, error: BaseException | None) -> None:
        """The endings: done, refused, unavailable, stopped; anything else is a bug."""
        if error is not None and not isinstance(error, Refused | Unavailable | Interrupted):
            if job.cancelled:
                _log.warning("a stopped job ended with %r", error)
            else:
                sys.excepthook(type(error), error, error.__traceback__)
        elif isinstance(error, SignedOut):
            self.signed_out.emit(error)
        elif job.replaced or not job.wanted():
            return
        elif isinstance(error, Interrupted):
            if job.stopped is not None:
                job.stopped()
        elif isinstance(error, Unavailable):
            self.unavailable.emit(error, job)
        elif isinstance(error, Refused):
            (job.failed or self.refused.emit)(error)
        elif job.done is not None:
            told = job.done(job.future.result() if job.future else None)
            job.rest = told if isinstance(told, Generator) else None


def _fresh_id() -> str:
    from uuid import uuid4  # asks the platform a lot, which the first picture need not wait for

    return str(uuid4())


def _call(message: tuple[QObject | None, Callable[..., object], tuple[object, ...]]) -> None:
    owner, call, values = message
    if owner is None or shiboken6.isValid(owner):
        call(*values)


def _owner_of(call: Callable[..., object] | None) -> QObject | None:
    """The QObject a callback belongs to: bound to it, or closed over (a lambda in a method)."""
    while isinstance(call, functools.partial):
        call = call.func
    bound = getattr(call, "__self__", None)
    if isinstance(bound, QObject):
        return bound
    for cell in getattr(call, "__closure__", None) or ():
        if isinstance(cell.cell_contents, QObject):
            return cell.cell_contents
    return None
