"""What each part of the settings page is: a title in the list to the left, and what it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.kit.shell import Changed, Shell


class Section(QWidget):
    """Base of all parts; override what a part has, leave the rest."""

    title: ClassVar[str] = ""
    """English msgid of its entry in the list."""
    new_text: ClassVar[str] = ""
    """English msgid of the header's button for Ctrl+N; without one there is no button."""
    new_icon: ClassVar[str] = "plus"
    extra_text: ClassVar[str] = ""
    """English msgid of a second button in the header."""
    extra_icon: ClassVar[str] = ""
    searchable: ClassVar[bool] = False

    dirty_changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    @property
    def shell(self) -> Shell:
        """The window around the page."""
        return self.page.shell

    def reload(self) -> None:
        """Read again what is shown."""

    def shown(self) -> None:
        """It was chosen in the list: begin without a search."""
        self.reload()

    def search(self, text: str) -> None:
        """Show only what these words are in."""

    def search_entered(self) -> None:
        """Return after a search: open the first of what is found."""

    def create_new(self) -> None:
        """Ctrl+N."""

    def extra(self) -> None:
        """The second button was pressed."""

    def save(self) -> None:
        """Ctrl+S."""

    def is_dirty(self) -> bool:
        """Whether something typed is not saved."""
        return False

    def discard(self) -> None:
        """Go back to what is saved."""

    def done(self, done: Changed, text: str, *, final: bool = False) -> None:
        """A write succeeded."""
        self.page.done(done, text, final=final)
