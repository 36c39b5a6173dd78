"""Databases that cannot be used, each with what the program has to say about it."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from moebelcirkel.storage import location

Make = Callable[[Path, pytest.MonkeyPatch], contextlib.AbstractContextManager[Path]]


@dataclass(frozen=True)
class BadFile:
    """How it is made from a good one, and a piece of the Danish that explains it."""

    made: Make
    said: str


@contextlib.contextmanager
def _missing(good: Path, _patch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield good.with_name("findes-ikke.sqlite")


@contextlib.contextmanager
def _damaged(good: Path, _patch: pytest.MonkeyPatch) -> Iterator[Path]:
    good.write_bytes(b"not a database at all " * 400)
    yield good


@contextlib.contextmanager
def _newer(good: Path, _patch: pytest.MonkeyPatch) -> Iterator[Path]:
    _run(good, "UPDATE alembic_version SET version_num = '9999'")
    yield good


@contextlib.contextmanager
def _foreign(good: Path, _patch: pytest.MonkeyPatch) -> Iterator[Path]:
    other = good.with_name("other.sqlite")
    _run(other, "CREATE TABLE songs (name TEXT)")
    yield other


@contextlib.contextmanager
def _locked(good: Path, _patch: pytest.MonkeyPatch) -> Iterator[Path]:
    connection = sqlite3.connect(good, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN EXCLUSIVE")
    yield good
    connection.close()


@contextlib.contextmanager
def _network(good: Path, patch: pytest.MonkeyPatch) -> Iterator[Path]:
    patch.setattr(location, "_on_network", lambda *_: True)
    yield good


def _run(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement)
    connection.close()


BAD_FILES = {
    "missing": BadFile(_missing, "ingen database"),
    "damaged": BadFile(_damaged, "ikke en database"),
    "newer": BadFile(_newer, "nyere"),
    "foreign": BadFile(_foreign, "ikke en af vores"),
    "locked": BadFile(_locked, "optaget"),
    "network": BadFile(_network, "netværksdrev"),
}
