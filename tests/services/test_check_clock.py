"""What a fast clock has booked ahead of time is named, until it is undone or its day comes."""

import datetime as dt

import pytest

from moebelcirkel.services import changes, check, deliveries, reports, tasks
from moebelcirkel.storage.checks import clock as check_clock
from moebelcirkel.storage.queries.figures.sums import Selection, total
from tests import trade
from tests.clock import Clock
from tests.services.tampering import found_after, tamper
from tests.world import World

YEAR = dt.timedelta(days=366)


def told(world: World) -> list[str]:
    """What the check says, each up to what to do."""
    found = check.run(world.person("controller")).findings
    return [check.text(finding).partition(", så ")[0].partition(". ")[0] for finding in found]


def hand_over(world: World, lines: list[int]) -> int:
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    return deliveries.hand_over(lager, line_ids=lines).change_id or 0


def pieces(world: World, year: int) -> int:
    """How many pieces count in a year, as it is known when all has come."""
    late = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    with world.context.read() as session:
        wanted = Selection(dt.date(year, 1, 1), dt.date(year, 12, 31), late)
        return total(session, wanted).pieces


@pytest.fixture
def lines(world: World) -> list[int]:
    """Three pieces that are ordered."""
    tasks.confirm_rates(world.context)
    return trade.order(world, trade.put_on_sale(world, 3))


def test_what_was_booked_while_the_clock_was_a_year_ahead_is_named(
    world: World, clock: Clock, lines: list[int]
) -> None:
    assert told(world) == []
    right = clock.moment
    clock.moment = right + YEAR
    hand_over(world, lines)
    reports.record(world.person("controller"), dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    assert told(world) == []  # the clock agrees
    clock.moment = right
    assert told(world) == [
        "3 effektlinjer er bogført frem i tiden (til 21.11.2027 09.05)",
        "3 opkrævninger er bogført frem i tiden (til 21.11.2027 09.05)",
        "En rapport er gjort op frem i tiden (21.11.2027 09.05)",
        "3 ændringer ligger frem i tiden (til 21.11.2027 09.05)",
    ]


def test_what_is_undone_and_done_again_counts_in_its_own_year_and_is_no_longer_named(
    world: World, clock: Clock, lines: list[int]
) -> None:
    lager, right = world.person("lager"), clock.moment
    clock.moment = right + YEAR
    ahead = hand_over(world, lines)
    clock.moment = right
    changes.undo(lager, ahead)
    deliveries.unpick(lager, lines)
    hand_over(world, lines)
    assert (pieces(world, 2026), pieces(world, 2027)) == (3, 0)
    # The pick of that time was not undone: it has a moment to come, but nothing counts by it.
    assert told(world) == ["En ændring ligger frem i tiden (21.11.2027 09.05)"]


def test_a_clock_off_by_less_than_a_minute_is_not_told(
    world: World, clock: Clock, lines: list[int]
) -> None:
    hand_over(world, lines)
    clock.advance(seconds=-59)
    assert told(world) == []
    clock.advance(seconds=-2)
    assert len(told(world)) == 3


@pytest.mark.parametrize("table", ["figure_line", "charge"])
def test_a_day_to_come_is_named_though_its_moment_is_past(year: World, table: str) -> None:
    tamper(year)
    newest = f"(SELECT max(id) FROM {table} WHERE kind = 'hand_over')"
    statement = f"UPDATE {table} SET effective_on = '2026-11-21' WHERE id = {newest}"
    found = found_after(year, check_clock.nothing_is_ahead, statement)
    assert [finding.values for finding in found] == [{"count": 1, "until": dt.date(2026, 11, 21)}]
