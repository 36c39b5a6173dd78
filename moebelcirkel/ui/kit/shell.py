"""What pages may ask of the window around them, as a protocol: pages never import the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.drafts import Drafts
    from moebelcirkel.ui.kit.jobs import Jobs
    from moebelcirkel.ui.kit.messages import Messages
    from moebelcirkel.ui.kit.page import Page


class Changed(Protocol):
    """What a write came to: the services' ``Done``."""

    @property
    def change_id(self) -> int | None:
        """The change, if anything was changed."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of things it touched."""


class UndoOutcome(Changed, Protocol):
    """What an undo, or doing again what was undone, came to."""

    @property
    def kind(self) -> str:
        """The kind of change it is about."""

    @property
    def thing(self) -> str:
        """What that change was about, named; "" where nothing has a name."""

    @property
    def created(self) -> bool:
        """Whether that change made what its kind is about."""

    @property
    def settled(self) -> str:
        """The settlement with what this puts right; "" where nothing of it is settled."""


class Shell(Protocol):
    """The window as pages see it."""

    @property
    def context(self) -> Context:
        """Who is at work: for ``allows``, ``parameter`` and ``today``; never read with it here."""

    @property
    def jobs(self) -> Jobs:
        """The way to the services."""

    @property
    def messages(self) -> Messages:
        """Toasts, refusals, questions."""

    @property
    def drafts(self) -> Drafts:
        """Half-filled forms."""

    def go(self, word: str, argument: object | None = None) -> None:
        """Open a page."""

    def changed(
        self, done: Changed, text: str = "", word: str | None = None, *, final: bool = False
    ) -> None:
        """Tell all pages what kinds of things changed; with ``text``, say so with an undo button.

        Ctrl+Z on page ``word`` (else the current one) takes this change back, or says why not
        where it is ``final``.
        """

    def undo(self, change_id: int | None = None) -> None:
        """Take back this change, or my latest one on the current page."""

    def redo(self) -> None:
        """Do again what was undone last on the current page."""

    def heard(self, *, good: bool) -> None:
        """Let what a scan came to be heard, once it is known."""

    def show_unsaved(self) -> None:
        """Something typed on a page became or ceased to be unsaved: say so under the rail."""

    def search_for(self, text: str) -> None:
        """Put this into the search field, and search for it on the page that is shown."""

    def broadcast(self, kinds: frozenset[str]) -> None:
        """Tell all pages that such things are others now, without any change in the database."""

    def restore(self, copy: str) -> None:
        """Leave for the log-in, so that a copy of the database can be put back."""

    def refresh_header(self) -> None:
        """The page's chips or actions have changed: show them anew."""


@dataclass(frozen=True, slots=True)
class RailItem:
    """One page: its entry in the rail, how it is made, and what its badge counts.

    Entries of different ``section`` stand apart. With ``under`` the page has no entry of its own,
    and that of the named word is marked while it is shown (møbelpas under stock). A page that takes
    long to make has a ``part`` that can be made before it, and is handed to its factory; ``code``
    is the module that its factory needs.
    """

    word: str
    title: str
    icon: str
    section: str
    factory: Callable[..., Page]
    badge: Callable[[Context], int] | None = None
    under: str | None = None
    part: Callable[[Shell], QWidget] | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at work, as the rail shows it: "Leder · Søndervangskolen" over the state of saving."""

    name: str
    role: str
    place: str = ""

    @property
    def line(self) -> str:
        """The line in the rail."""
        return " · ".join(part for part in (self.role, self.place) if part) or self.name
