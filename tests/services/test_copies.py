"""Copies of the database: proved, with pictures once, kept by the plan, and told of."""

import contextlib
import os
import random
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Damaged, Interrupted, Invalid, Refused, Unavailable
from moebelcirkel.services import copies, parameters, photos, places
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.copies import place as copy_place
from moebelcirkel.storage.copies.log import Log
from moebelcirkel.storage.tables.photos import PhotoBlob
from tests.clock import Clock
from tests.full_drive import files_no_larger_than, needs_limits
from tests.services import tampering, working_day
from tests.world import World

pytestmark = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)


def file_of(context: Context) -> Path:
    return Path(str(context.database.url.database))


def add_picture(world: World, name: str) -> None:
    photos.add(world.context, [working_day.picture(name)], article_id=world.chair)


@pytest.fixture
def second(world: World, tmp_path: Path) -> Path:
    """A second place, chosen by the administrator."""
    folder = tmp_path / "drev"
    folder.mkdir()
    parameters.save(world.person("admin"), {"copies_folder": str(folder)})
    return folder


def left_in(folder: Path) -> list[str]:
    """What is no copy, or not any more."""
    return [path.name for path in folder.rglob("*.part*")]


def test_a_copy_tells_what_it_holds(world: World, second: Path) -> None:
    add_picture(world, "stol")
    places.save(world.person("admin"), places.PlaceForm("9-9-9"))
    copy = copies.take(world.person("admin"))
    facts = copy.facts
    assert copy.path.is_relative_to(second)
    assert (facts.photos, facts.last_by, facts.flawed, facts.checked) == (1, "Admin", 0, True)
    assert copies.listed(world.person("admin")).copies == (copy,)
    assert not left_in(second) + left_in(file_of(world.context).parent)
    status = copies.status(world.person("admin"))
    assert (status.good_at, status.worry, status.reason) == (world.context.now(), False, "")


def test_pictures_are_put_by_once(world: World, second: Path) -> None:
    admin = world.person("admin")
    add_picture(world, "stol")
    first = copies.take(admin)
    pictures = {path: path.stat().st_mtime_ns for path in second.rglob("*.jpg")}
    assert len(pictures) == 2  # the picture and its thumbnail
    add_picture(world, "bord")
    second_copy = copies.take(admin)
    assert {path: path.stat().st_mtime_ns for path in pictures} == pictures
    assert len(list(second.rglob("*.jpg"))) == 4
    for copy in (first, second_copy):
        with contextlib.closing(sqlite3.connect(copy.path)) as inside:
            sizes = inside.execute("SELECT length(jpeg), length(thumb) FROM photo_blob").fetchall()
        assert set(sizes) == {(32, 32)}


def _erased(work: Work) -> None:
    for key in work.session.scalars(select(PhotoBlob.sha256)).all():
        work.recorder.note("photo_blob", key, {}, {"erased": True})


def test_an_erased_picture_is_gone_with_the_last_copy_that_had_it(
    world: World, second: Path, clock: Clock
) -> None:
    admin = world.person("admin")
    parameters.save(admin, {"copies_daily": 1, "copies_weekly": 0, "copies_monthly": 0})
    add_picture(world, "stol")
    copies.take(admin)
    world.context.write("setup", None, _erased)
    tampering.tamper(world, "UPDATE photo_blob SET jpeg = NULL, thumb = NULL")
    clock.advance(days=1)
    copies.take(admin)
    assert len(list(second.rglob("*.jpg"))) == 2  # somebody may have looked at the old copy
    clock.advance(days=1)
    copies.take(admin)
    assert len(list(second.rglob("*.jpg"))) == 0


def test_the_plan_decides_what_is_kept(world: World, second: Path, clock: Clock) -> None:
    admin = world.person("admin")
    parameters.save(admin, {"copies_daily": 2, "copies_weekly": 1, "copies_monthly": 1})
    for _day in range(4):
        taken = copies.take(admin)
        clock.advance(days=1)
    found = copies.listed(admin).copies
    assert len(found) == 2
    assert found[0] == taken
    assert len(list(second.rglob("*.json"))) == 2


def test_the_daily_copy_is_taken_by_whoever_is_at_work(world: World, clock: Clock) -> None:
    lager = world.person("lager")
    assert copies.take_due(lager) is not None
    assert copies.take_due(lager) is None
    clock.advance(days=1)
    assert copies.take_due(lager) is not None


def test_copies_are_the_administrators_matter(world: World) -> None:
    for call in (copies.take, copies.status, copies.listed):
        with pytest.raises(Refused, match="do not have the right"):
            call(world.person("lager"))


def test_two_do_not_copy_at_once(world: World) -> None:
    admin = world.person("admin")
    with Log(file_of(admin)).claim():
        with pytest.raises(Unavailable, match="being taken already"):
            copies.take(admin)
        assert copies.take_due(admin) is None
    assert copies.take(admin).path.exists()


# --- places that cannot be used -----------------------------------------------------------------


def refused(admin: Context) -> str:
    """Why the copy was not taken, as the administrator sees it afterwards."""
    with pytest.raises(Unavailable) as caught:
        copies.take(admin)
    status = copies.status(admin)
    assert status.reason == caught.value.message
    return status.reason.format(**status.values)


def test_a_place_that_is_gone(world: World, second: Path, clock: Clock) -> None:
    admin = world.person("admin")
    good = copies.take(admin)
    second.rename(second.with_name("stik"))
    clock.advance(days=3)
    assert refused(admin) == (
        f"The folder {second} is not there. Connect the drive, or choose another folder."
    )
    status = copies.status(admin)
    assert (status.good_at, status.worry) == (good.facts.moment, True)
    second.with_name("stik").rename(second)
    assert good in copies.listed(admin).copies
    copies.take(admin)
    again = copies.status(admin)
    assert again is not None
    assert (again.worry, again.reason) == (False, "")


@needs_limits
def test_a_place_without_room(world: World, second: Path) -> None:
    admin = world.person("admin")
    good = copies.take(admin)
    before = good.path.read_bytes()
    with files_no_larger_than(200_000), pytest.raises(Unavailable, match="no room"):
        copies.take(admin)
    assert good.path.read_bytes() == before
    assert copies.listed(admin).copies == (good,)
    assert not left_in(second) + left_in(file_of(admin).parent)


def test_a_place_that_hangs_is_given_up(
    world: World, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes by name here")
    admin = world.person("admin")
    good = copies.take(admin)
    monkeypatch.setattr(copy_place, "SILENCE_SECONDS", 0.3)
    # Reading a pipe that nobody writes to waits for ever, as a share that hangs does.
    folder = good.path.parent / "photos"
    folder.mkdir(exist_ok=True)
    os.mkfifo(folder / "left.json")
    assert refused(admin) == f"{second} does not answer. Check the network or the drive."
    assert not left_in(file_of(admin).parent)
    (folder / "left.json").unlink()
    copies.take(admin)


def test_a_settings_form_takes_a_long_folder_and_a_time(world: World) -> None:
    admin = world.person("admin")
    parameters.save(admin, {"copies_folder": "/" + "a" * 300, "copies_at": "14:30"})
    assert admin.parameter("copies_at") == "14.30"
    with pytest.raises(Invalid) as caught:
        parameters.save(admin, {"copies_at": "middag"})
    assert list(caught.value.errors) == ["copies_at"]


# --- before an import ---------------------------------------------------------------------------


def test_before_an_import_a_copy_lies_beside_where_the_place_is_gone(
    world: World, second: Path
) -> None:
    second.rmdir()
    copy = copies.before_import(world.person("admin"))
    assert copy is not None
    assert copy.path.is_relative_to(file_of(world.context).parent / "kopier")
    assert copies.listed(world.person("admin")).copies == (copy,)
    # Its books were not looked at, so that the daily one is still to come.
    second.mkdir()
    assert copies.take_due(world.person("lager")) is not None


# --- faults in the books ------------------------------------------------------------------------


def test_a_process_of_its_own_finds_the_same_faults(world: World, second: Path) -> None:
    admin = world.person("admin")
    assert copies.take(admin, apart=True).facts.checked
    tampering.tamper(world, "UPDATE article SET supplier = 'En anden'")
    told = []
    for apart in (True, False):
        facts = copies.take(admin, apart=apart).facts
        status = copies.status(admin)
        told.append((facts.flawed, facts.checked, status.reason.format(**status.values)))
    assert told[0] == told[1]
    assert told[0][0]


def test_a_process_of_its_own_ends_with_the_copy(world: World, second: Path) -> None:
    def stop() -> None:
        if any(file_of(world.context).parent.glob("*.part-copy-*")):
            steps.append(None)
        if len(steps) > 3:  # the copy itself takes fewer
            raise Interrupted

    steps: list[None] = []
    with pytest.raises(Interrupted):
        copies.take(world.person("admin"), stop, apart=True)
    assert not left_in(second) + left_in(file_of(world.context).parent)


def test_without_a_process_of_its_own_the_books_are_read_here(
    world: World, second: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    assert copies.take(world.person("admin"), apart=True).facts.checked


def test_faults_in_the_books_are_named_and_push_no_good_copy_out(
    world: World, second: Path, clock: Clock
) -> None:
    admin = world.person("admin")
    parameters.save(admin, {"copies_daily": 1, "copies_weekly": 0, "copies_monthly": 0})
    good = copies.take(admin)
    tampering.tamper(world, "UPDATE article SET supplier = 'En anden'")
    for _day in range(6):
        clock.advance(days=1)
        assert copies.take(admin).facts.flawed
    found = copies.listed(admin).copies
    assert copies.newest_good(found) == good
    assert len(found) == 4
    status = copies.status(admin)
    assert status.worry
    assert "books have faults" in status.reason.format(**status.values)


# --- bytes that flipped -------------------------------------------------------------------------


def test_a_flipped_byte_is_never_copied_over_a_good_copy_and_is_named(
    world: World, second: Path, clock: Clock
) -> None:
    admin, file = world.person("admin"), file_of(world.context)
    parameters.save(admin, {"copies_daily": 1, "copies_weekly": 0, "copies_monthly": 0})
    add_picture(world, "stol")
    good = copies.take(admin)
    kept = {path: path.read_bytes() for path in second.rglob("*") if path.is_file()}
    world.context.database.engine.dispose()
    whole, chance, named = file.read_bytes(), random.Random(11), 0
    for _turn in range(20):
        clock.advance(days=1)
        flipped = bytearray(whole)
        flipped[chance.randrange(100, len(whole))] ^= 1 + chance.randrange(255)
        file.write_bytes(flipped)
        try:
            taken = copies.take(admin)
        except Unavailable:
            taken = None
        if taken is not None and not taken.facts.flawed:
            # It hit an empty part of a page: what the copy holds is all there.
            assert taken.facts.pieces == good.facts.pieces
            shutil.rmtree(second)
            second.mkdir()
            for path, data in kept.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        else:
            named += 1
            status = copies.status(admin)
            assert status.reason
        world.context.database.damaged = False
        world.context.database.engine.dispose()
        assert copies.newest_good(copies.there(file)) == good
        assert {path: path.read_bytes() for path in kept} == kept
    assert named
    file.write_bytes(whole)


def test_after_damage_nothing_more_is_written(world: World, second: Path) -> None:
    admin, file = world.person("admin"), file_of(world.context)
    copies.take(admin)
    world.context.database.engine.dispose()
    data = bytearray(file.read_bytes())
    for page in range(4, len(data) // 4096):
        data[page * 4096 : page * 4096 + 12] = b"\xff" * 12
    file.write_bytes(data)
    with pytest.raises(Damaged, match="Restore the last good copy"):
        copies.take(admin)
    with pytest.raises(Damaged):
        places.save(admin, places.PlaceForm("9-9-9"))
    assert len(copies.there(file)) == 1
