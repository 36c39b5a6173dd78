"""What a scanner can read that means something: labels, notes, stops, long numbers, shelves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from moebelcirkel import services
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.ui.kit.jobs import Jobs

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context

#: A line that asks for a code nobody has yet, so that a shelf's label can be scanned into it.
NEW_CODE: Final = "new_code"
#: A label number, a note, a stop, a shelf: three short parts, a letter among them (no date).
_SHAPES: Final = re.compile(
    r"[A-ZÆØÅ]{1,4}-\d{5,7}-\d|F-\d+|S-\d{5,}|(?=.*[A-ZÆØÅ])[0-9A-ZÆØÅ]{1,3}(-[0-9A-ZÆØÅ]{1,3}){2}"
)


def leads_to(code: str) -> tuple[str, object] | None:
    """The page that a code opens whatever page is shown, and what there; of most codes none."""
    return ("runs", code) if _is_stop(code) else None


class Codes(QObject):
    """Tells a code from words; ``prefix`` are the letters of label numbers."""

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self.prefix = "MC"
        self._jobs = jobs
        self._places: frozenset[str] = frozenset()

    def is_code(self, text: str) -> bool:
        """Whether it is the code of a piece, a note, a stop, a maker or a place, or a badge."""
        bare = text.strip()
        long_number = bare.isdigit() and 8 <= len(bare) <= 14
        note = bare[:2].upper() == "F-" and bare[2:].isdigit()
        label = parse_label(bare, self.prefix) is not None
        known = bare.upper() in self._places
        return long_number or note or _is_stop(bare) or label or known or is_badge(bare)

    def looks_like(self, text: str) -> bool:
        """Whether it has the shape of a label, a note, a stop or a shelf, read right or wrong."""
        return _SHAPES.fullmatch(text.strip().upper()) is not None or is_badge(text)

    def read_places(self) -> None:
        """Learn the places' codes, at log-in and after places have changed."""
        self._jobs.read(_places, self._keep_places, channel="place codes", owner=self)

    def heed(self, kinds: frozenset[str]) -> None:
        """Something was changed."""
        if "place" in kinds:
            self.read_places()

    def _keep_places(self, codes: frozenset[str]) -> None:
        self._places = codes


def _places(context: Context) -> frozenset[str]:
    return frozenset(code.upper() for code in services.places.codes(context))


def _is_stop(text: str) -> bool:
    """Whether it is the code of a stop; what runs are is not imported before the log-in."""
    from moebelcirkel.domain.runs import read_stop_code

    return read_stop_code(text) is not None


def is_badge(text: str) -> bool:
    """Whether it begins as a badge does; what people are is not imported before the log-in."""
    from moebelcirkel.domain.users import badges

    return badges.is_badge(text)
