"""Work off the GUI thread: who is answered, where errors go, what a retry is."""

import functools
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QEventLoop, QObject, QThread
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.ui.kit.jobs import Job, Jobs
from tests.ui.kit.fakes import contexts, fake

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs(contexts)
    yield jobs
    jobs.shutdown()


def test_a_result_comes_back_on_the_gui_thread(jobs: Jobs) -> None:
    seen: list[tuple[int, bool]] = []

    def done(value: int) -> None:
        seen.append((value, QThread.currentThread() is jobs.thread()))

    jobs.read(lambda _context: 6 * 7, done)
    assert jobs.wait_idle()
    assert seen == [(42, True)]


def test_of_a_channel_only_the_newest_is_answered(jobs: Jobs) -> None:
    answers: list[str] = []
    started = threading.Event()

    def slow(context: "Context") -> str:
        started.set()
        fake(context).wait()
        return "old"

    jobs.read(slow, answers.append, channel="shop")
    assert started.wait(5)
    jobs.read(lambda _context: "skipped", answers.append, channel="shop")
    jobs.read(lambda _context: "other", answers.append, channel="stock")
    jobs.read(lambda _context: "new", answers.append, channel="shop")
    assert jobs.wait_idle()
    assert sorted(answers) == ["new", "other"]


class Between(QObject):
    """What else the event loop has to do, as painting: it comes to its turn, or it does not."""

    def __init__(self, story: list[str]) -> None:
        super().__init__()
        self.story = story

    def ask(self) -> None:
        QApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self.story.append("else")
        return super().event(event)


def test_two_answers_come_in_turns_of_their_own(jobs: Jobs) -> None:
    story: list[str] = []
    between = Between(story)
    both = threading.Barrier(3)

    def told(name: str) -> None:
        story.append(name)
        between.ask()

    asked = [
        jobs.read(lambda _context: both.wait(5), lambda _: told("answer")),
        jobs.write(lambda _context: both.wait(5), lambda _: told("answer")),
    ]
    both.wait(5)
    for job in asked:
        assert job.future is not None
        job.future.result()
    assert jobs.wait_idle()
    QApplication.processEvents()
    assert story == ["answer", "else", "answer", "else"]


def test_what_follows_of_an_answer_comes_before_the_next_one_in_turns_of_its_own(
    jobs: Jobs,
) -> None:
    story: list[str] = []
    between = Between(story)
    idle: list[bool] = []

    def shown(_answer: object) -> Iterator[None]:
        for part in ("table", "filters"):
            story.append(part)
            idle.append(jobs.idle())
            between.ask()
            yield
        story.append("end")

    jobs.read(lambda _context: 1, shown)
    jobs.read(lambda _context: 2, lambda _: story.append("next"))
    assert jobs.wait_idle()
    assert story == ["table", "else", "filters", "else", "end", "next"]
    assert idle == [False, False]


def test_nothing_follows_for_who_is_gone(jobs: Jobs) -> None:
    page = QObject()
    story: list[str] = []

    def shown(_answer: object) -> Iterator[None]:
        story.append("table")
        shiboken6.delete(page)
        yield
        story.append("filters")

    jobs.read(lambda _context: 1, shown, owner=page)
    assert jobs.wait_idle()
    assert story == ["table"]


def test_an_answer_comes_while_another_is_waited_for_inside_one(jobs: Jobs) -> None:
    story: list[str] = []

    def outer(_answer: object) -> None:
        loop = QEventLoop()

        def inner(_answer: object) -> None:
            story.append("inner")
            loop.quit()

        jobs.read(lambda _context: 1, inner)
        loop.exec()
        story.append("outer")

    jobs.write(lambda _context: 1, outer)
    assert jobs.wait_idle()
    assert story == ["inner", "outer"]


def test_lanes_do_not_wait_for_each_other(jobs: Jobs) -> None:
    free = threading.Event()
    answers: list[str] = []
    jobs.long(lambda _context: free.wait(5), lambda _: answers.append("long"))
    jobs.read(lambda context: fake(context).lane, answers.append)
    jobs.write(lambda context: fake(context).lane, answers.append)

    def last(lane: str) -> None:
        answers.append(lane)
        free.set()

    jobs.aside(lambda context: fake(context).lane, last)
    assert jobs.wait_idle()
    assert answers[-1] == "long"
    assert set(answers) == {"reader", "writer", "aside", "long"}


def test_a_refusal_goes_to_the_page_or_to_the_window(jobs: Jobs) -> None:
    page: list[Refused] = []
    window: list[Refused] = []
    jobs.refused.connect(window.append)

    def refuse(context: "Context") -> None:
        raise Refused("No.")

    jobs.write(refuse, failed=page.append)
    jobs.write(refuse)
    assert jobs.wait_idle()
    assert [str(e) for e in page] == ["No."]
    assert [str(e) for e in window] == ["No."]


def test_a_retry_has_the_same_request_id(jobs: Jobs, qtbot: QtBot) -> None:
    requests: list[str | None] = []
    button = QPushButton()
    qtbot.addWidget(button)
    away: list[Job] = []
    jobs.unavailable.connect(lambda _error, job: away.append(job))
    saved: list[str] = []

    def work(context: "Context") -> str:
        requests.append(fake(context).request_id)
        if len(requests) == 1:
            raise Unavailable("Locked.")
        return "saved"

    jobs.write(work, saved.append, hold=[button])
    assert jobs.wait_idle()
    assert len(away) == 1
    assert not button.isEnabled(), "a second click would be a second request"
    away[0].retry()
    assert jobs.wait_idle()
    assert saved == ["saved"]
    assert requests[0] is not None
    assert requests[0] == requests[1]
    assert button.isEnabled()


def test_an_outdated_question_is_not_asked_again(jobs: Jobs) -> None:
    away: list[Job] = []
    answers: list[str] = []
    jobs.unavailable.connect(lambda _error, job: away.append(job))

    def work(context: "Context") -> str:
        raise Unavailable("Locked.")

    jobs.read(work, answers.append, channel="shop")
    assert jobs.wait_idle()
    jobs.read(lambda _context: "newer", answers.append, channel="shop")
    assert jobs.wait_idle()
    away[0].retry()
    assert jobs.idle()
    assert answers == ["newer"]


def test_giving_up_frees_what_was_held(jobs: Jobs, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    away: list[Job] = []
    jobs.unavailable.connect(lambda _error, job: away.append(job))

    def work(context: "Context") -> None:
        raise Unavailable("Locked.")

    jobs.write(work, hold=[button])
    assert jobs.wait_idle()
    away[0].abandon()
    assert button.isEnabled()


def test_a_question_that_nobody_tries_again_is_not_waited_for(jobs: Jobs) -> None:
    away: list[Job] = []
    jobs.unavailable.connect(lambda _error, job: away.append(job))

    def work(context: "Context") -> str:
        raise Unavailable("Locked.")

    jobs.read(work, str, channel="live")
    assert jobs.wait_idle()
    assert jobs.asks("live"), "it may be tried again"
    away[0].abandon()
    assert not jobs.asks("live"), "it was given up"

    asker = QWidget()
    jobs.read(work, str, channel="live", owner=asker)
    assert jobs.wait_idle()
    assert jobs.asks("live")
    shiboken6.delete(asker)
    assert not jobs.asks("live"), "its window is gone, and whoever would have tried it with it"


def test_a_forms_own_request_id_is_used(jobs: Jobs) -> None:
    seen: list[str | None] = []
    jobs.write(lambda context: fake(context).request_id, seen.append, request_id="from-the-draft")
    assert jobs.wait_idle()
    assert seen == ["from-the-draft"]


def test_a_bug_in_a_job_is_not_silent(jobs: Jobs, qtbot: QtBot) -> None:
    def bug(context: "Context") -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        jobs.read(bug, print)
        assert jobs.wait_idle()
    assert [kind for kind, _error, _trace in caught] == [ZeroDivisionError]


class Receiver(QObject):
    """A page that may be gone when its answer comes."""

    answers: list[int]

    def __init__(self) -> None:
        super().__init__()
        self.answers = []

    def done(self, answer: int) -> None:
        self.answers.append(answer)

    def ask_by_lambda(self, jobs: Jobs, free: threading.Event) -> None:
        jobs.read(lambda _context: free.wait(5), lambda _: self.done(2))


def test_who_is_gone_is_not_called(jobs: Jobs) -> None:
    free = threading.Event()
    receiver = Receiver()
    jobs.read(lambda _context: free.wait(5) and 1, receiver.done)
    receiver.ask_by_lambda(jobs, free)
    shiboken6.delete(receiver)
    free.set()
    assert jobs.wait_idle()
    assert receiver.answers == []


def test_saving_is_told_once(jobs: Jobs) -> None:
    told: list[bool] = []
    jobs.busy.connect(told.append)
    for _ in range(3):
        jobs.write(lambda _context: None)
    assert jobs.wait_idle()
    assert told == [True, False]


def test_long_work_can_be_stopped(jobs: Jobs) -> None:
    started, ended = threading.Event(), []

    def slow(context: "Context") -> None:
        started.set()
        fake(context).wait()

    job = jobs.long(slow, ended.append, stopped=lambda: ended.append("stopped"))
    assert started.wait(5)
    job.cancel()
    assert jobs.wait_idle()
    assert ended == ["stopped"]


def test_progress_comes_to_the_gui_thread(jobs: Jobs) -> None:
    seen: list[tuple[int, bool]] = []
    tell = jobs.relay(lambda n: seen.append((n, QThread.currentThread() is jobs.thread())))

    def work(context: "Context") -> None:
        for n in range(3):
            tell(n)

    jobs.long(work, lambda _: None)
    assert jobs.wait_idle()
    assert seen == [(0, True), (1, True), (2, True)]


def test_at_the_end_what_was_to_be_written_is_written(qapp: QApplication) -> None:
    jobs = Jobs(contexts)
    written: list[int] = []
    started = threading.Event()

    def read(context: "Context") -> None:
        started.set()
        fake(context).wait()

    def note(number: int, _context: "Context") -> None:
        written.append(number)

    jobs.read(read, print)
    assert started.wait(5)
    for number in range(5):
        jobs.write(functools.partial(note, number))
    jobs.shutdown()
    assert written == [0, 1, 2, 3, 4]


def test_after_an_action_the_focus_is_never_on_its_reverse(jobs: Jobs, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    approve, refuse = QPushButton("Godkend"), QPushButton("Afvis")
    column = QVBoxLayout(window)
    column.addWidget(approve)
    column.addWidget(refuse)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    approve.setFocus()
    seen: list[bool] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            seen.append(event.type() == QEvent.Type.FocusIn)
            return False

    watch = Watch()
    refuse.installEventFilter(watch)
    jobs.write(lambda _context: None, hold=[approve, refuse])
    jobs.write(lambda _context: None, hold=[approve])
    assert jobs.wait_idle()
    assert approve.hasFocus()
    assert not any(seen)
