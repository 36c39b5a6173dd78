"""Imports: one row per file taken in, so that it can be undone as a whole."""

import datetime as dt

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.domain import limits
from moebelcirkel.domain.lifecycle import BatchState
from moebelcirkel.storage.tables.base import CODE, PROGRAM, Base, Versioned, Word, one_of


class ImportBatch(Versioned, Base):
    """One file imported: its name, fingerprint and how many rows came of it."""

    __tablename__ = "import_batch"
    __undo__ = "void"
    __table_args__ = (one_of("state", BatchState),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(limits.FILE_NAME), info=CODE)
    sha256: Mapped[str] = mapped_column(String(64), index=True, info=PROGRAM)
    taken: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[dt.datetime] = mapped_column()
    state: Mapped[BatchState] = mapped_column(Word(BatchState, 10), default=BatchState.ACTIVE)
