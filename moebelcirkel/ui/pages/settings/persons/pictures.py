"""Pictures that came with reports and complaints: each looked at, and erased for a cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from moebelcirkel import services
from moebelcirkel.domain.changes.words import ENTITY_NAMES
from moebelcirkel.language import N_, _, day
from moebelcirkel.services import persons
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel, text_column
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel
from moebelcirkel.ui.kit.pictures.photo_view import PhotoView
from moebelcirkel.ui.kit.pictures.thumbnails import decode
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.pages.settings.section import Section
from moebelcirkel.ui.parts.picture_erasing import ask_to_erase

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from moebelcirkel.services.context import Context
    from moebelcirkel.services.persons import SentPicture
    from moebelcirkel.ui.kit.page import Page

PANEL_WIDTH = 320
_LARGE = QSize(1100, 820)
_HIGH = 272


class PicturesSection(Section):
    """The list, and the chosen picture beside it with the way to erase it."""

    title = N_("Pictures")
    searchable = True

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._text = ""
        self.model: TableModel[SentPicture] = TableModel(_columns(), lambda each: each.id)
        self.table = TableView(_("Pictures sent in"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.show_model(self.model)
        self.table.selection_changed.connect(self._selected)
        self.empty = EmptyState(_("No pictures were sent in."), icon="picture")
        card = CardFrame(_("Pictures sent in"))
        card.add(ListOrEmpty(self.table, self.empty), 1)
        self.view = PhotoView()
        self.view.setFixedHeight(_HIGH)
        self.erase = push_button(_("Erase the picture for good…"), self.ask_erase, role="danger")
        self.panel = CardFrame(_("Picture"))
        self.panel.add(self.view)
        self.panel.add(self.erase)
        told = _("Pictures of a piece or a furniture type are erased where they are shown.")
        self.panel.add(Label(told, tone="muted", wrap=True))
        self.panel.body.addStretch(1)
        self.panel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(card, [(self.panel, PANEL_WIDTH)], collapse_below=640))

    def reload(self) -> None:
        text = self._text
        self.shell.jobs.read(
            lambda context: persons.sent_pictures(context, text),
            self._show,
            channel="settings.pictures",
            owner=self,
        )

    def shown(self) -> None:
        """Begin with all of them."""
        self.search("")

    def search(self, text: str) -> None:
        """Show those of a number or a sender."""
        self._text = text
        self.reload()

    def _show(self, found: list[SentPicture]) -> None:
        self.model.set_rows(found)
        if self._text:
            self.empty.say(_("Nothing was found."), _("Try fewer or other words."))
        else:
            self.empty.say(_("No pictures were sent in."))
        self._selected()

    def chosen(self) -> SentPicture | None:
        """The picture that is marked in the list."""
        return self.table.current_row() if self.table.selected_rows() else None

    def _selected(self) -> None:
        chosen = self.chosen()
        self.panel.setVisible(chosen is not None)
        if chosen is None:
            return
        sha256 = chosen.sha256
        self.panel.show_title(_hangs(chosen))

        def read(context: Context) -> QImage | None:
            data = services.photos.image(context, sha256)
            return decode(data, _LARGE) if data else None

        self.shell.jobs.aside(read, self._show_large, channel="settings.picture", owner=self)

    def _show_large(self, image: QImage | None) -> None:
        chosen = self.chosen()
        self.view.show_image(image, name=_hangs(chosen) if chosen else "")

    def ask_erase(self) -> None:
        """The marked picture goes for good, with a reason; asked first."""
        if chosen := self.chosen():
            ask_to_erase(self.page, chosen.sha256)


def _hangs(picture: SentPicture) -> str:
    return f"{_(ENTITY_NAMES[picture.entity])} {picture.number}"


def _columns() -> list[Column[SentPicture]]:
    return [
        Column("at", _("Sent"), lambda each: day(each.at.date()), lambda each: each.at, width=100),
        text_column("hangs", _("Picture of"), _hangs, width=170),
        text_column("sender", _("Sent by"), lambda each: each.sender),
    ]
