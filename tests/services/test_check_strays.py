"""The check names what belongs to nothing: rows of no change, numbers of no row, values of no kind.

Nothing else of it would meet them, as it walks from the changes and from the rows.
"""

import datetime as dt
from dataclasses import fields, replace

import pytest
from sqlalchemy import select, text

from moebelcirkel.domain.changes import stored
from moebelcirkel.domain.check import Finding
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.services import check, parameters, photos, reports, tasks
from moebelcirkel.services.context import Done, Work
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.places import Place
from tests import templates, trade
from tests.clock import Clock
from tests.services import reporting, working_day
from tests.services.tampering import loosely, tamper
from tests.world import World


@templates.prepared
def reported(world: World, clock: Clock) -> None:
    """A delivery, a picture of its type, and a recorded report."""
    world.context.write("setup", None, lambda work: _picture(work, world))
    tasks.confirm_rates(world.context)
    reporting.deliver(world, clock, reporting.TODAY)
    clock.advance(minutes=1)
    reports.record(world.person("controller"), *reporting.YEAR)


def _picture(work: Work, world: World) -> None:
    photos.attach(work, [working_day.picture("a chair")], article_id=world.chair)


def told(world: World) -> list[str]:
    """What the check says."""
    return [check.text(each) for each in check.run(world.person("controller")).findings]


def assert_told(world: World, said: str) -> None:
    found = told(world)
    assert any(said in each for each in found), found


def test_the_ground_of_these_tests_is_whole(reported: World) -> None:
    assert told(reported) == []


# --- what belongs to no change ----------------------------------------------------------------

_STRAYS = {
    "an event that says what was done to a row": (
        "UPDATE institution SET limit_ore = 99 WHERE id = 1",
        """INSERT INTO event (id, change_id, entity, entity_id, payload_version, after, before)
        VALUES (99999, 88888, 'institution', '1', 2, '{"limit_ore": 99}', '{}')""",
        "99999 hører til ændring 88888, som ikke findes",
    ),
    "a link": (
        f"INSERT INTO change_link (change_id, link) VALUES (88888, '{'0' * 64}')",
        "88888 hører til ændring 88888, som ikke findes",
    ),
    "an answer": (
        "INSERT INTO change_result (change_id, kinds, data) VALUES (88888, '', '{}')",
        "88888 hører til ændring 88888, som ikke findes",
    ),
    "a line of no report": (
        """INSERT INTO report_line (report_id, line_id, correction)
        SELECT 77, min(id), correction FROM figure_line, report_line GROUP BY correction""",
        "77, som ikke findes i",
    ),
    "what the newest change left": (
        "DELETE FROM change WHERE id = (SELECT max(id) FROM change)",
        "som ikke findes",
    ),
    "a name or note that no change wrote": (
        "INSERT INTO person_text (id, body, salt) VALUES (99999, 'Mette', 'ab')",
        "Navn eller note 99999 er gemt, men intet henviser til den",
    ),
    "a picture's pixels": ("DELETE FROM photo_blob", "som ikke findes i"),
}


@pytest.mark.parametrize("name", _STRAYS)
def test_what_belongs_to_nothing_is_named(reported: World, name: str) -> None:
    *statements, said = _STRAYS[name]
    loosely(reported, *statements)
    assert_told(reported, said)


def test_an_honest_change_is_not_linked_to_a_stray_link(reported: World) -> None:
    loosely(reported, f"INSERT INTO change_link (change_id, link) VALUES (88888, '{'0' * 64}')")
    parameters.save(reported.person("admin"), {"hold_minutes": 45})
    assert len(told(reported)) == 1


# --- pictures -----------------------------------------------------------------------------------


def test_a_picture_that_is_gone_is_named_unless_a_change_has_erased_it(reported: World) -> None:
    tamper(reported, "UPDATE photo_blob SET jpeg = NULL, thumb = NULL")
    assert [each.split()[0] for each in told(reported)] == ["Billede"]

    def erase(work: Work) -> None:
        key = work.session.scalars(select(PhotoBlob.sha256)).one()
        work.recorder.note("photo_blob", key, {}, {"erased": True})

    reported.context.write("setup", None, erase)
    assert told(reported) == []


def test_a_picture_without_a_fingerprint_is_named(reported: World) -> None:
    loosely(reported, "UPDATE photo_blob SET sha256 = ''", "UPDATE photo SET sha256 = ''")
    assert_told(reported, "er beskadiget eller et andet")


# --- counters and ids ---------------------------------------------------------------------------

_COUNTERS = {
    "gone": "DELETE FROM counter WHERE name = 'report-2026'",
    "renamed": "UPDATE counter SET name = 'report-2031' WHERE name = 'report-2026'",
    "lowered": "UPDATE counter SET value = 0 WHERE name = 'report-2026'",
}


@pytest.mark.parametrize("name", _COUNTERS)
def test_a_counter_of_reports_is_not_behind_them(reported: World, name: str) -> None:
    tamper(reported, _COUNTERS[name])
    assert_told(reported, "Tælleren (Registreret rapport-20")


def test_numbers_of_what_was_undone_are_not_missed(reported: World) -> None:
    unit = trade.put_on_sale(reported, 1)
    trade.order(reported, unit)
    assert told(reported) == []


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("value", ["0", "seq + 1"])
def test_the_highest_id_of_persons_is_the_one_given_out(reported: World, value: str) -> None:
    tamper(reported, f"UPDATE sqlite_sequence SET seq = {value} WHERE name = 'app_user'")
    assert_told(reported, "det sidste id, der er givet ud")


# --- values as they are stored ------------------------------------------------------------------

_STORED = {
    "a truth value of 2": ("UPDATE institution SET active = 2 WHERE id = 1", "1"),
    "a truth value in words": ("UPDATE app_user SET active = 'true' WHERE id = 2", "2"),
    "a number with a letter": ("UPDATE unit SET version = '1x' WHERE id = 1", "1"),
    "an exponent": ("UPDATE unit SET life_left = '24E0' WHERE id = 1", "1"),
    "a day there is not": ("UPDATE figure_line SET effective_on = '2026-02-31' WHERE id = 1", "1"),
    "a moment in words": ("UPDATE change SET at = 'i går' WHERE id = 5", "5"),
    "half an object": ("UPDATE figure_line SET inputs = '{' WHERE id = 1", "1"),
    "a text of bytes": ("UPDATE app_user SET name = x'ff' WHERE id = 2", "2"),
    "a setting": (
        "INSERT INTO parameter (key, value, version) VALUES ('hold_minutes', '{', 1)",
        "hold_minutes",
    ),
}


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", _STORED)
def test_a_value_of_another_kind_is_named_where_it_stands(reported: World, name: str) -> None:
    statement, key = _STORED[name]
    loosely(reported, statement)
    found = [each for each in told(reported) if "kan ikke bruges" in each]
    assert len(found) == 1, found
    assert f" {key}: " in found[0]


# --- what cannot be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement", ["DROP TABLE charge", "ALTER TABLE charge RENAME COLUMN amount_ore TO amount"]
)
def test_a_table_or_column_that_is_gone_ends_the_check_in_a_finding(
    reported: World, statement: str
) -> None:
    with reported.context.database.engine.begin() as connection:
        # SQLite takes away what others point at; a server has to be told.
        server = connection.dialect.name == "postgresql" and statement.startswith("DROP")
        connection.execute(text(f"{statement} CASCADE" if server else statement))
    found = told(reported)
    assert sum("kan ikke læses, så ikke alt er kontrolleret" in each for each in found) == 1, found
    assert not any("Error" in each for each in found)


def test_findings_name_tables_and_columns_as_the_history_does() -> None:
    found = Finding(
        "{table} {key}: {column} is not what the changes say.",
        {"table": "shop_order", "key": 28, "column": "colour"},
    )
    assert check.text(found) == "Bestilling 28: Farve er ikke, hvad ændringerne siger."


def test_every_table_and_column_has_a_name_in_plain_words() -> None:
    columns = {column.name for table in METADATA.sorted_tables for column in table.columns}
    columns |= {field.name for field in fields(FigureInputs)}
    assert columns - set(stored.COLUMNS) == set()
    assert {table.name for table in METADATA.sorted_tables} - set(stored.TABLES) == set()
    said = check.text(
        Finding(
            "{table} {key}: {column} is {value}, which does not exist in {parent}.",
            {
                "table": "case_task",
                "key": "3",
                "column": "case_id",
                "value": 9,
                "parent": "workshop_case",
            },
        )
    )
    assert said == ("Opgave på værkstedet 3: Værkstedssag er 9, som ikke findes i Værkstedssag.")
    sides = {"table": "photo_blob", "key": "0f", "column": "width, height"}
    found = Finding("{table} {key}: {column} does not follow from the others.", sides)
    assert "Billedets bredde, Billedets højde" in check.text(found)


def test_the_last_moment_of_a_second_is_a_moment(world: World) -> None:
    moment = dt.datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=dt.UTC)

    def rename(work: Work) -> Done:
        work.get(Place, world.shelf).name = "Ny"
        return Done()

    replace(world.context, clock=lambda: moment).write("place.save", None, rename)
    found = check.run(world.person("controller")).findings
    assert [each.message for each in found if "cannot be used" in each.message] == []
