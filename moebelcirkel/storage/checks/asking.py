"""Questions of the check, put together once: on a small database that costs as much as asking."""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import (
    ClauseElement,
    CompoundSelect,
    Dialect,
    Integer,
    Select,
    String,
    TextClause,
    bindparam,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.base import UtcDateTime

#: What finds the keys of rows that are wrong, and with it what is said of each.
Query = Select[Any]
Question = tuple[Query, str]
#: Which of many questions have an answer.
Numbers = CompoundSelect[Any]
#: The moment of the check, in a question.
NOW = bindparam("now", type_=UtcDateTime())


def asks(written: Callable[[], Iterator[Question]]) -> Callable[[Session, Findings], None]:
    """A part of the check that is nothing but questions.

    Usually none has an answer, so all are asked at once which of them has.
    """
    once = functools.cache(lambda: tuple(written()))
    together = functools.cache(lambda: which(query for query, _said in once()))

    @functools.wraps(written)
    def part(session: Session, findings: Findings) -> None:
        values = {"now": findings.now}
        for number in session.scalars(together(), values):
            query, said = once()[number]
            for key in session.scalars(query, values):
                findings.add(said, key=key)

    return part


def which(questions: Iterable[Query]) -> Numbers:
    """One question for many: which of them, by number, have an answer."""
    return union_all(
        *(
            select(literal_column(str(number), Integer)).where(query.exists())
            for number, query in enumerate(questions)
        )
    )


#: Set in the ``info`` of a session that reads one snapshot and writes nothing.
STEADY = "steady"
_FILLED = "filled"


def filled(session: Session) -> frozenset[str]:
    """Which tables have rows at all, by name; asked once where nothing changes meanwhile."""
    known: frozenset[str] | None = session.info.get(_FILLED)
    if known is None:
        known = frozenset(session.scalars(_any_rows()))
        if session.info.get(STEADY):
            session.info[_FILLED] = known
    return known


@functools.cache
def _any_rows() -> CompoundSelect[Any]:
    return union_all(
        *(
            select(literal_column(f"'{table.name}'", String)).where(
                select(literal_column("1")).select_from(table).exists()
            )
            for table in METADATA.sorted_tables
        )
    )


def in_one(asked: Iterable[tuple[int, str]]) -> TextClause:
    """One question for many that are texts, by number: put together from them it costs little."""
    arms = (f"SELECT {number} WHERE EXISTS ({words})" for number, words in asked)
    return text(" UNION ALL ".join(arms) or "SELECT 0 WHERE 1 = 0")


def words_of(query: ClauseElement, dialect: Dialect) -> str:
    """A question as the engine has it, without values beside it."""
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
