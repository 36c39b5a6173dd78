"""Records what a service sends to the database, and plays the same again without anything else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

from tests.bench import table

_NOTHING_GIVEN: Mapping[str, str] = {}


@dataclass
class Tape:
    """Statements with their values, as the driver got them."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)

    def record(self, engine: Engine, act: Callable[[], object]) -> None:
        """Run it and remember what was sent."""

        def sent(
            _connection: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool
        ) -> None:
            if text.startswith("BEGIN"):
                return
            # The values are the driver's own by now; lists may be used again, so they are copied.
            # Several rows in one statement come as one set of values.
            rows = many and isinstance(values, list)
            self.statements.append((text, [*values] if rows else values, rows))

        event.listen(engine, "before_cursor_execute", sent)
        try:
            act()
        finally:
            event.remove(engine, "before_cursor_execute", sent)

    def play(
        self, engine: Engine, *, keep: bool = False, given: Mapping[str, str] = _NOTHING_GIVEN
    ) -> float:
        """Send all of it again by the bare driver and fetch everything; writes may be kept.

        ``given`` names the value that an answer replaces from then on, by how its statement begins.
        """
        connection = engine.raw_connection()
        known: dict[str, Any] = {}
        try:
            cursor: Any = connection.cursor()
            if engine.dialect.name == "sqlite":
                cursor.execute("BEGIN")
            start = table.now()
            for text, values, many in self.statements:
                sent = _with(values, known) if known else values
                (cursor.executemany if many else cursor.execute)(text, sent)
                if cursor.description is not None and not many:
                    found = cursor.fetchall()
                    name = given and given.get(text[: text.find("(") + 1])
                    if name:
                        known[name] = found[0][0]
            if keep:
                connection.commit()
            return table.now() - start
        finally:
            connection.rollback()
            connection.close()


def _with(values: Any, known: Mapping[str, Any]) -> Any:
    if isinstance(values, list):
        return [_with(row, known) for row in values]
    if values and any(name in values for name in known):
        return {**values, **{name: known[name] for name in known if name in values}}
    return values
