"""`report savings` from the command line: recorded PDF, draft spreadsheets, wrong arguments."""

import datetime as dt
import errno
import os
from pathlib import Path

import openpyxl
import pytest

from moebelcirkel.cli import arguments
from moebelcirkel.cli import reports as command
from moebelcirkel.cli.files import new_file
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.language import refusal
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


def fetch(world: World, number: str, out: Path, who: str = "controller") -> int:
    words = ["report", "savings", "--number", number, "--out", str(out)]
    return command.run(arguments.parse(words), world.person(who))


def run(world: World, out: Path, *more: str, who: str = "controller") -> int:
    words = ["report", "savings", "--from", "2026-01-01", "--to", "20.11.2026", "--out", str(out)]
    return command.run(arguments.parse([*words, *more]), world.person(who))


def short(world: World, report_id: int) -> bytes:
    return reports.reprint(world.person("controller"), report_id, all_lines=False)


def test_all_lines_are_printed_when_asked_for(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "kort.pdf") == 0
    words = ["report", "savings", "--number", "2026-001", "--with-lines", "--out"]
    out = tmp_path / "lang.pdf"
    options = arguments.parse([*words, str(out)])
    assert command.run(options, world.person("controller")) == 0
    (row,) = reports.recorded(world.person("controller"))
    assert out.read_bytes() == reports.reprint(world.person("controller"), row.id)
    assert len(reading.texts(out.read_bytes())) > len(
        reading.texts((tmp_path / "kort.pdf").read_bytes())
    )
    assert run(world, tmp_path / "ny.pdf", "--with-lines") == 0
    assert "Bilag C · Linjer Alle linjer" in reading.whole_text((tmp_path / "ny.pdf").read_bytes())


def test_a_pdf_is_recorded_and_says_its_number(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rapport.pdf"
    assert run(world, out) == 0
    (row,) = reports.recorded(world.person("controller"))
    assert capsys.readouterr().out == f"Gemt som rapport 2026-001 med segl {row.seal}.\n"
    assert out.read_bytes() == short(world, row.id)
    assert "Genbrugte møbler sparede indkøb for ca. 6.500 kr." in reading.texts(out.read_bytes())[0]


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
    (tmp_path / "mappe.pdf").mkdir()
    with pytest.raises(Refused, match=r"mappe.pdf is a folder"):
        run(world, tmp_path / "mappe.pdf")
    with pytest.raises(Unavailable, match="could not be written"):
        run(world, tmp_path / ("x" * 300 + ".pdf"))
    assert reports.recorded(world.person("controller")) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux has a folder nobody writes to")
def test_a_folder_that_takes_no_files_is_found_before_anything_is_recorded(world: World) -> None:
    with pytest.raises(Unavailable, match="could not be written"):
        run(world, Path("/proc/x.pdf"))
    assert reports.recorded(world.person("controller")) == []


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "csv"])
def test_a_file_that_is_there_is_never_written_over(
    world: World, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"rapport.{ending}"
    out.write_text("en andens")
    with pytest.raises(Refused, match="already a file"):
        run(world, out)
    assert out.read_text() == "en andens"
    assert list(tmp_path.glob("*.part")) == []
    assert reports.recorded(world.person("controller")) == []


def test_a_drive_that_fills_up_leaves_the_report_to_be_fetched(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "rapport.pdf"
    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", _full)
        with pytest.raises(Unavailable) as told:
            run(world, out)
    text = refusal(told.value)
    assert text.startswith(f"Rapporten er gemt som 2026-001, men filen mangler. {out} kunne ikke")
    assert text.endswith("moebelcirkel report savings --number 2026-001 --out FIL.pdf")
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix in (".pdf", ".part")] == []
    assert fetch(world, "2026-001", out) == 0
    (row,) = reports.recorded(world.person("controller"))
    assert out.read_bytes() == short(world, row.id)


def _full(_path: Path, _data: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_recorded_report_is_fetched_in_every_form(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "a.pdf") == 0
    for ending in ("pdf", "xlsx", "csv"):
        assert fetch(world, " 2026-001 ", tmp_path / f"b.{ending}") == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    (row,) = reports.recorded(world.person("controller"))
    book = openpyxl.load_workbook(tmp_path / "b.xlsx", read_only=True)
    shown = {
        str(cell)
        for sheet in book
        for line in sheet.iter_rows(values_only=True)
        for cell in line
        if cell
    }
    assert any(row.seal in text for text in shown)
    assert any("2026-001" in text for text in shown)
    assert len((tmp_path / "b.csv").read_text("utf-8-sig").splitlines()) == 3


def test_a_number_nobody_recorded_or_of_another_institution(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "a.pdf") == 0
    for number, who in (("2026-002", "controller"), ("2026-001", "leader")):
        with pytest.raises(Refused, match=f"no report {number} that you may see"):
            fetch(world, number, tmp_path / "b.pdf", who)
    with pytest.raises(Refused, match="right"):
        fetch(world, "2026-001", tmp_path / "b.pdf", "lager")
    assert not (tmp_path / "b.pdf").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
def test_files_have_the_rights_this_person_gives_new_files(world: World, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        assert run(world, tmp_path / "a.csv") == 0
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_whoever_may_not_is_refused(world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="right"):
        run(world, tmp_path / "rapport.pdf", who="lager")
    assert not (tmp_path / "rapport.pdf").exists()


def test_a_leader_gets_the_own_institution(world: World, tmp_path: Path) -> None:
    assert run(world, tmp_path / "rapport.pdf", who="leader") == 0
    assert "Søndervangskolen" in reading.texts((tmp_path / "rapport.pdf").read_bytes())[0]
    for name in ("Plejecenter Åbo", "Hogwarts"):
        with pytest.raises(Refused, match="may not see the figures of an institution called"):
            run(world, tmp_path / "b.pdf", "--institution", name, who="leader")


def test_what_a_killed_command_left_goes_with_the_next_a_day_later(tmp_path: Path) -> None:
    old, young = (tmp_path / f".moebelcirkel-{name}.part" for name in ("old", "young"))
    for part in (old, young):
        part.touch()
    os.utime(old, (1_000_000_000, 1_000_000_000))
    with new_file(tmp_path / "rapport.pdf") as keep:
        keep(b"%PDF")
    assert sorted(path.name for path in tmp_path.iterdir()) == [young.name, "rapport.pdf"]
