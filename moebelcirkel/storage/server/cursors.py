"""A cursor of the driver's that looks at its columns only where somebody asks for them.

SQLAlchemy asks after every statement whether there is an answer, and knows the columns itself from
the second time on; the driver would look up the type of each of them meanwhile.
"""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from psycopg import Cursor
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

_ROWS = frozenset({ExecStatus.TUPLES_OK, ExecStatus.SINGLE_TUPLE, ExecStatus.TUPLES_CHUNK})


class AnswerColumns(Sequence[tuple[Any, ...]]):
    """The columns of an answer, each as its name and the number of its type."""

    def __init__(self, answer: PGresult) -> None:
        self._answer = answer

    def __len__(self) -> int:
        return self._answer.nfields

    @overload
    def __getitem__(self, place: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        return list(self)[place]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for place in range(len(self)):
            name = (self._answer.fname(place) or b"").decode()
            yield (name, self._answer.ftype(place), None, None, None, None, None)


class BriefCursor(Cursor[Any]):
    """Says what its answer looks like without looking at it."""

    @property
    def description(self) -> AnswerColumns | None:  # type: ignore[override]
        """The columns of the answer, or nothing where there is none."""
        answer = self.pgresult
        return AnswerColumns(answer) if answer and answer.status in _ROWS else None
