"""What was done without a person, each time of it: who claimed it, and what it came to."""

import datetime as dt
from typing import Any, ClassVar, Literal

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import PROGRAM, Base, index_of_some


class RoutineRun(Base):
    """One time of one routine; it is no change of anybody's, so it stands outside the history.

    ``said`` is an English msgid that ``named`` fills. A routine has one open run at most.
    """

    __tablename__ = "routine_run"
    __track__: ClassVar[Literal["full", "reference"] | None] = None
    __table_args__ = (
        index_of_some(
            "uq_routine_run_open", "routine", unique=True, where=text("finished_at IS NULL")
        ),
        Index("ix_routine_run_routine", "routine", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    routine: Mapped[str] = mapped_column(String(40), info=PROGRAM)
    due: Mapped[dt.datetime] = mapped_column()
    claimed_at: Mapped[dt.datetime] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(40), info=PROGRAM)
    finished_at: Mapped[dt.datetime | None] = mapped_column()
    failed: Mapped[bool] = mapped_column(default=False)
    said: Mapped[str] = mapped_column(Text, default="", info=PROGRAM)
    named: Mapped[dict[str, Any]] = mapped_column(default=dict)
