"""A place to choose: by searching its name, by typing its code, or by scanning the shelf."""

from collections.abc import Sequence
from typing import Protocol

from moebelcirkel.domain.fold import fold
from moebelcirkel.ui.kit.forms.choices import Choice, ChoiceField


class ShownPlace(Protocol):
    """A place as the services give it."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class PlaceField(ChoiceField):
    """The places in use; ``scanned`` takes the one whose code it is."""

    def __init__(
        self,
        label: str,
        places: Sequence[ShownPlace] = (),
        *,
        required: bool = False,
        nothing: str | None = None,
    ) -> None:
        self._codes: dict[str, int] = {}
        super().__init__(label, required=required, nothing=nothing)
        self.offer(places)

    def offer(self, places: Sequence[ShownPlace]) -> None:
        """Take in the places; what is chosen stays where it is still there."""
        self._codes = {_plain(place.code): place.id for place in places}
        self.set_choices([Choice(each.id, place_words(each.name, each.code)) for each in places])

    def knows(self, code: str) -> bool:
        """Whether it is the code of a place that can be chosen."""
        return _plain(code) in self._codes

    def scanned(self, code: str) -> bool:
        """Choose the place with this code; False where there is none."""
        found = self._codes.get(_plain(code))
        if found is None:
            return False
        self.set_value(found)
        self.show_error("")
        self._edited()
        return True

    def _index(self) -> int:
        """A code typed in full is its place, also where other places have it in their names."""
        found = self._codes.get(_plain(self.combo.currentText()))
        return super()._index() if found is None else self.combo.findData(found)


def place_words(name: str, code: str) -> str:
    """ "2-14-C · Hal 2 · Reol 14 · C"; the code alone where the place has no other name.

    The code comes first: it hangs on the shelf, and a narrow field cuts the end.
    """
    return f"{code} · {name}" if name and _plain(name) != _plain(code) else code


def _plain(code: str) -> str:
    """A code as it is compared: without blanks and capitals."""
    return fold("".join(code.split()))
