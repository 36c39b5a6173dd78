"""How SQLite goes about queries that it has guessed wrong about, whatever it is asked for."""

import datetime as dt

import pytest
from sqlalchemy import event

from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries.orders import taken_out


@pytest.mark.parametrize("types", [1, 2, 20])
def test_what_was_taken_out_is_not_looked_for_among_all_events_of_lines(
    context: Context, types: int
) -> None:
    if not context.database.is_sqlite:
        pytest.skip("a server plans by its own counts")
    sent: list[tuple[str, tuple[object, ...]]] = []
    now = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
    with context.read() as session:
        connection = session.connection()
        event.listen(
            connection,
            "before_cursor_execute",
            lambda _connection, _cursor, text, values, _context, _many: sent.append((text, values)),
        )
        found = taken_out(session, 1, 1, range(types), now - dt.timedelta(days=30), now)
        text, values = sent[-1]
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]
    assert found == ()
    assert any("ix_event_entity (entity=? AND entity_id=?)" in step for step in plan)
    assert not any(step.endswith("ix_event_entity (entity=?)") for step in plan)
