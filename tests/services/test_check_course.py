"""The check follows each piece from hand-over to return, and finds what does not fit its course."""

import pytest

from moebelcirkel.services import check
from moebelcirkel.storage.checks import numbers as check_numbers
from moebelcirkel.storage.checks import rules as check_rules
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.engine import Database
from tests.services.tampering import found_after, tamper
from tests.world import World

TWICE = "{key} was handed over twice without a return."
NEVER_OUT = "{key} came back without a hand-over."
ELSEWHERE = "{key} is not where its last figure line leaves it."
UNEXPLAINED = "The piece with id {key}: its state is not what its last change makes."
DISAGREE = "{key}: its order line and its figure lines do not agree on whether it was delivered."
OTHER_KIND = "{key} is not the type or condition that was ordered."
DOUBLE = "The number {key} was given out twice."

_OUT = "(SELECT min(unit_id) FROM figure_line WHERE kind = 'adjustment')"
#: A piece that is out now, and nothing else.
_STILL_OUT = "(SELECT min(id) FROM unit WHERE state = 'delivered')"

#: By name: the part of the check, what is changed by hand, and what must be said.
BREAKS = {
    "the return between two hand-overs gone": (
        check.figures_equal_inputs,
        f"""UPDATE figure_line SET unit_id = {_STILL_OUT} WHERE kind = 'hand_over'
        AND unit_id <> {_STILL_OUT}""",
        TWICE,
    ),
    "the hand-over of a return on another piece": (
        check.figures_equal_inputs,
        f"UPDATE figure_line SET unit_id = {_STILL_OUT} WHERE kind = 'adjustment'",
        NEVER_OUT,
    ),
    "out by its lines, on the shelf by its state": (
        check.figures_equal_inputs,
        f"UPDATE unit SET state = 'ordered' WHERE id = {_STILL_OUT}",
        ELSEWHERE,
    ),
    "back by its lines, out by its state": (
        check.figures_equal_inputs,
        f"UPDATE unit SET state = 'delivered' WHERE id = {_OUT}",
        ELSEWHERE,
    ),
    "a state that the last change does not make": (
        check_states.changes_explain_states,
        """UPDATE event SET after = '{"state": "ordered"}' WHERE id = (SELECT max(event.id)
        FROM event JOIN unit ON CAST(unit.id AS TEXT) = entity_id
        WHERE entity = 'unit' AND unit.state = 'delivered')""",
        UNEXPLAINED,
    ),
    "an order line that was never delivered": (
        check_states.pieces_match_lines,
        "UPDATE order_line SET state = 'delivered' WHERE state = 'picked'",
        DISAGREE,
    ),
    "an order line that was delivered and says no": (
        check_states.pieces_match_lines,
        "UPDATE order_line SET state = 'cancelled' WHERE state = 'delivered'",
        DISAGREE,
    ),
    "another condition than was ordered": (
        check_states.pieces_match_lines,
        "UPDATE order_line SET condition = 'D' WHERE state = 'picked'",
        OTHER_KIND,
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_does_not_fit_the_course_of_a_piece_is_found(year: World, name: str) -> None:
    part, statement, said = BREAKS[name]
    tamper(year)
    assert said in {finding.message for finding in found_after(year, part, statement)}


@pytest.mark.parametrize("part", [part for _, (part, _statement, _said) in BREAKS.items()][4:6])
def test_a_year_of_work_fits(year: World, part: check.Part) -> None:
    tamper(year)
    assert found_after(year, part, "UPDATE counter SET value = value") == []


def test_a_number_given_out_twice_is_found(year: World) -> None:
    database: Database = year.context.database
    drop = (
        "ALTER TABLE unit DROP CONSTRAINT uq_unit_number"
        if not database.is_sqlite
        else "CREATE TABLE unit_copy AS SELECT * FROM unit"
    )
    tamper(year)
    if database.is_sqlite:
        # SQLite cannot drop a constraint, but a table can be made again without it.
        with database.engine.connect() as connection:
            driver = connection.connection.dbapi_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
            driver.execute(drop)
            driver.execute("DROP TABLE unit")
            driver.execute("ALTER TABLE unit_copy RENAME TO unit")
            driver.execute("PRAGMA foreign_keys = ON")
    else:
        tamper(year, drop)
    statement = "UPDATE unit SET number = (SELECT min(number) FROM unit) WHERE id = 2"
    found = found_after(year, check_numbers.numbers_are_single, statement)
    assert {finding.message for finding in found} == {DOUBLE}
    rules = found_after(year, check_rules.rules_stand, statement)
    assert "uq_unit_number" in {finding.values["name"] for finding in rules}
