"""The list of all furniture types, to find the one to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from moebelcirkel import services
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, kroner, ngettext, number
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.lists.table_columns import remember_columns
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, PagedTableModel
from moebelcirkel.ui.kit.page_layout import CardFrame, holder, row
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.kit.plain import Label, push_button
from moebelcirkel.ui.parts.thumb_column import ThumbColumn

if TYPE_CHECKING:
    from moebelcirkel.services.articles.lists import ArticleListing, ArticleRow
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.ui.kit.shell import Shell


def columns() -> list[Column[ArticleRow]]:
    """Picture, name, what a new one costs, and how many there are."""
    return [
        Column("photo", _("Picture"), lambda _row: "", width=68),
        Column(
            "name",
            _("Furniture type"),
            lambda row: row.name,
            strong=True,
            keeps_end=True,
            tip=lambda row: row.name,
        ),
        Column("maker", _("Maker and colour"), lambda row: row.look, width=140),
        Column(
            "category",
            _("Category"),
            lambda row: row.category,
            width=184,
            tip=lambda row: row.category,
        ),
        Column(
            "new_price",
            _("New price"),
            lambda row: "–" if row.new_price_ore is None else kroner(row.new_price_ore),
            align="right",
            width=104,
        ),
        Column(
            "documented",
            _("Documented"),
            lambda row: _("Yes") if row.documented else _("No"),
            width=104,
            tone=lambda row: "" if row.documented else "warning",
            tip=lambda _row: _("The new price has a date and a source."),
        ),
        Column("stock", _("In stock"), lambda row: number(row.in_stock), align="right", width=88),
        Column(
            "registered", _("In all"), lambda row: number(row.registered), align="right", width=76
        ),
    ]


class ArticleList(CardFrame):
    """A table that is read as it is scrolled; `opened` gives the id of a type."""

    opened = Signal(int)
    deleted = Signal(object)
    refused = Signal(object)
    merging = Signal(list)

    def __init__(self, shell: Shell) -> None:
        super().__init__(padded=False)
        self._shell = shell
        self._text = ""
        self.table = TableView(_("Furniture types"))
        self.model: PagedTableModel[ArticleRow] = PagedTableModel(
            columns(), lambda row: row.id, self._fetch, self
        )
        self.table.show_model(self.model)
        remember_columns(self.table, "articles", shell)
        ThumbColumn(
            self.table,
            shell,
            0,
            lambda row: row.photo,
            lambda row: shape_for(row.category_key, row.name),
        )
        self.count = Label(tone="strong")
        self.without_price = QCheckBox(_("Without new price"))
        self.without_price.toggled.connect(lambda _on: self.search(self._text))
        self.unused = QCheckBox(_("Without furniture"))
        self.unused.setToolTip(_("No furniture, picture or paper speaks of them"))
        self.unused.toggled.connect(lambda _on: self.search(self._text))
        self.delete = push_button("", self._ask_delete)
        self.delete.hide()
        self.merge = push_button(_("Merge…"), lambda: self.merging.emit(self._chosen()))
        self.merge.hide()
        self._total = 0
        self.empty = EmptyState(_("No furniture types yet"), icon="chair")
        self.body.setSpacing(0)
        bar = row(
            self.count,
            None,
            self.merge,
            self.delete,
            self.unused,
            self.without_price,
            self.table.columns_button(),
            gap=12,
        )
        held = holder(bar)
        bar.setContentsMargins(14, 10, 10, 8)
        self.add(held)
        self.add(ListOrEmpty(self.table, self.empty), 1)
        self.table.opened.connect(lambda row: self.opened.emit(row.id))
        self.table.selection_changed.connect(self._offer)

    def search(self, text: str) -> None:
        """Read the list anew."""
        self._text = text
        bare, unused = self.without_price.isChecked(), self.unused.isChecked()

        def find(context: Context) -> ArticleListing:
            from moebelcirkel.services.articles import lists as article_list

            return article_list.find(context, text, without_price=bare, unused=unused)

        self._shell.jobs.read(find, self._show, channel="articles", owner=self)

    def _show(self, found: ArticleListing) -> None:
        text = ngettext("{count} furniture type", "{count} furniture types", found.total)
        self.count.setText(text.format(count=number(found.total)))
        self._total = found.total
        self.model.reset(found.total, found.rows)
        self._offer()
        if self._text or self.without_price.isChecked() or self.unused.isChecked():
            self.empty.say(_("No furniture type fits"), _("Try a shorter word."))
        else:
            self.empty.say(
                _("No furniture types yet"),
                _("They come with the first intake, or by importing a file."),
            )

    # --- merging and deleting -----------------------------------------------------------------

    def _chosen(self) -> list[int]:
        rows: list[ArticleRow] = self.table.selected_rows()
        return [row.id for row in rows] if len(rows) > 1 else []

    def chosen_names(self) -> list[str]:
        """What the marked types are called."""
        rows: list[ArticleRow] = self.table.selected_rows()
        return list(dict.fromkeys(row.name for row in rows)) if len(rows) > 1 else []

    def _offer(self) -> None:
        """Several chosen ones can become one; those without furniture can go, or all of them."""
        may = self._shell.context.allows(Action.ARTICLE)
        self.merge.setVisible(may and len(self._chosen()) > 1)
        self.delete.setVisible(self.unused.isChecked() and self._total > 0 and may)
        count = len(self._chosen())
        text = (
            ngettext("Delete the {count} chosen…", "Delete the {count} chosen…", count)
            if count
            else _("Delete all…")
        )
        self.delete.setText(text.format(count=number(count)))

    def _ask_delete(self) -> None:
        chosen, text, bare = self._chosen(), self._text, self.without_price.isChecked()
        count = len(chosen) or self._total
        title = ngettext("Delete {count} furniture type?", "Delete {count} furniture types?", count)
        self._shell.messages.ask(
            title.format(count=number(count)),
            _("You can undo it afterwards."),
            _("Delete"),
            lambda: self._delete(chosen, text, bare=bare),
        )

    def _delete(self, chosen: list[int], text: str, *, bare: bool) -> None:
        def work(context: Context) -> Done:
            from moebelcirkel.services.articles import lists as article_list

            wanted = chosen or article_list.unused_ids(context, text, without_price=bare)
            return services.articles.delete(context, wanted)

        self._shell.jobs.write(
            work, self.deleted.emit, self.refused.emit, hold=[self.delete], owner=self
        )

    def _fetch(self, request: PageRequest[ArticleRow]) -> None:
        text, bare = self._text, self.without_price.isChecked()
        unused = self.unused.isChecked()

        def read(context: Context) -> list[ArticleRow]:
            from moebelcirkel.services.articles import lists as article_list

            return article_list.page(
                context,
                text,
                first=request.first,
                without_price=bare,
                unused=unused,
                limit=request.count,
                after=request.after,
            )

        self._shell.jobs.read(
            read,
            lambda rows: self.model.deliver(request, rows),
            lambda _error: self.model.failed(request),
            channel="articles page",
            owner=self,
        )
