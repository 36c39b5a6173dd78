"""The short ways into the shop: lists, what is new, what was seen, searches, one type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from moebelcirkel import services
from moebelcirkel.language import _
from moebelcirkel.ui.pages.shop.chips import ChipRow, ShopChip
from moebelcirkel.ui.pages.shop.compare import MOST, CompareDialog, read
from moebelcirkel.ui.pages.shop.own import OwnLists

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.shop import CardDetail, CardKey, ListRow, Own, OwnRow
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.pages.shop.card_dialog import CardDialog

_TYPE = "type"


class Shorts(QObject):
    """Fills the row of chips."""

    changed = Signal()
    """The shop is narrowed otherwise."""
    searched = Signal(str)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.own = OwnLists(page)
        self.own.changed.connect(self.reload)
        self._new: frozenset[int] = frozenset()
        self._lists: tuple[ListRow, ...] = ()
        self._opened = False
        self._pointed: ShopChip | None = None
        self._text = ""
        self._beside: list[CardKey] = []
        self.row = ChipRow()
        self.row.changed.connect(self._pressed)
        self.row.searched.connect(self.searched)
        self.row.keep.clicked.connect(lambda: self.own.keep_search(self._text))
        self.row.edit.clicked.connect(lambda: self.own.edit(self._chosen()))
        self.row.compare.clicked.connect(self._compare)
        self._show()

    @property
    def types(self) -> frozenset[int] | None:
        """What the shop is narrowed to."""
        return self.row.types

    def reload(self) -> None:
        """Read again what is new, and the lists that are kept for all."""
        self._page.shell.jobs.read(_read, self._show_read, channel="shop new", owner=self._page)

    def typed(self, text: str) -> None:
        """This stands in the search field."""
        self._text = " ".join(text.split())
        self._show()

    def clear(self) -> None:
        """The whole shop."""
        self._pointed = None
        self._show("")
        self.changed.emit()

    def point_at(self, article_id: int) -> None:
        """Show only this type, or say that there is none of that number."""
        self._page.shell.jobs.read(
            lambda context: services.shop.type_name(context, article_id),
            lambda name: self._point(article_id, name),
            self._page.shell.messages.refused,
            channel="shop type",
            owner=self._page,
        )

    def opened(self, dialog: CardDialog) -> None:
        """A card was opened: it was seen, and can be put on lists."""
        self.own.opened(dialog)
        dialog.compare.clicked.connect(lambda: self._put_beside(dialog.detail.card.key))

    def _point(self, article_id: int, name: str) -> None:
        self._pointed = ShopChip(_TYPE, name, frozenset({article_id}))
        self._show(_TYPE)
        self.changed.emit()

    def _show_read(self, found: tuple[tuple[int, ...], tuple[ListRow, ...], Own]) -> None:
        types, self._lists, own = found
        self.own.show(own)
        self._new = frozenset(types)
        before = self.row.types
        self._show(self._first() if not (self._opened or self.row.chosen or self._text) else None)
        self._opened = True
        if self.row.types != before:
            self.changed.emit()

    def _first(self) -> str | None:
        """The list that the shop opens with."""
        return next((_key(row) for row in self._lists if row.form.first), None)

    def _pressed(self) -> None:
        chosen = self.row.chosen
        if chosen != _TYPE:
            self._pointed = None
        self._show(chosen)
        self.changed.emit()

    def _chosen(self) -> OwnRow | None:
        """The list of one's own that is pressed."""
        return next((row for row in self.own.kept.lists if _own(row) == self.row.chosen), None)

    def _show(self, chosen: str | None = None) -> None:
        kept, lists = self.own.kept, [] if self._pointed is None else [self._pointed]
        named = (
            ("new", _("New in the shop"), self._new),
            ("seen", _("Seen lately"), frozenset(kept.seen)),
        )
        lists += [ShopChip(_key(row), row.form.name, row.type_ids) for row in self._lists]
        lists += [ShopChip(_own(row), f"★ {row.name}", row.type_ids) for row in kept.lists]
        lists += [ShopChip(key, name, types) for key, name, types in named if types]
        lists += [
            ShopChip(f"search {row.id}", _("“{text}”").format(text=row.name), text=row.name)
            for row in kept.searches
        ]
        self.row.show_all(lists, self.row.chosen if chosen is None else chosen, self._text)
        edit = _("Change the list…") if self._chosen() is not None else ""
        self.row.offer(self._search_text(), self._compare_text(), edit)

    def _search_text(self) -> str:
        if not self._text:
            return ""
        known = self.own.search(self._text) is not None
        return _("Forget the search") if known else _("Keep the search")

    def _compare_text(self) -> str:
        count = len(self._beside)
        if count < 2:
            return _("Compare with: open another one") if count else ""
        return _("Compare {count}").format(count=count)

    # --- side by side -------------------------------------------------------------------------

    def _put_beside(self, key: CardKey) -> None:
        """The newest four; with a second one they are shown."""
        others = [each for each in self._beside if each != key]
        self._beside = [*others[1 - MOST :], key]
        self._show()
        if len(self._beside) > 1:
            self._compare()

    def _compare(self) -> None:
        keys = list(self._beside)
        if len(keys) < 2:
            self._beside.clear()
            self._show()
            return
        self._page.shell.jobs.read(
            lambda context: read(context, keys),
            self._show_beside,
            channel="shop compare",
            owner=self._page,
        )

    def _show_beside(self, details: list[CardDetail]) -> None:
        dialog = CompareDialog(self._page, details)
        dialog.cleared.connect(self._forget_beside)
        dialog.open()

    def _forget_beside(self) -> None:
        self._beside.clear()
        self._show()


def _read(context: Context) -> tuple[tuple[int, ...], tuple[ListRow, ...], Own]:
    shop = services.shop
    return shop.newest(context), shop.favourites(context), shop.kept(context)


def _key(row: ListRow) -> str:
    return f"list {row.id}"


def _own(row: OwnRow) -> str:
    return f"own {row.id}"
