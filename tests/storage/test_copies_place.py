"""The place of the copies: what is wrong with it in plain words, and an end to all waiting."""

import errno
import os
import threading
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Interrupted
from moebelcirkel.storage.copies import place


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOENT, "is not there"),
        (errno.ENOSPC, "no room left"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "is read-only"),
        (errno.ETIMEDOUT, "does not answer"),
        (errno.EIO, "could not be written to"),
    ],
)
def test_what_the_system_says_is_said_in_plain_words(number: int, words: str) -> None:
    error = place.no_such_place(Path("/drev"), OSError(number, os.strerror(number)))
    assert words in str(error)
    assert "/drev" in str(error)


def test_what_gives_no_sign_is_given_up() -> None:
    never = threading.Event()
    with pytest.raises(TimeoutError):
        place.patiently(lambda _sign: never.wait(), silence=0.05)
    never.set()


def test_what_gives_signs_may_take_its_time() -> None:
    def work(sign: place.Step) -> int:
        for _turn in range(20):
            threading.Event().wait(0.02)
            sign()
        return 7

    assert place.patiently(work, silence=0.3) == 7


def test_waiting_can_be_stopped_also_while_nothing_is_heard() -> None:
    never, asked = threading.Event(), []

    def step() -> None:
        asked.append(1)
        if len(asked) > 1:
            raise Interrupted

    with pytest.raises(Interrupted):
        place.patiently(lambda _sign: never.wait(), step, silence=60)
    never.set()


def test_work_that_was_given_up_ends_at_its_next_sign() -> None:
    go_on, ended = threading.Event(), threading.Event()

    def work(sign: place.Step) -> None:
        go_on.wait()
        try:
            sign()
        finally:
            ended.set()

    with pytest.raises(TimeoutError):
        place.patiently(work, silence=0.05)
    go_on.set()
    assert ended.wait(5)
