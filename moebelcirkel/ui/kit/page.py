"""What the window asks of every page, and what a page gets from the window.

The window gives margins, title, search field and scroll bars; a page fills its own layout with
margins 0. It is made on the first visit and lives as long as the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar, TypeVarTuple

import shiboken6
from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel.domain.errors import Refused

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
    from moebelcirkel.ui.kit.shell import Changed, Shell

DoneT = TypeVar("DoneT", bound="Done")
Ts = TypeVarTuple("Ts")


class Page(QWidget):
    """Base of all pages; override what the page has, leave the rest."""

    word: ClassVar[str] = ""
    """The feature's code word; ``shell.go(word)`` opens the page."""
    title: ClassVar[str] = ""
    """English msgid, marked with ``N_``; the header shows it translated."""
    kinds: ClassVar[frozenset[str]] = frozenset()
    """Entity words whose change makes the page reload ("unit", "order", …)."""
    search_hint: str = ""
    """English msgid in the empty search field; a page without one has no search field."""

    scan_searches: ClassVar[bool] = False
    """A scanned code is searched for, so it also stands in the search field."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        #: The form of this page that is open.
        self.asking: ActionDialog | None = None

    def ahead(self) -> Iterable[Callable[[], object]]:
        """Steps that make what is else made late, while nobody waits for it."""
        return ()

    def activate(self, argument: object | None) -> None:
        """The page is shown; ``argument`` says of what, where the caller knows."""

    def reload(self) -> None:
        """Read again what is shown (first visit, F5, something of ``kinds`` changed)."""

    def search(self, text: str) -> None:
        """The search field has this text now."""

    def search_entered(self) -> None:
        """Return was pressed in the search field, after `search`: go to what is found."""

    def scanned(self, code: str) -> bool | None:
        """A code was scanned; False if the page has no use for it.

        None where only the services know what it comes to: the page then tells ``shell.heard``.
        """
        return False

    def header_buttons(self) -> list[QPushButton]:
        """At most three buttons for the right end of the header; asked for once.

        Not called ``actions``, which every QWidget has already, with another meaning.
        """
        return []

    def chips(self) -> list[QWidget]:
        """Small things after the title (period, week); asked for once, shown and hidden by you."""
        return []

    def create_new(self) -> None:
        """Ctrl+N."""

    def save(self) -> None:
        """Ctrl+S."""

    def print_out(self) -> None:
        """Ctrl+P."""

    def is_unsaved(self) -> bool:
        """Whether something typed here would be lost with the window; ``shell.show_unsaved``
        tells the window to ask again.
        """
        return False

    def done(self, done: Changed, text: str = "", *, final: bool = False) -> None:
        """A write of this page succeeded: tell the others, remember it for Ctrl+Z, say so.

        No way back is offered from what is ``final``.
        """
        self.shell.changed(done, text, self.word, final=final)

    def ask(
        self,
        dialog: ActionDialog,
        values: Callable[[], tuple[*Ts] | None],
        write: Callable[[Context, *Ts], DoneT],
        tell: str | Callable[[DoneT], object],
    ) -> None:
        """Open a form whose verb writes with its ``values``, and tell what was done.

        What ``values`` refuse is said in it; where they are None it closes without a write.
        """

        def act() -> None:
            try:
                taken = values()
            except Refused as error:
                dialog.refuse(error)
                return
            if taken is None:
                dialog.accept()
            else:
                self.write_in(dialog, lambda context: write(context, *taken), tell)

        def closed() -> None:
            self.asking = None

        dialog.asked.connect(act)
        dialog.finished.connect(closed)
        self.asking = dialog
        dialog.open()

    def write_in(
        self,
        dialog: ActionDialog,
        write: Callable[[Context], DoneT],
        tell: str | Callable[[DoneT], object],
    ) -> None:
        """Write in an open form, which closes when it is done, or says why it was refused.

        It is told also where the form was closed meanwhile.
        """

        def done(done: DoneT) -> None:
            if shiboken6.isValid(dialog):
                dialog.accept()
            if isinstance(tell, str):
                self.done(done, tell)
            else:
                tell(done)

        def refused(error: Refused) -> None:
            if shiboken6.isValid(dialog):
                dialog.refuse(error)
            else:
                self.shell.messages.refused(error)

        self.shell.jobs.write(write, done, refused, hold=(dialog.verb,), owner=self)
