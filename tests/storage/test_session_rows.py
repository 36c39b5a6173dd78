"""Rows that a write reads and changes: the session's own, with their version and their events."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.domain.errors import Stale
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import Vehicle


@pytest.fixture
def vans(context: Context) -> list[int]:
    """Eight vehicles, as one change has made them."""

    def make(work: Work) -> Done:
        alike = {"volume_l": 9_000, "payload_kg": 900, "co2e_kg_per_km": Decimal(1)}
        rows = [{"name": f"Bil {number}", "ore_per_km": 1, **alike} for number in range(8)]
        made.extend(work.bulk_insert(Vehicle, rows))
        return Done()

    made: list[int] = []
    context.write("test.make", None, make)
    return made


def _written(context: Context, done: Done) -> list[tuple[str, Any, Any]]:
    query = select(Event).where(Event.change_id == done.change_id).order_by(Event.id)
    with context.read() as session:
        return [(each.entity_id, each.before, each.after) for each in session.scalars(query)]


def _as_they_are(context: Context) -> list[tuple[str, int, int]]:
    query = select(Vehicle.name, Vehicle.volume_l, Vehicle.version).order_by(Vehicle.id)
    with context.read() as session:
        return list(map(tuple[Any, ...], session.execute(query)))


def test_one_row_is_changed_with_its_version_and_its_event(
    context: Context, vans: list[int]
) -> None:
    def change(work: Work) -> Done:
        van = work.get(Vehicle, vans[2])
        van.volume_l = 12_000
        assert work.get(Vehicle, vans[2]) is van
        assert work.rows(Vehicle, vans[1:3])[1] is van
        van.name = "Bil 2"  # as it was
        return Done()

    done = context.write("test.change", None, change)
    assert _written(context, done) == [(str(vans[2]), {"volume_l": 9_000}, {"volume_l": 12_000})]
    assert _as_they_are(context)[2] == ("Bil 2", 12_000, 2)
    assert {version for _name, _volume, version in _as_they_are(context)[:2]} == {1}


def test_rows_that_change_differently_are_written_in_their_order(
    context: Context, vans: list[int]
) -> None:
    def change(work: Work) -> Done:
        for number, van in enumerate(reversed(work.rows(Vehicle, vans))):
            van.volume_l += number
            if number % 2:
                van.name += "b"
        work.session.flush()
        work.get(Vehicle, vans[0]).name = "Bil 0c"
        return Done()

    done = context.write("test.change", None, change)
    written = _written(context, done)
    assert [key for key, _before, _after in written] == [*map(str, vans[:7]), str(vans[0])]
    assert written[-1][1:] == ({"name": "Bil 0b"}, {"name": "Bil 0c"})
    assert _as_they_are(context) == [
        ("Bil 0c", 9_007, 3),
        ("Bil 1", 9_006, 2),
        ("Bil 2b", 9_005, 2),
        ("Bil 3", 9_004, 2),
        ("Bil 4b", 9_003, 2),
        ("Bil 5", 9_002, 2),
        ("Bil 6b", 9_001, 2),
        ("Bil 7", 9_000, 1),
    ]


@pytest.fixture
def shelf_and_vans(context: Context, vans: list[int]) -> tuple[int, list[int]]:
    """A place and two of the vehicles."""

    def make(work: Work) -> Done:
        made.extend(work.bulk_insert(Place, [{"code": "9-9-Z", "name": "Hylde"}]))
        return Done()

    made: list[int] = []
    context.write("test.make", None, make)
    return made[0], vans[:2]


def test_rows_of_several_tables_are_written_together(
    context: Context, shelf_and_vans: tuple[int, list[int]]
) -> None:
    place_id, vans = shelf_and_vans

    def change(work: Work) -> Done:
        place = work.get(Place, place_id)
        for van in work.rows(Vehicle, vans):
            van.volume_l = 5
        place.name = "Hylde B"
        return Done()

    done = context.write("test.change", None, change)
    assert _written(context, done) == [
        (str(place_id), {"name": "Hylde"}, {"name": "Hylde B"}),
        *[(str(key), {"volume_l": 9_000}, {"volume_l": 5}) for key in vans],
    ]
    assert [each[1:] for each in _as_they_are(context)[:3]] == [(5, 2), (5, 2), (9_000, 1)]
    with context.read() as session:
        assert session.get_one(Place, place_id).version == 2


def test_a_newer_row_among_several_tables_leaves_all_as_they_were(
    context: Context, shelf_and_vans: tuple[int, list[int]]
) -> None:
    place_id, vans = shelf_and_vans

    def change(work: Work) -> Done:
        work.get(Vehicle, vans[0]).volume_l = 5
        work.get(Place, place_id).name = "Hylde B"
        raised = update(Place).where(Place.id == place_id).values(version=9)
        work.session.connection().execute(raised)
        return Done()

    with pytest.raises(StaleDataError):
        context.write("test.change", None, change)
    assert _as_they_are(context)[0][1:] == (9_000, 1)


def test_a_row_without_a_version_is_changed_and_one_that_is_gone_is_not(context: Context) -> None:
    def make(work: Work) -> Done:
        group = {"group_key": "ny", "group_da": "Nyt", "group_en": "New", "group_order": 99}
        work.session.add(Category(key="ny", name_da="Skammel", name_en="Stool", **group))
        return Done()

    def renamed(work: Work) -> Done:
        row = work.get(Category, "ny")
        row.name_da = "Fodskammel"
        work.session.flush()
        row.name_da = "Puf"
        return Done()

    def gone(work: Work) -> Done:
        work.get(Category, "ny").name_da = "Pude"
        work.session.connection().execute(delete(Category).where(Category.key == "ny"))
        return Done()

    context.write("test.make", None, make)
    done = context.write("test.change", None, renamed)
    assert _written(context, done) == [
        ("ny", {"name_da": "Skammel"}, {"name_da": "Fodskammel"}),
        ("ny", {"name_da": "Fodskammel"}, {"name_da": "Puf"}),
    ]
    with pytest.raises(StaleDataError):
        context.write("test.gone", None, gone)


@pytest.mark.parametrize("count", [1, 8])
def test_a_row_that_became_newer_meanwhile_is_not_written(
    context: Context, vans: list[int], count: int
) -> None:
    def change(work: Work) -> Done:
        for van in work.rows(Vehicle, vans[:count]):
            van.volume_l = 1
        raised = update(Vehicle).where(Vehicle.id == vans[0]).values(version=9)
        work.session.connection().execute(raised)
        return Done()

    with pytest.raises(StaleDataError):
        context.write("test.change", None, change)
    assert {version for _name, _volume, version in _as_they_are(context)} == {1}


def test_a_row_that_is_gone_or_newer_than_shown_is_refused(
    context: Context, vans: list[int]
) -> None:
    def gone(work: Work) -> Done:
        work.get(Vehicle, max(vans) + 1)
        return Done()

    def newer(work: Work) -> Done:
        work.get(Vehicle, vans[0], version=0)
        return Done()

    for body in (gone, newer):
        with pytest.raises(Stale):
            context.write("test.change", None, body)


def test_a_row_deleted_in_the_same_change_is_not_found_again(
    context: Context, vans: list[int]
) -> None:
    def change(work: Work) -> Done:
        work.session.delete(work.get(Vehicle, vans[0]))
        work.get(Vehicle, vans[1]).volume_l = 1
        with pytest.raises(Stale):
            work.get(Vehicle, vans[0])
        return Done()

    done = context.write("test.change", None, change)
    assert [after is None for _key, _before, after in _written(context, done)] == [True, False]
    assert len(_as_they_are(context)) == len(vans) - 1
