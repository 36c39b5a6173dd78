"""A cursor of the driver's that looks at its columns only where somebody asks for them.

SQLAlchemy asks after every statement whether there is an answer, and knows the columns itself from
the second time on; the driver would look up the type of each of them meanwhile.

In a pipeline (see ``turns``) it waits for its answer all the same, but where told otherwise.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self, overload

from psycopg import Cursor, Error, Pipeline
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


#: What the driver takes and gives is its own.
Driven = Any
#: Where a driver's connection keeps its pipeline, and what ends it, while it is in one.
PIPELINE = "moebelcirkel_pipeline"


class _Failing:
    """After a statement that failed a savepoint goes on; in its pipeline nothing would."""

    __slots__ = ("_pipeline",)

    def __init__(self, pipeline: Callable[[], Pipeline | None]) -> None:
        self._pipeline = pipeline

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Error) and (pipeline := self._pipeline()):
            with contextlib.suppress(Error):
                pipeline.sync()


class BriefCursor(Cursor[Any]):
    """Says what its answer looks like without looking at it."""

    def execute(self, *given: Driven, **more: Driven) -> Self:
        """Send a statement and wait for what it comes to."""
        with self._failing():
            super().execute(*given, **more)
            self._fetch_pipeline()
        return self

    def executemany(self, *given: Driven, **more: Driven) -> None:
        """The same with many sets of values."""
        with self._failing():
            super().executemany(*given, **more)
            if pipeline := self._pipeline():
                pipeline.sync()

    def ahead(self, text: Driven, values: Driven = None) -> None:
        """Send a statement in a pipeline without waiting; what it answers may be fetched later."""
        with self._failing():
            super().execute(text, values)

    def many_ahead(self, text: Driven, values: Driven) -> None:
        """The same with many sets of values; they answer nothing."""
        with self._failing():
            super().executemany(text, values)

    def fetchall(self) -> list[Driven]:
        """All rows of the answer, which is waited for where it was asked ahead."""
        with self._failing():
            return super().fetchall()

    def _pipeline(self) -> Pipeline | None:
        held = getattr(self.connection, PIPELINE, None)
        return held[0] if held else None

    def _failing(self) -> "_Failing":
        return _Failing(self._pipeline)

    @property
    def description(self) -> AnswerColumns | None:  # type: ignore[override]
        """The columns of the answer, or nothing where there is none."""
        answer = self.pgresult
        return AnswerColumns(answer) if answer and answer.status in _ROWS else None
