"""What is kept about a person, as plain frozen data."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PersonPart:
    """One kind of what is kept: rows under heads, or without heads names with values."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonPaper:
    """All parts in their order, and what the record of processing says."""

    name: str
    printed_at: datetime
    parts: tuple[PersonPart, ...]
    record: tuple[tuple[str, str], ...]
