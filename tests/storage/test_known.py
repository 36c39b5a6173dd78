"""Queries known by their shape answer as they do without, and new rows go in as a session's own."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import Vehicle
from moebelcirkel.storage.work import Session

_ALIKE = {"volume_l": 9_000, "payload_kg": 900, "co2e_kg_per_km": Decimal("0.50")}


@pytest.fixture
def vans(context: Context) -> list[int]:
    """Four vehicles, each put in alone."""

    def make(work: Work) -> Done:
        for number in range(4):
            van = Vehicle(name=f"Bil {number}", ore_per_km=number, **_ALIKE)
            work.session.add(van)
            work.session.flush()
            made.append(van.id)
        return Done()

    made: list[int] = []
    context.write("test.make", None, make)
    return made


def _named(*names: str) -> Select[*tuple[Any, ...]]:
    asked = select(Vehicle.id, Vehicle.name, Vehicle.co2e_kg_per_km, Vehicle.active)
    return asked.where(Vehicle.name.in_(names)).order_by(Vehicle.id)


def _plainly(session: Session, query: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list(map(tuple[Any, ...], session.connection().execute(query)))


def test_values_of_one_shape_are_those_of_each_query(context: Context, vans: list[int]) -> None:
    with context.read() as session:
        for names in (("Bil 1",), ("Bil 3", "Bil 0"), (), ("Bil 2", "Bil 1", "Bil 9")):
            found = session.execute(_named(*names)).all()
            assert list(map(tuple[Any, ...], found)) == _plainly(session, _named(*names))
        row = session.execute(_named("Bil 2")).one()
        assert (row.id, row.name, row.active) == (vans[2], "Bil 2", True)
        assert row.co2e_kg_per_km == Decimal("0.50")
        for chosen in ([True], [False], [True, False]):
            found = session.execute(select(Vehicle.id).where(Vehicle.active.in_(chosen))).all()
            assert len(found) == 4 * (True in chosen)


def test_first_values_and_whole_rows_are_found(context: Context, vans: list[int]) -> None:
    named = select(Vehicle).where(Vehicle.name == bindparam("name"))
    with context.read() as session:
        for number in (1, 3, 1):
            van = session.scalar(named, {"name": f"Bil {number}"})
            assert van is session.get_one(Vehicle, vans[number])
            assert session.scalars(named, {"name": f"Bil {number}"}).all() == [van]
        assert session.scalar(named, {"name": "Bil 9"}) is None
        for most in (1, 3):
            first = select(Vehicle.id).order_by(Vehicle.id).limit(most)
            assert session.scalars(first).all() == vans[:most]
        for factor in (2, 5):
            costs = select(func.sum(Vehicle.ore_per_km * factor))
            assert session.scalar(costs) == 6 * factor


def test_rows_are_read_anew_only_where_the_query_says_so(context: Context, vans: list[int]) -> None:
    same = select(Vehicle).where(Vehicle.id == bindparam("id"))
    anew = same.execution_options(populate_existing=True)

    def change(work: Work) -> Done:
        van = work.get(Vehicle, vans[0])
        raised = update(Vehicle).where(Vehicle.id == vans[0]).values(volume_l=7, version=5)
        work.session.connection().execute(raised)
        for query, volume in ((same, 9_000), (anew, 7), (same, 7)):
            assert work.session.scalars(query, {"id": vans[0]}).one() is van
            assert van.volume_l == volume
        van.volume_l = 8
        return Done()

    context.write("test.change", None, change)
    with context.read() as session:
        van = session.get_one(Vehicle, vans[0])
        assert (van.volume_l, van.version) == (8, 6)


def test_two_columns_of_one_name_stay_apart(context: Context, vans: list[int]) -> None:
    pair = select(Vehicle.name, Event.entity, Vehicle.name.label("again"), Event.id)
    asked = pair.join(Event, Event.entity == "vehicle").where(Vehicle.id == vans[0])
    with context.read() as session:
        for _time in range(2):
            found = session.execute(asked.order_by(Event.id)).all()
            assert list(map(tuple[Any, ...], found)) == _plainly(session, asked.order_by(Event.id))


def test_what_is_not_written_yet_is_found_and_not_lost(context: Context, vans: list[int]) -> None:
    def change(work: Work) -> Done:
        van = work.get(Vehicle, vans[0])
        for volume in (1_000, 2_000, 3_000):
            van.volume_l = volume
            assert work.session.scalar(select(Vehicle.id).where(Vehicle.volume_l == volume))
            van.payload_kg += 1
            with work.session.no_autoflush:
                asked = select(Vehicle).where(Vehicle.id == vans[0])
                assert work.session.scalars(asked).one() is van
            assert van.payload_kg == 900 + volume // 1_000
        return Done()

    context.write("test.change", None, change)
    with context.read() as session:
        van = session.get_one(Vehicle, vans[0])
        assert (van.volume_l, van.payload_kg) == (3_000, 903)


def test_a_new_row_has_its_defaults_its_version_and_its_event(
    context: Context, vans: list[int]
) -> None:
    with context.read() as session:
        van = session.get_one(Vehicle, vans[1])
        assert (van.active, van.version, van.ore_per_km) == (True, 1, 1)
        query = select(Event).where(Event.entity == "vehicle", Event.entity_id == str(vans[1]))
        (event,) = session.scalars(query)
    assert event.before is None
    assert event.after is not None
    assert event.after["name"] == "Bil 1"
    assert event.after["active"] is True


@pytest.mark.parametrize("alone", [True, False])
def test_a_new_row_is_changed_in_the_same_change(
    context: Context, vans: list[int], *, alone: bool
) -> None:
    def make(work: Work) -> Done:
        van = Vehicle(name="Bil 8", ore_per_km=8, **_ALIKE)
        more: list[Base] = [] if alone else [Place(code="9-9-Z", name="Hylde")]
        work.session.add_all([van, *more])
        work.session.flush()
        assert work.get(Vehicle, van.id) is van
        van.volume_l = 5
        return Done()

    done = context.write("test.make", None, make)
    with context.read() as session:
        van = session.scalars(select(Vehicle).where(Vehicle.name == "Bil 8")).one()
        assert (van.volume_l, van.version, van.id) == (5, 2, max(vans) + 1)
        query = select(Event).where(Event.change_id == done.change_id, Event.entity == "vehicle")
        found = [(each.before, each.after) for each in session.scalars(query.order_by(Event.id))]
    assert found[0][0] is None
    assert found[1] == ({"volume_l": 9_000}, {"volume_l": 5})


def test_a_new_row_that_is_there_already_is_refused(context: Context, vans: list[int]) -> None:
    def make(work: Work) -> Done:
        work.session.add(Vehicle(id=vans[0], name="Bil 7", ore_per_km=1, **_ALIKE))
        return Done()

    with pytest.raises((IntegrityError, Refused)):
        context.write("test.make", None, make)
    with context.read() as session:
        assert session.scalar(select(func.count(Vehicle.id))) == len(vans)
