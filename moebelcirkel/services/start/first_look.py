"""Whose database it is, before it is opened: the log-in page shows it with its first picture.

Opening a database loads SQLAlchemy and checks the file; nobody should wait for that to type a name.
"""

from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.storage import first_look
from moebelcirkel.storage.location import refuse_unsafe


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose database this is; ``demo`` when all in it is made up."""

    municipality: str
    demo: bool


def owner(target: str) -> Owner | None:
    """The owner of a database file on this PC; ``None`` where only opening it can tell."""
    if "://" in target:
        return None
    path = Path(target).expanduser()
    try:
        refuse_unsafe(path)  # which asks no drive: a lost one would keep the window waiting
    except Unavailable:
        return None
    found = first_look.settings(path, "municipality", "demo")
    if found is None:
        return None
    return Owner(str(found.get("municipality", "")), bool(found.get("demo", False)))
