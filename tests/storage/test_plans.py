"""How SQLite goes about queries that it has guessed wrong about, whatever it is asked for."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from moebelcirkel.domain.receipts import Standing
from moebelcirkel.services.context import Context
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import ceilings, receipts, runs
from moebelcirkel.storage.queries import messages as message_queries
from moebelcirkel.storage.queries.deliveries import tally
from moebelcirkel.storage.queries.orders import ended_by_others, taken_out
from moebelcirkel.storage.queries.receipts import ReceiptReach

_UNTIL = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
_SINCE = _UNTIL - dt.timedelta(days=30)
_WAITING = ReceiptReach(None, _SINCE.date(), Standing.WAITING)


def _plan(context: Context, ask: Callable[[Session], object]) -> list[str]:
    """What SQLite does for the statements that are sent."""
    if not context.database.is_sqlite:
        pytest.skip("a server plans by its own counts")
    sent: list[tuple[str, tuple[object, ...]]] = []
    with context.read() as session:
        connection = session.connection()
        event.listen(
            connection,
            "before_cursor_execute",
            lambda _connection, _cursor, text, values, _context, _many: sent.append((text, values)),
        )
        ask(session)
        return [
            row[3]
            for text, values in sent[:]
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
        ]


@pytest.mark.parametrize("types", [1, 2, 20])
def test_what_was_taken_out_is_not_looked_for_among_all_events_of_lines(
    context: Context, types: int
) -> None:
    plan = _plan(context, lambda session: taken_out(session, 1, 1, range(types), _SINCE, _UNTIL))
    assert any("ix_event_entity (entity=? AND entity_id=?)" in step for step in plan)
    assert not any(step.endswith("ix_event_entity (entity=?)") for step in plan)


@pytest.mark.parametrize(
    "ask",
    [
        lambda session: runs.loads_of_stops(session, [1]),
        lambda session: runs.ways_in(session, [1]),
        lambda session: runs.straight(session, [1]),
        lambda session: message_queries.on_run(session, 1),
        lambda session: receipts.pieces(session, 1),
        lambda session: receipts.of_orders(session, [1]),
        lambda session: receipts.one(session, 1),
        lambda session: ceilings.used(session, 1, _SINCE, _UNTIL),
        lambda session: shop_holds.listed(session, [1, 2]),
        lambda session: runs.loads_of_pickups(session, [1]),
        lambda session: tally.gathered(session, tally.of_run(1)),
    ],
)
def test_what_few_are_asked_of_is_not_looked_for_among_all_of_a_state(
    context: Context, ask: Callable[[Session], object]
) -> None:
    plan = _plan(context, ask)
    assert plan
    assert not any("ix_order_line_state" in step or "ix_unit_state" in step for step in plan)


@pytest.mark.parametrize(
    ("ask", "scanned"),
    [
        (lambda session: receipts.count(session, _WAITING), "SCAN charge"),
        (lambda session: ended_by_others(session, 1, ["order.refuse"], 0, _SINCE), "(entity=?)"),
    ],
)
def test_what_came_lately_is_found_by_its_change(
    context: Context, ask: Callable[[Session], object], scanned: str
) -> None:
    plan = _plan(context, ask)
    assert any("change" in step for step in plan)
    assert not any(step.endswith(scanned) for step in plan)
