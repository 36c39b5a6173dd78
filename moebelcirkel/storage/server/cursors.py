"""A cursor of the driver's that looks at its columns only where somebody asks for them.

SQLAlchemy asks after every statement whether there is an answer, and knows the columns itself from
the second time on; the driver would look up the type of each of them meanwhile.

In a pipeline (see ``turns``) it waits for its answer all the same, but where told otherwise.
"""

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any, Self, overload

from psycopg import Cursor, Error
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


#: Where a driver's connection keeps its pipeline, and what ends it, while it is in one.
PIPELINE = "moebelcirkel_pipeline"


class BriefCursor(Cursor[Any]):
    """Says what its answer looks like without looking at it."""

    def execute(self, *given: Any, **more: Any) -> Self:
        """Send a statement and wait for what it comes to."""
        try:
            super().execute(*given, **more)
            self._fetch_pipeline()
        except Error:
            self._end_failure()
            raise
        return self

    def executemany(self, *given: Any, **more: Any) -> None:
        """The same with many sets of values."""
        super().executemany(*given, **more)
        if pipeline := self._pipeline():
            pipeline.sync()

    def ahead(self, text: Any, values: Any = None) -> None:
        """Send a statement in a pipeline without waiting; it answers nothing."""
        super().execute(text, values)

    def many_ahead(self, text: Any, values: Any) -> None:
        """The same with many sets of values."""
        super().executemany(text, values)

    def _pipeline(self) -> Any:
        held = getattr(self.connection, PIPELINE, None)
        return held and held[0]

    def _end_failure(self) -> None:
        """Go on after a statement that failed, as a savepoint does; in its pipeline none would."""
        if pipeline := self._pipeline():
            with contextlib.suppress(Error):
                pipeline.sync()

    @property
    def description(self) -> AnswerColumns | None:  # type: ignore[override]
        """The columns of the answer, or nothing where there is none."""
        answer = self.pgresult
        return AnswerColumns(answer) if answer and answer.status in _ROWS else None
