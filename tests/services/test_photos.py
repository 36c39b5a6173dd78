"""A picture erased for a cause: gone for good, told for ever, and everything else proved."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, check, copies, photos, units
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage.copies import erased
from moebelcirkel.storage.tables.photos import Photo, PhotoBlob
from tests import trade
from tests.services import working_day
from tests.world import World, build


@pytest.fixture
def unit(world: World) -> int:
    """A piece with two pictures of its own; the first shows somebody."""
    (key,) = trade.put_on_sale(world, 1)
    pictures = [working_day.picture("nogen"), working_day.picture("stol")]
    photos.add(world.person("lager"), pictures, unit_id=key)
    return key


def shown(context: Context, unit: int) -> list[str]:
    return [each.sha256 for each in units.passport(context, unit).photos]


def test_bytes_go_row_and_history_stay_and_the_check_is_whole(world: World, unit: int) -> None:
    admin = world.person("admin")
    first, second = shown(admin, unit)
    done = photos.erase(admin, first, "person")
    assert done.places == 1
    blob = trade.row(world.context, PhotoBlob, first)
    assert (blob.jpeg, blob.thumb) == (None, None)
    assert shown(admin, unit) == [second]
    assert photos.image(admin, first) is None
    assert [each.sha256 for each in photos.of_owner(admin, unit_id=unit)] == [second]
    told = units.passport(admin, unit).history[0]
    assert (told.title, told.who) == ("Billede slettet for altid: nogen kan kendes på det", "Admin")
    assert len(trade.rows(world.context, trade.select(Photo.id))) == 2
    assert check.run(world.context).findings == ()


def test_it_goes_wherever_it_hangs_and_a_card_shows_another(world: World, unit: int) -> None:
    admin, pictures = world.person("admin"), [working_day.picture("nogen")]
    photos.add(admin, [*pictures, working_day.picture("bord")], article_id=world.chair)
    assert photos.erase(admin, pictures[0].sha256, "private").places == 2
    for owner in ({"unit_id": unit}, {"article_id": world.chair}):
        assert len(photos.of_owner(admin, **owner)) == 1
    with world.context.read() as session:
        last = session.query(Photo).filter_by(sha256=pictures[0].sha256).all()
    assert [each.position for each in last] == [2, 2]


def test_nobody_brings_it_back(world: World, unit: int) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    picture = working_day.picture("nogen")
    before = photos.add(lager, [working_day.picture("reol")], unit_id=unit).change_id or 0
    done = photos.erase(admin, picture.sha256, "person").change_id or 0
    for change in (done, before - 1):
        with pytest.raises(Refused):
            changes.undo(admin, change)
    with pytest.raises(Refused, match="cannot be added again"):
        photos.add(lager, [picture], unit_id=unit)
    with pytest.raises(Refused, match="cannot be added again"):
        photos.add(lager, [picture], article_id=world.chair)
    assert photos.image(admin, picture.sha256) is None
    assert check.run(world.context).findings == ()


def test_who_may_not_and_what_is_no_reason_is_refused(world: World, unit: int) -> None:
    key = working_day.picture("nogen").sha256
    for name in ("lager", "controller", "leader"):
        with pytest.raises(Refused, match="right"):
            photos.erase(world.person(name), key, "person")
    admin = world.person("admin")
    with pytest.raises(Refused, match="reason"):
        photos.erase(admin, key, "fordi")
    with pytest.raises(Refused):
        photos.erase(admin, "0" * 64, "person")
    assert photos.image(admin, key) is not None


def test_two_erase_the_same_and_one_does_it(world: World, unit: int) -> None:
    key = working_day.picture("nogen").sha256

    def tried(_number: int) -> str:
        try:
            photos.erase(world.person("admin"), key, "person")
        except Refused as error:
            return error.message
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(tried, range(2)))
    assert told == ["The picture has been erased already.", "done"]
    assert check.run(world.context).findings == ()


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_no_byte_of_it_is_left_in_the_file_nor_in_the_copies(world: World, unit: int) -> None:
    picture, admin = working_day.picture("nogen"), world.person("admin")
    other = working_day.picture("stol")
    copy = copies.take(admin)
    kept = {path.stem for path in copy.path.parent.rglob("*.jpg")}
    assert {picture.sha256, other.sha256} <= kept
    photos.erase(admin, picture.sha256, "asked")
    left = {path.stem for path in copy.path.parent.rglob("*.jpg")}
    assert len(kept - left) == 2
    assert other.sha256 in left
    file = Path(str(world.context.database.url.database))
    inside = picture.jpeg[200:260]
    written = [each.read_bytes() for each in file.parent.glob(f"{file.name}*") if each.is_file()]
    assert not any(inside in each for each in written)
    assert any(other.jpeg[200:260] in each for each in written)
    assert copies.take(admin).facts.flawed == 0


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_a_copy_from_before_it_was_erased_opens_and_check_says_what_to_do(
    world: World, unit: int
) -> None:
    picture, admin = working_day.picture("nogen"), world.person("admin")
    copy = copies.take(admin)
    photos.erase(admin, picture.sha256, "asked")
    assert copies.loss(admin, copy).erased == 1

    file = Path(str(world.context.database.url.database))
    world.context.database.close()
    erased.beside(file).unlink()  # as on another PC: nothing remembers what was erased
    erased.inside(copy.path.parent).unlink()
    outcome = copies.restore(file, copy.path, now=world.context.now())
    assert (outcome.missing, outcome.erased) == (1, 0)
    database = opening.open_existing(file).database
    after = build(Context(database, SYSTEM, clock=world.context.clock))
    try:
        assert photos.image(after.person("admin"), picture.sha256) is None
        (said,) = [check.text(each) for each in check.run(after.context).findings]
        assert "Er en kopi fra før sletningen lagt tilbage, så slet det igen." in said
        photos.erase(after.person("admin"), picture.sha256, "asked")
        assert check.run(after.context).findings == ()
    finally:
        database.close()
