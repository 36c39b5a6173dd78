"""The pieces that something is to be done to, wherever they were chosen."""

from dataclasses import dataclass

from moebelcirkel.language import _, number
from moebelcirkel.ui.parts.piece_dialogs import pieces


@dataclass(frozen=True, slots=True)
class Chosen:
    """The pieces an action is for; ``total`` is larger when more were chosen than are taken.

    ``name`` is what one piece alone is called.
    """

    unit_ids: tuple[int, ...]
    total: int = 0
    price_ore: int | None = None
    condition: str = ""
    name: str = ""

    @property
    def count(self) -> int:
        """How many are taken."""
        return len(self.unit_ids)

    @property
    def words(self) -> str:
        """Which one, or how many, in words."""
        return self.name or pieces(self.count)

    @property
    def bound(self) -> str:
        """What to say when more were chosen than one action takes."""
        if self.total <= self.count:
            return ""
        text = _("At most {count} pieces at a time: the first {count} of {total} are taken.")
        return text.format(count=number(self.count), total=number(self.total))
