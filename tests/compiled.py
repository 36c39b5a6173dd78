"""Statements compiled once for all databases of a run, not again for each test's own."""

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_SHARED: LRUCache[Any, Any] = LRUCache(4000)


def share() -> None:
    """From now on; two dialects of one class compile alike, as all servers of a run are one."""
    DefaultDialect.__eq__ = lambda self, other: type(self) is type(other)  # type: ignore[method-assign]
    DefaultDialect.__hash__ = lambda self: hash(type(self))  # type: ignore[method-assign]
    event.listen(Engine, "engine_connect", _lend)


def _lend(connection: Any) -> None:
    connection.engine._compiled_cache = _SHARED
