"""Rows that a write reads and changes: the session's own, with their version and their events."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm.exc import StaleDataError

from moebelcirkel.domain.errors import Stale
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage.tables.changes import Event
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
