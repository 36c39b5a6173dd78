"""`report savings` from the command line: recorded PDF, draft spreadsheets, wrong arguments."""

import datetime as dt
from pathlib import Path

import pytest

from moebelcirkel.cli import arguments
from moebelcirkel.cli import reports as command
from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import reports, tasks
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.storage.engine import Database
from tests.clock import Clock
from tests.documents import reading
from tests.services import reporting
from tests.world import World, build


@pytest.fixture
def world(sqlite_file: Path, clock: Clock) -> World:
    made = build(Context(Database(sqlite_file), SYSTEM, clock=clock))
    tasks.confirm_rates(made.context)
    reporting.deliver(made, clock, dt.date(2026, 3, 2))
    reporting.deliver(made, clock, dt.date(2026, 5, 2), institution=made.home)
    reporting.at(clock, dt.date(2026, 11, 20))
    return made


def run(world: World, out: Path, *more: str, who: str = "controller") -> int:
    words = ["report", "savings", "--from", "2026-01-01", "--to", "20.11.2026", "--out", str(out)]
    return command.run(arguments.parse([*words, *more]), world.person(who))


def test_a_pdf_is_recorded_and_says_its_number(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rapport.pdf"
    assert run(world, out) == 0
    (row,) = reports.recorded(world.person("controller"))
    assert capsys.readouterr().out == f"Gemt som rapport 2026-001 med segl {row.seal}.\n"
    assert out.read_bytes() == reports.reprint(world.person("controller"), row.id)
    assert "Genbrugte møbler gav kommunen 6.500 kr." in reading.texts(out.read_bytes())[0]


def test_spreadsheets_are_drafts(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "linjer.csv") == 0
    assert run(world, tmp_path / "linjer.XLSX") == 0
    assert len((tmp_path / "linjer.csv").read_text("utf-8-sig").splitlines()) == 3
    assert (tmp_path / "linjer.XLSX").read_bytes().startswith(b"PK")
    assert reports.recorded(world.person("controller")) == []


def test_one_institution_by_its_name(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "a.pdf", "--institution", "plejecenter  åbo") == 0
    assert "Plejecenter Åbo" in reading.texts((tmp_path / "a.pdf").read_bytes())[0]
    with pytest.raises(Refused, match="no institution"):
        run(world, tmp_path / "b.pdf", "--institution", "Hogwarts")


def test_wrong_files_are_refused_before_anything_is_recorded(world: World, tmp_path: Path) -> None:
    for out in (tmp_path / "rapport.doc", tmp_path / "rapport", tmp_path / "nowhere" / "r.pdf"):
        with pytest.raises(Refused):
            run(world, out)
        assert not out.exists()
    assert reports.recorded(world.person("controller")) == []


def test_whoever_may_not_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="right"):
        run(world, tmp_path / "rapport.pdf", who="lager")
    assert not (tmp_path / "rapport.pdf").exists()


def test_a_leader_gets_the_own_institution(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "rapport.pdf", who="leader") == 0
    assert "Søndervangskolen" in reading.texts((tmp_path / "rapport.pdf").read_bytes())[0]
    with pytest.raises(Refused):
        run(world, tmp_path / "b.pdf", "--institution", "Plejecenter Åbo", who="leader")
