"""Recorded reports: number, parameters, totals, the lines they rest on, and their seal."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from moebelcirkel.storage.tables.base import PROGRAM, Base


class ReportRecord(Base):
    """A printed report; append-only, and its documents are kept so that a reprint is identical.

    ``document`` has every line behind the totals; ``short_document`` are the same pages without
    them, null where there was nothing to leave out.
    """

    __tablename__ = "report_record"
    __track__ = "reference"
    __undo__ = "refuse"
    __table_args__ = (UniqueConstraint("year", "serial"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    number: Mapped[str] = mapped_column(String(20), unique=True, info=PROGRAM)
    year: Mapped[int] = mapped_column()
    serial: Mapped[int] = mapped_column()
    from_on: Mapped[dt.date] = mapped_column()
    to_on: Mapped[dt.date] = mapped_column()
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    settled_at: Mapped[dt.datetime] = mapped_column()
    parameters: Mapped[dict[str, Any]] = mapped_column()
    totals: Mapped[dict[str, Any]] = mapped_column()
    line_count: Mapped[int] = mapped_column()
    seal: Mapped[str] = mapped_column(String(64), info=PROGRAM)
    document: Mapped[bytes] = mapped_column(LargeBinary)
    short_document: Mapped[bytes | None] = mapped_column(LargeBinary)


class ReportLine(Base):
    """A figure line that a recorded report rests on.

    ``correction`` marks one that belongs to a period reported earlier, which it came too late for.
    """

    __tablename__ = "report_line"
    __track__ = None

    report_id: Mapped[int] = mapped_column(ForeignKey("report_record.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("figure_line.id"), primary_key=True)
    correction: Mapped[bool] = mapped_column(default=False, server_default=false())
