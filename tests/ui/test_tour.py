"""The tour: one piece through the whole chain, and a picture of every page for every role."""

import datetime as dt
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

from moebelcirkel import app
from moebelcirkel.services import check
from moebelcirkel.services.start import opening
from moebelcirkel.ui.headless import chain as tour_chain
from moebelcirkel.ui.headless import pictures as tour_pictures
from tests import templates

NOW = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of an example municipality."""
    return Path(shutil.copy(templates.in_file("example-400"), tmp_path / "eksempel.sqlite"))


def test_one_piece_goes_through_the_whole_chain(example: Path, tmp_path: Path) -> None:
    context = replace(opening.open_existing(example), clock=lambda: NOW)
    said: list[str] = []
    report = tour_chain.run(tour_chain.people(context), tmp_path, said.append)
    assert report.read_bytes().startswith(b"%PDF")
    assert [line.split()[0] for line in said] == [
        "Modtaget",
        "Repareret",
        "Bestilt:",
        "Godkendt",
        "Plukket",
        "Rapport",
    ]
    assert check.run(context).ok
    opening.close(context)


def test_every_page_has_its_picture(qapp: QApplication, example: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    count = tour_pictures.take(folder, example, tmp_path, [(1280, 720)], ["dark"], lambda: NOW)
    pictures = sorted(folder.glob("*.png"))
    assert len(pictures) == count > 30
    assert {path.name.split("-")[0] for path in pictures} == {
        "administrator",
        "approver",
        "controller",
        "employee",
        "leader",
        "warehouse",
        "workshop",
    }
    assert {QImageReader(str(path)).size().toTuple() for path in pictures} == {(1280, 720)}


def test_a_tour_on_no_database_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nix.sqlite"
    before = dict(os.environ)
    assert app.main(["--database", str(missing), "tour", "--out", str(tmp_path / "out")]) == 1
    assert dict(os.environ) == before
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"moebelcirkel: Der er ingen database i {missing}. Tjek navnet.")


def test_a_tour_to_where_no_folder_can_be_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "fil"
    taken.touch()
    assert app.main(["tour", "--out", str(taken / "ud")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"moebelcirkel: Mappen {taken / 'ud'} kan ikke oprettes. Vælg en anden mappe."
