"""An id belongs to one row for ever: what speaks of it never comes to mean another."""

from sqlalchemy import inspect, text

from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import places, users
from moebelcirkel.services.context import SYSTEM, Context, Work
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.schema import APPEND_ONLY, METADATA
from moebelcirkel.storage.tables.places import Place
from tests.answers import Made
from tests.clock import Clock
from tests.storage.test_migrate import at_revision
from tests.world import build


def test_a_deleted_persons_id_goes_to_nobody_else(context: Context) -> None:
    world = build(context)
    admin = world.person("admin")
    form = users.UserForm("ny", "Ny", grants=frozenset({Grant(Role.WAREHOUSE)}))
    first = users.save(admin, form).id
    users.delete(admin, first, 1)
    second = users.save(admin, form).id
    assert second > first


def test_a_form_opened_on_a_deleted_place_never_writes_to_a_new_one(context: Context) -> None:
    first = places.save(context, places.PlaceForm("1-01-A")).id
    places.delete(context, first, 1)
    assert places.save(context, places.PlaceForm("1-01-B")).id > first


def test_rows_written_in_bulk_take_no_id_again(context: Context) -> None:
    def fill(work: Work) -> Made:
        rows = [{"code": f"{work.change_id}-{row}", "name": "x", "kind": "shelf"} for row in "ab"]
        return Made(ids=tuple(work.bulk_insert(Place, rows)))

    first = context.write("place.series", None, fill).ids
    for place in first:
        places.delete(context, place, 1)
    assert min(context.write("place.series", None, fill).ids) > max(first)


def test_every_table_that_loses_rows_keeps_its_highest_id(database: Database) -> None:
    if not database.is_sqlite:
        return
    with database.engine.connect() as connection:
        query = text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
        told = set(connection.execute(query).scalars())
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    with_ids = {table.name for table in METADATA.sorted_tables if "id" in table.c}
    assert told == with_ids - set(APPEND_ONLY)


def test_an_older_database_remembers_the_ids_of_rows_that_are_gone(empty_url: str) -> None:
    at_revision(empty_url, "0005")
    database = Database(empty_url)
    # As a row that was made and deleted again has left it: an event, and where there is one the
    # sequence, of which SQLite knew nothing yet.
    with database.engine.begin() as connection:
        for statement in _GONE:
            connection.execute(text(statement))
        if not database.is_sqlite:
            for name, last in {"place": 7, "change": 1, "event": 1}.items():
                connection.execute(text(f"SELECT setval('{name}_id_seq', {last})"))
    migrate(database)
    world = build(Context(database, SYSTEM, clock=Clock()))
    assert world.shelf > 7
    with database.engine.connect() as connection:
        assert inspect(connection).get_pk_constraint("place")["constrained_columns"] == ["id"]
    database.close()


_GONE = (
    """INSERT INTO change (id, request_id, kind, session, at)
       VALUES (1, 'r', 'place.delete', 's', '2026-01-01 00:00:00')""",
    """INSERT INTO event (id, change_id, entity, entity_id, payload_version, before)
       VALUES (1, 1, 'place', '7', 1, '{}')""",
)
