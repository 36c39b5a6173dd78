"""Questions of the check, put together once: on a small database that costs as much as asking."""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    String,
    Table,
    bindparam,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
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


def filled(session: Session, tables: Iterable[Table]) -> set[str]:
    """Which of these tables have rows at all, by name."""
    return set(session.scalars(_any_rows(tuple(tables))))


@functools.lru_cache(16)
def _any_rows(tables: tuple[Table, ...]) -> CompoundSelect[Any]:
    return union_all(
        *(
            select(literal_column(f"'{table.name}'", String)).where(
                select(literal_column("1")).select_from(table).exists()
            )
            for table in tables
        )
    )
