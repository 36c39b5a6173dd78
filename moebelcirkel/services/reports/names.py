"""Names of institutions and categories beside figures, also of those that have lost their row."""

from collections.abc import Collection
from typing import TypeVar

from moebelcirkel.language import _, current_language
from moebelcirkel.storage.queries.figures import sums as queries
from moebelcirkel.storage.work import Session

Key = TypeVar("Key", bound=int | str)


class FigureNames(dict[Key, str]):
    """Names by key, in their order; of a lost row, that it is lost: its figures stay in the sum."""

    def __init__(self, known: dict[Key, str], lost: str) -> None:
        super().__init__(known)
        self._lost = lost

    def __missing__(self, key: Key) -> str:
        return self._lost.format(key=key)

    def sort(self, found: Collection[Key | None]) -> list[Key]:
        """These keys in the order of the names, those without one last."""
        return [*(key for key in self if key in found), *self._gone(found)]

    def lost(self, found: Collection[Key | None]) -> list[str]:
        """What is said of those of these keys that have lost their row."""
        return [self[key] for key in self._gone(found)]

    def _gone(self, found: Collection[Key | None]) -> list[Key]:
        return sorted({key for key in found if key is not None and key not in self})


def institutions(session: Session) -> FigureNames[int]:
    """Every institution's name, in Danish order."""
    lost = _("Institution {key} is gone: see the check of the figures")
    return FigureNames(queries.institution_names(session), lost)


def categories(session: Session) -> FigureNames[str]:
    """Every category's name in the reader's language."""
    place = 0 if current_language() == "da" else 1
    known = {key: both[place] for key, both in queries.category_names(session).items()}
    return FigureNames(known, _("Category {key} is gone: see the check of the figures"))
