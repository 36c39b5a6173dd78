"""What a person keeps in the shop: lists filled from a card, searches, and what a PC had kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from moebelcirkel import services
from moebelcirkel.domain import limits
from moebelcirkel.language import _, ngettext
from moebelcirkel.services.shop import Own
from moebelcirkel.ui.kit.forms.action_dialog import ActionDialog
from moebelcirkel.ui.kit.forms.fields import LineField, TextField
from moebelcirkel.ui.kit.plain import brief, push_button

if TYPE_CHECKING:
    from collections.abc import Callable

    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.shop import OwnRow, TakenOver
    from moebelcirkel.ui.kit.drafts import Drafts
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.pages.shop.card_dialog import CardDialog

#: Where a PC kept it, before it was the person's.
_DRAFT = "shop-memory"


class OwnLists(QObject):
    """Reads nothing by itself: the page shows it what was read, and hears when that changes."""

    changed = Signal()
    """Something was noted that is no change of the page's things."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._kept = Own()
        self._dialog: CardDialog | None = None
        self._take_over()

    @property
    def kept(self) -> Own:
        """What is known of it."""
        return self._kept

    def show(self, kept: Own) -> None:
        """This was read."""
        self._kept = kept
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._fill(self._dialog)

    def opened(self, dialog: CardDialog) -> None:
        """A card was opened: it was seen, and can be put on lists."""
        self._dialog, article_id = dialog, dialog.detail.card.key.article_id
        self._fill(dialog)
        self._page.shell.jobs.write(
            lambda context: services.shop.saw(context, article_id),
            lambda _none: self.changed.emit(),
        )

    def keep_search(self, text: str) -> None:
        """Keep a search, or forget it where it is kept."""
        row = self.search(text)
        if row is None:
            self._write(
                lambda context: services.shop.keep_search(context, text), _("The search is kept")
            )
        else:
            self._write(
                lambda context: services.shop.delete_own(context, row.id, row.version),
                _("The search is forgotten"),
            )

    def search(self, text: str) -> OwnRow | None:
        """The search that is kept of this text."""
        wanted = text.casefold()
        return next((row for row in self._kept.searches if row.name.casefold() == wanted), None)

    def edit(self, row: OwnRow | None, parent: QWidget | None = None, types: str = "") -> None:
        """Name and fill a list, or make one."""
        dialog = OwnListDialog(parent or self._page, row, types)
        dialog.remove.clicked.connect(lambda: self._remove(dialog, row))
        key, version = (None, None) if row is None else (row.id, row.version)
        self._page.ask(
            dialog,
            lambda: (dialog.name.value(), dialog.types.value(), key, version),
            services.shop.save_own,
            _("The list is saved"),
        )

    # --- the lists of a card ------------------------------------------------------------------

    def _fill(self, dialog: CardDialog) -> None:
        """The button says on which lists it is, and offers all of them."""
        article_id, star = dialog.detail.card.key.article_id, dialog.star
        on = [row.name for row in self._kept.lists if article_id in row.type_ids]
        several = _("★ On {count} of your lists").format(count=len(on))
        star.setText(brief(f"★ {on[0]}" if len(on) == 1 else several) if on else _("☆ Own list"))
        menu = star.menu()
        menu.clear()
        for row in self._kept.lists:
            action = menu.addAction(brief(row.name), partial(self._mark, dialog, row))
            action.setCheckable(True)
            action.setChecked(article_id in row.type_ids)
        if not self._kept.lists:
            menu.addAction(_("Favourites"), partial(self._mark, dialog, None))
        menu.addSeparator()
        menu.addAction(_("New list…"), partial(self.edit, None, dialog, dialog.detail.card.name))

    def _mark(self, dialog: CardDialog, row: OwnRow | None) -> None:
        article_id = dialog.detail.card.key.article_id
        key, name = (None, _("Favourites")) if row is None else (row.id, row.name)
        on = row is None or article_id not in row.type_ids
        said = _("Put on “{name}”") if on else _("Taken off “{name}”")
        self._write(
            lambda context: services.shop.mark(context, article_id, key, name, on=on),
            said.format(name=name),
            dialog.star,
        )

    def _remove(self, dialog: OwnListDialog, row: OwnRow | None) -> None:
        if row is not None:
            self._page.write_in(
                dialog,
                lambda context: services.shop.delete_own(context, row.id, row.version),
                _("The list “{name}” is deleted").format(name=row.name),
            )

    def _write(self, act: Callable[[Context], Done], said: str, *held: QPushButton) -> None:
        shell = self._page.shell
        shell.jobs.write(
            act, lambda done: self._page.done(done, said), shell.messages.refused, hold=held
        )

    def _take_over(self) -> None:
        """Once, what lies on this PC: kept for the person, and gone here."""
        drafts = self._page.shell.drafts
        types, searches, seen = left(drafts)
        if not (types or searches or seen):
            return

        shell = self._page.shell

        def taken(done: TakenOver) -> None:
            drafts.clear(_DRAFT)
            self.changed.emit()
            if done.searches_left_out:
                shell.messages.info(
                    ngettext(
                        "{count} search that this PC had kept could not be taken over.",
                        "{count} searches that this PC had kept could not be taken over.",
                        done.searches_left_out,
                    ).format(count=done.searches_left_out)
                )

        shell.jobs.write(
            lambda context: services.shop.take_over(
                context, _("Favourites"), types, searches, seen
            ),
            taken,
            lambda _error: None,  # it lies there until it can be taken
        )


class OwnListDialog(ActionDialog):
    """A list of one's own: what it is called, and what stands on it."""

    def __init__(self, parent: QWidget, row: OwnRow | None, types: str) -> None:
        new = row is None
        super().__init__(
            parent,
            _("New list of your own") if new else _("Own list"),
            _("Make the list") if new else _("Save"),
            _("Only you see it in the shop, at whatever PC you log in."),
        )
        self.name = self.form.add("name", LineField(_("Name"), required=True, most=limits.NAME))
        helper = _("The number or the name of one furniture type in each line.")
        self.types = self.form.add("types", TextField(_("Furniture types"), helper=helper, lines=6))
        self.name.set_value("" if row is None else row.name)
        self.types.set_value(types if row is None else row.types)
        self.remove = push_button(_("Delete the list"), lambda: None, role="quiet")
        self.remove.setVisible(not new)
        self.column.insertWidget(self.column.indexOf(self.notice), self.remove)


def left(drafts: Drafts) -> tuple[list[int], list[str], list[int]]:
    """Favourites, searches and types seen that lie on this PC.

    A file that was damaged or written by another program is worth what can be used of it.
    """
    kept = drafts.load(_DRAFT) or {}
    return _ids(kept.get("favourites")), _texts(kept.get("searches")), _ids(kept.get("seen"))


def _ids(kept: object) -> list[int]:
    found = kept if isinstance(kept, list) else []
    return [each for each in found if isinstance(each, int) and not isinstance(each, bool)]


def _texts(kept: object) -> list[str]:
    found = kept if isinstance(kept, list) else []
    return [each for each in found if isinstance(each, str) and each.strip()]
