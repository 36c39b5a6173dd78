"""Files handed out into a folder: whole, and without what a killed one left before."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from moebelcirkel.services import folders
from moebelcirkel.storage.copies.parts import part_in
from moebelcirkel.ui.kit.longwork import save_whole

_AN_HOUR_AGO = time.time() - 3_700


@pytest.mark.parametrize("write", [folders.put, save_whole])
def test_what_a_killed_export_left_goes_with_the_next_to_the_same_folder(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    old, young = (tmp_path / f".moebelcirkel-{name}.part" for name in ("old", "young"))
    foreign = tmp_path / "butikken.xlsx.part"
    for part in (old, young, foreign):
        part.touch()
    for part in (old, foreign):
        os.utime(part, (_AN_HOUR_AGO, _AN_HOUR_AGO))
    write(tmp_path / "butikken.xlsx", b"PK")
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {young.name, foreign.name, "butikken.xlsx"}
    assert (tmp_path / "butikken.xlsx").read_bytes() == b"PK"


def test_what_another_is_writing_stays_where_this_clock_is_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / ".moebelcirkel-theirs.part"
    theirs.touch()
    ahead = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: ahead)
    folders.put(tmp_path / "butikken.xlsx", b"PK")
    assert {path.name for path in tmp_path.iterdir()} == {theirs.name, "butikken.xlsx"}


def test_a_copy_that_is_being_taken_in_the_folder_stays(tmp_path: Path) -> None:
    with part_in(tmp_path) as part:
        os.utime(part, (_AN_HOUR_AGO, _AN_HOUR_AGO))
        folders.put(tmp_path / "butikken.xlsx", b"PK")
        assert part.exists()
