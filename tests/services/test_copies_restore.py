"""Putting a copy back: all of it or nothing, the file from before beside, no number twice."""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    check,
    copies,
    intake,
    parameters,
    persons,
    photos,
    routines,
    users,
)
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage.copies.log import Log
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from tests.clock import Clock
from tests.full_drive import files_no_larger_than, needs_limits
from tests.services import working_day
from tests.world import World, build


@pytest.fixture
def house(sqlite_file: Path, clock: Clock) -> Iterator[World]:
    database = Database(sqlite_file)
    yield build(Context(database, SYSTEM, clock=clock))
    database.close()


def receive(house: World, count: int = 2) -> list[str]:
    part = intake.Part("B", count, "shelf", house.shelf)
    batch = intake.Batch(giver_id=house.home, article_id=house.chair, parts=(part,))
    return list(intake.register(house.person("lager"), batch).numbers)


def file_of(house: World) -> Path:
    return Path(str(house.context.database.url.database))


def restored(house: World, copy: Path) -> tuple[copies.Restored, World]:
    """The window is closed, the copy is put back, and the window opens again."""
    house.context.database.close()
    outcome = copies.restore(file_of(house), copy, now=house.context.now())
    database = opening.open_existing(file_of(house)).database
    return outcome, build(Context(database, SYSTEM, clock=house.context.clock))


def pieces(context: Context) -> int:
    with context.read() as session:
        return session.scalar(select(func.count(Unit.id))) or 0


def test_a_copy_comes_back_with_its_pictures_and_the_file_from_before_stays(house: World) -> None:
    admin = house.person("admin")
    photos.add(house.context, [working_day.picture("stol")], article_id=house.chair)
    receive(house)
    copy = copies.take(admin)
    receive(house, 5)
    lost = copies.loss(admin, copy)
    assert (lost.changes, lost.pieces, lost.last_by) == (1, 5, "Lager")
    outcome, after = restored(house, copy.path)
    try:
        assert (outcome.missing, outcome.flawed) == (0, 0)
        assert pieces(after.context) == 2
        assert check.run(after.context).findings == ()
        with after.context.read() as session:
            assert all(len(jpeg or b"") > 32 for jpeg in session.scalars(select(PhotoBlob.jpeg)))
        assert outcome.kept is not None
        before = Database(outcome.kept)
        assert pieces(Context(before, SYSTEM)) == 7
        before.close()
    finally:
        after.context.database.close()


def test_numbers_that_stick_to_furniture_are_not_given_out_again(house: World) -> None:
    copy = copies.take(house.person("admin"))
    given = receive(house, 3)
    _outcome, after = restored(house, copy.path)
    try:
        assert set(receive(after, 3)).isdisjoint(given)
        assert check.run(after.context).findings == ()
    finally:
        after.context.database.close()


def test_where_the_damaged_file_tells_no_numbers_a_gap_is_left(house: World) -> None:
    copy = copies.take(house.person("admin"))
    given = receive(house, 3)
    house.context.database.close()
    file_of(house).write_bytes(b"x" * 100_000)
    _outcome, after = restored(house, copy.path)
    try:
        assert set(receive(after, 3)).isdisjoint(given)
        assert check.run(after.context).findings == ()
    finally:
        after.context.database.close()


def test_a_restored_database_is_copied_to_where_its_copies_went(
    house: World, tmp_path: Path
) -> None:
    old, new = tmp_path / "gammel", tmp_path / "ny"
    for folder in (old, new):
        folder.mkdir()
        parameters.save(house.person("admin"), {"copies_folder": str(folder)})
        copy = copies.take(house.person("admin"))
        if folder == old:
            first = copy
    _outcome, after = restored(house, first.path)
    try:
        assert after.context.parameter("copies_folder") == str(new)
        assert copies.take(after.person("admin")).path.is_relative_to(new)
    finally:
        after.context.database.close()


def test_a_copy_works_on_another_pc(house: World, tmp_path: Path) -> None:
    photos.add(house.context, [working_day.picture("stol")], article_id=house.chair)
    copy = copies.take(house.person("admin"))
    carried = shutil.copytree(copy.path.parent, tmp_path / "usb")
    there = tmp_path / "anden-pc"
    there.mkdir()
    found = copies.there(there / "moebelcirkel.sqlite", carried)
    assert [each.facts for each in found] == [copy.facts]
    outcome = copies.restore(there / "moebelcirkel.sqlite", found[0].path)
    assert outcome == copies.Restored(None, 0, 0)
    context = opening.open_existing(there / "moebelcirkel.sqlite")
    assert check.run(context).findings == ()
    opening.close(context)


def test_a_copy_itself_is_not_worked_in(house: World) -> None:
    copy = copies.take(house.person("admin"))
    before = copy.path.read_bytes()
    with pytest.raises(Unavailable, match="is a copy"):
        opening.open_existing(copy.path)
    assert copy.path.read_bytes() == before


@pytest.mark.parametrize("way", ["a byte", "half of it", "a picture"])
def test_a_damaged_copy_is_not_put_back(house: World, way: str) -> None:
    photos.add(house.context, [working_day.picture("stol")], article_id=house.chair)
    copy = copies.take(house.person("admin")).path
    data = copy.read_bytes()
    if way == "a byte":
        copy.write_bytes(data[:5000] + bytes([data[5000] ^ 1]) + data[5001:])
    elif way == "half of it":
        copy.write_bytes(data[: len(data) // 2])
    else:
        for picture in copy.parent.rglob("*.jpg"):
            picture.write_bytes(b"another")
    house.context.database.close()
    before = file_of(house).read_bytes()
    if way == "a picture":
        assert copies.restore(file_of(house), copy).missing == 1
        return
    with pytest.raises(Unavailable, match="is damaged"):
        copies.restore(file_of(house), copy)
    assert file_of(house).read_bytes() == before
    assert list(file_of(house).parent.glob("*.part*")) == []


def test_nothing_is_exchanged_under_the_hands_of_others(house: World) -> None:
    copy = copies.take(house.person("admin")).path
    receive(house)
    with pytest.raises(Unavailable, match="open in another window"):
        copies.restore(file_of(house), copy)
    assert pieces(house.context) == 2
    with Log(file_of(house)).claim(), pytest.raises(Unavailable, match="being taken"):
        copies.restore(file_of(house), copy)


@needs_limits
def test_without_room_nothing_is_exchanged(house: World) -> None:
    copy = copies.take(house.person("admin")).path
    receive(house)
    house.context.database.close()
    before = file_of(house).read_bytes()
    with files_no_larger_than(200_000), pytest.raises(Unavailable, match="no room"):
        copies.restore(file_of(house), copy)
    assert file_of(house).read_bytes() == before
    assert not list(file_of(house).parent.glob("*.before-restore*"))


def test_any_whole_database_can_be_put_back_after_it_was_checked(
    house: World, tmp_path: Path
) -> None:
    receive(house)
    alone = tmp_path / "kopi.sqlite"
    assert copies.take_file(house.context, alone) == 0
    outcome, after = restored(house, alone)
    assert outcome.flawed == 0
    after.context.database.close()
    with contextlib.closing(sqlite3.connect(alone)) as file, file:
        file.execute("UPDATE article SET supplier = 'En anden'")
    outcome, after = restored(house, alone)
    assert outcome.flawed == 1
    after.context.database.close()


def test_the_file_beside_keeps_its_owners_rights(house: World) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps rights elsewhere")
    file_of(house).chmod(0o640)
    copy = copies.take(house.person("admin")).path
    assert copy.stat().st_mode & 0o777 == 0o640
    _outcome, after = restored(house, copy)
    assert file_of(house).stat().st_mode & 0o777 == 0o640
    after.context.database.close()


NAME = "Karen Holm Nielsen"
ROLES = frozenset({Grant(Role.WAREHOUSE, None)})


def erased_since_the_copy(house: World) -> Path:
    """A copy with a person and a picture that were both erased after it was taken."""
    admin = house.person("admin")
    key = users.save(admin, users.UserForm("karen", NAME, "", ROLES)).id
    picture = working_day.picture("nogen")
    photos.add(house.person("lager"), [picture], article_id=house.chair)
    copy = copies.take(admin).path
    persons.anonymise(admin, key, 1)
    photos.erase(admin, picture.sha256, "person")
    return copy


def named(context: Context) -> list[str]:
    with context.read() as session:
        return [name for name in session.scalars(select(User.name)) if "Karen" in name]


def test_what_was_erased_since_the_copy_is_erased_again(house: World) -> None:
    copy = erased_since_the_copy(house)
    outcome, again = restored(house, copy)
    assert outcome.erased == 2
    assert named(again.context) == []
    assert photos.image(again.context, working_day.picture("nogen").sha256) is None
    assert check.run(Context(again.context.database, SYSTEM)).findings == ()
    assert not any(NAME in path.read_text("utf-8") for path in copy.parent.glob("*.list"))


def test_an_older_file_laid_over_by_hand_is_told_by_the_check_and_erased_by_itself(
    house: World, tmp_path: Path
) -> None:
    admin, file = house.person("admin"), file_of(house)
    before = tmp_path / "before.sqlite"
    users.save(admin, users.UserForm("karen", NAME, "", ROLES))
    copies.take_file(admin, before)
    with house.context.read() as session:
        key = session.scalars(select(User.id).where(User.name == NAME)).one()
    persons.anonymise(admin, key, 1)
    house.context.database.close()
    for end in ("-wal", "-shm"):
        Path(f"{file}{end}").unlink(missing_ok=True)
    shutil.copyfile(before, file)
    context = opening.open_existing(file)
    assert named(context) == [NAME]
    (finding,) = check.run(context).findings
    assert "anonymiseret, men er her igen" in check.text(finding)
    done = {each.name: each for each in routines.run_due(context, routines.place("command"))}
    assert done["erasings"].values == {"count": "1"}
    assert named(context) == []
    assert check.run(context).findings == ()
    opening.close(context)


def test_another_person_with_the_same_number_is_left_alone(house: World, clock: Clock) -> None:
    admin = house.person("admin")
    copy = copies.take(admin).path
    clock.advance(days=1)
    key = users.save(admin, users.UserForm("karen", NAME, "", ROLES)).id
    persons.anonymise(admin, key, 1)
    outcome, again = restored(house, copy)
    clock.advance(days=1)
    form = users.UserForm("karenb", "Karen Berg", "", ROLES)
    users.save(again.person("admin"), form)
    assert outcome.erased == 0
    assert persons.erase_again(again.context) == 0
    assert named(again.context) == ["Karen Berg"]
