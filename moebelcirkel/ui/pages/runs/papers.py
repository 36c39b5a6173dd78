"""The papers of the run that is shown: its sheet, its pick list, and its delivery notes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _
from moebelcirkel.services import runs
from moebelcirkel.ui.kit.plain import push_button

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.deliveries import NotesPrepared
    from moebelcirkel.services.runs import Planned
    from moebelcirkel.ui.kit.page import Page


class Papers:
    """A button with the menu of papers; ``refused`` hears why there is none."""

    def __init__(
        self, page: Page, shown: Callable[[], Planned | None], refused: Callable[[Refused], object]
    ) -> None:
        self._page, self._shown, self._refused = page, shown, refused
        self.button = push_button(_("Print"), self._show_menu, icon="print")

    def menu(self) -> QMenu:
        """The driver's sheet, the pick list and the delivery notes of the run."""
        menu = QMenu(self._page)
        menu.addAction(_("Driver's sheet"), self.sheet)
        menu.addAction(_("Pick list"), self.pick_list)
        menu.addAction(_("Delivery notes"), self.notes)
        return menu

    def sheet(self) -> None:
        """Show the driver's sheet."""
        self._draw(_("Driver's sheet"), _("drivers-sheet.pdf"), runs.sheet_pdf)

    def pick_list(self) -> None:
        """Show what is still to be fetched from the shelves for it."""
        self._draw(_("Pick list"), _("pick-list.pdf"), runs.pick_list_pdf)

    def notes(self) -> None:
        """Make notes for what is picked and has none, then show all of the run's."""
        run = self._shown()
        if run is not None:
            self._page.shell.jobs.write(
                lambda context: runs.prepare_notes(context, run.id),
                self._notes_made,
                self._no_new_notes,
                owner=self._page,
            )

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def _notes_made(self, done: NotesPrepared) -> None:
        self._page.done(done)
        self._draw(_("Delivery notes"), _("delivery-notes.pdf"), runs.notes_pdf)

    def _no_new_notes(self, error: Refused) -> None:
        """All of it has notes already, or nothing is picked."""
        run = self._shown()
        if run is not None and any(stop.picked or stop.delivered for stop in run.stops):
            self._draw(_("Delivery notes"), _("delivery-notes.pdf"), runs.notes_pdf)
        else:
            self._refused(error)

    def _draw(self, title: str, name: str, draw: Callable[[Context, int], bytes]) -> None:
        run = self._shown()
        if run is not None:
            self._page.shell.jobs.aside(
                lambda context: draw(context, run.id),
                lambda data: self._show_paper(title, name, data),
                owner=self._page,
            )

    def _show_paper(self, title: str, name: str, data: bytes) -> None:
        from moebelcirkel.ui.parts.paper_dialog import PaperDialog

        self.paper = PaperDialog(self._page, title)
        self.paper.show_paper(data, name)
        self.paper.open()
