"""A line of a file as it was read, and what is wrong with one; both carry the real line number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from moebelcirkel.domain.errors import Refused


class FileRow(NamedTuple):
    """The cells of one line; ``line`` is where the line begins in the file, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LineError:
    """Why one line was refused: an English msgid with its values, and the column at fault."""

    line: int
    column: str
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def refused(self) -> Refused:
        """The same as an answer that the reader's language can show."""
        return Refused(self.message, **self.values)

    @classmethod
    def of(cls, line: int, column: str, refused: Refused) -> "LineError":
        """What a rule answered, tied to its line and column."""
        return cls(line, column, refused.message, refused.values)
