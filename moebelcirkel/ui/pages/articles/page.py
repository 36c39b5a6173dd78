"""Møbeltyper: the list of all types, and one of them to look at and correct."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import N_, _
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import turn_to
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.pages.articles.detail import ArticlePanel
from moebelcirkel.ui.pages.articles.form import ArticleForm
from moebelcirkel.ui.pages.articles.listing import ArticleList

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from moebelcirkel.services.articles.merging import Merging
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.shop import Lists
    from moebelcirkel.ui.kit.shell import Shell


class ArticlePage(Page):
    """With the id of a type it is shown; without one the list is."""

    word = "articles"
    title = N_("Furniture types")
    kinds = frozenset({"article", "unit", "photo", "category", "shop_list"})
    search_hint = N_("Name, maker, colour or measures")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.list = ArticleList(shell)
        self._article: ArticlePanel | None = None
        self._form: ArticleForm | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self._blank = QWidget()
        self.stack.addWidget(self._blank)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.back = QPushButton(_("All furniture types"), self)
        icons.put(self.back, "arrow-left", "muted")
        self.lists_button = QPushButton(_("Lists of the shop…"), self)
        self.new_button = QPushButton(_("New furniture type"), self)
        self.new_button.setToolTip("Ctrl+N")
        icons.put(self.new_button, "plus")
        self.discard = QPushButton(_("Discard"), self)
        self.save_button = QPushButton(_("Save"), self)
        self.save_button.setProperty("role", "primary")
        self.setFocusProxy(self.list.table)
        self._wire()
        self._show_buttons()

    @property
    def article(self) -> ArticlePanel:
        """The form and its cards, made when the first type is opened."""
        if self._article is None:
            made = ArticlePanel(self, self._form or ArticleForm())
            made.dirty.connect(lambda _on: self._show_buttons())
            made.all_pieces.connect(lambda key: self.shell.go("stock", key))
            made.piece.connect(lambda key: self.shell.go("units", key))
            made.gone.connect(self._back)
            self.stack.addWidget(made)
            self._article = made
        return self._article

    # --- what the window asks -----------------------------------------------------------------

    def ahead(self) -> Iterator[Callable[[], object]]:
        """The form of a type, what stands beside it, and its look."""
        yield self._make_form
        yield lambda: self.article
        yield self.article.ensurePolished

    def _make_form(self) -> None:
        if self._article is None:
            self._form = ArticleForm()

    def activate(self, argument: object | None) -> None:
        """Show the type with this id, or the list."""
        if isinstance(argument, int):
            self._open(argument)
        else:
            self._show_list()

    def reload(self) -> None:
        if self._on_list():
            self.list.search(self.search_text)
        elif self._article is not None and self._article.article_id:
            self._article.read(self._article.article_id)

    def search(self, text: str) -> None:
        """Searching goes back to the list."""
        self.search_text = text
        self._show_list()
        self.list.search(text)

    def scanned(self, code: str) -> bool:
        """The label of a piece opens its type."""

        def find(context: Context) -> int | None:
            from moebelcirkel.services.stock import lists as stock_list

            found = stock_list.scan(context, code)
            return (
                services.units.passport(context, found).article_id
                if isinstance(found, int)
                else None
            )

        def opened(article_id: int | None) -> None:
            if article_id is not None:
                self._open(article_id)
            else:
                text = _("No piece carries the code {code}. Check the label, or type its number.")
                self.shell.messages.warn(text.format(code=code))

        self.shell.jobs.read(find, opened, channel="article code", owner=self)
        return True

    def header_buttons(self) -> list[QPushButton]:
        """On the list a new type; on a type the way back and what a change asks for."""
        return [self.lists_button, self.new_button, self.back, self.discard, self.save_button]

    def create_new(self) -> None:
        """Ctrl+N, on the list."""
        if self._on_list() and self.shell.context.allows(Action.ARTICLE):
            self._turn_to(self.article)
            self.article.begin()

    def is_unsaved(self) -> bool:
        """Whether the form of a type differs from what is saved."""
        return self._article is not None and self._article.may_save and self._article.is_dirty()

    def save(self) -> None:
        if self._on_type():
            self.article.save()

    # --- list and type ------------------------------------------------------------------------

    search_text = ""

    def _wire(self) -> None:
        self.list.opened.connect(self._open)
        self.list.deleted.connect(lambda done: self.done(done, _("Furniture types deleted")))
        self.list.merging.connect(self._ask_merge)
        self.list.refused.connect(self.shell.messages.refused)
        self.lists_button.clicked.connect(self._ask_lists)
        self.new_button.clicked.connect(self.create_new)
        self.back.clicked.connect(self._back)
        self.discard.clicked.connect(self._discard)
        self.save_button.clicked.connect(self.save)

    def _ask_merge(self, article_ids: list[int]) -> None:
        def read(context: Context) -> list[Merging]:
            from moebelcirkel.services.articles import merging

            return merging.preview(context, article_ids)

        def merge(context: Context, kept: int, versions: dict[int, int]) -> Done:
            from moebelcirkel.services.articles import merging

            return merging.merge(context, kept, list(versions), versions)

        def ask(types: list[Merging]) -> None:
            from moebelcirkel.ui.pages.articles.merge_dialog import MergeDialog

            dialog = MergeDialog(self, self.shell, types)
            self.ask(dialog, dialog.versions, merge, _("Furniture types merged"))

        self.shell.jobs.read(read, ask, self.shell.messages.refused, channel="merge", owner=self)

    def _ask_lists(self) -> None:
        def ask(lists: Lists) -> None:
            from moebelcirkel.ui.pages.articles.lists_dialog import LISTS_CHANGED, ListsDialog

            dialog = ListsDialog(self, lists, self.list.chosen_names())
            self.ask(dialog, dialog.values, services.shop.save_list, _(LISTS_CHANGED))

        self.shell.jobs.read(
            services.shop.lists, ask, self.shell.messages.refused, channel="lists", owner=self
        )

    def _open(self, article_id: int) -> None:
        if self._article is not None:
            self._show_type(article_id)
            return
        # The form is made in a turn of its own, when the page is there already.
        self._turn_to(self._blank)
        self.shell.jobs.read(
            lambda _context: article_id, self._show_type, channel="article", owner=self
        )

    def _show_type(self, article_id: int) -> None:
        self._turn_to(self.article)
        self.article.read(article_id)

    def _discard(self) -> None:
        self.article.discard()

    def _back(self) -> None:
        self._show_list()
        self.list.search(self.search_text)
        self.list.table.setFocus()

    def _show_list(self) -> None:
        self._turn_to(self.list)

    def _turn_to(self, shown: QWidget) -> None:
        """Show one of the two; the other one claims no room, or the list would scroll twice."""
        turn_to(self.stack, shown)
        self._show_buttons()

    def _on_list(self) -> bool:
        return self.stack.currentWidget() is self.list

    def _on_type(self) -> bool:
        return self._article is not None and self.stack.currentWidget() is self._article

    def _show_buttons(self) -> None:
        on_type = self._on_type()
        may = on_type and self.article.may_save
        dirty = may and self.article.is_dirty()
        new = not on_type and self.shell.context.allows(Action.ARTICLE)
        self.new_button.setVisible(new)
        self.lists_button.setVisible(new)
        self.back.setVisible(on_type)
        self.discard.setVisible(may)
        self.save_button.setVisible(may)
        self.discard.setEnabled(dirty)
        self.save_button.setEnabled(dirty)
        self.shell.show_unsaved()
