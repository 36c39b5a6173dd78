"""One furniture type: pictures, form, its pieces and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from moebelcirkel import language, services
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.lists.chips import Chip, condition_tone
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.table_view import TableView
from moebelcirkel.ui.kit.lists.tables import Column, TableModel
from moebelcirkel.ui.kit.lists.timeline import Timeline, TimelineEntry
from moebelcirkel.ui.kit.messages import Notice
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import CardFrame, SidePanel
from moebelcirkel.ui.kit.pictures import silhouettes
from moebelcirkel.ui.kit.plain import Label
from moebelcirkel.ui.pages.articles.form import ArticleForm
from moebelcirkel.ui.parts.photo_editor import EditedPhoto, PhotoEditor

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.articles import ArticleDetail
    from moebelcirkel.services.context import Context, Saved
    from moebelcirkel.services.photos import OwnPhoto
    from moebelcirkel.services.stock.lists import StockListing, StockRow
    from moebelcirkel.services.units.history import Happening

    Choices = tuple[list[ReferenceCategory], list[str]]

_SIDE = 320
_PIECES = 100


class ArticlePanel(QWidget):
    """The type that is open, or a new one; `dirty` tells the page what to offer."""

    dirty = Signal(bool)
    all_pieces = Signal(int)
    piece = Signal(int)
    gone = Signal()

    def __init__(self, page: Page, form: ArticleForm) -> None:
        super().__init__()
        self._page = page
        self._loaded: dict[str, object] = {}
        self._new = False
        self.detail: ArticleDetail | None = None
        self.photos = PhotoEditor(page, for_unit=False)
        self.form = form
        self.notice = Notice()
        self.may_save = self.form.permit(page.shell.context)
        self.card, self.side = CardFrame(), QWidget()
        self.counts = Label()
        self.table = TableView(_("Pieces of this type"))
        self.model: TableModel[StockRow] = TableModel(_columns(), lambda row: row.id)
        self.history = Timeline(_("History of the furniture type"))
        self.more = QPushButton(_("Show all in the stock"))
        self._build()
        self.form.changed.connect(lambda _name: self._edited())
        self.table.opened.connect(lambda row: self.piece.emit(row.id))
        self.more.clicked.connect(self._show_all)

    @property
    def article_id(self) -> int:
        """The type that is shown, 0 before the first."""
        return 0 if self.detail is None else self.detail.id

    # --- showing ------------------------------------------------------------------------------

    def read(self, article_id: int) -> None:
        """Show a type; what is half typed about the same one stays."""

        def work(context: Context) -> tuple[Any, ...]:
            from moebelcirkel.services.articles import lists as article_list
            from moebelcirkel.services.stock import lists as stock_list

            wanted = stock_list.StockFilter(article_id=article_id)
            order = stock_list.StockOrder(services.stock.SortBy.STATE, False)
            return (
                services.articles.get(context, article_id),
                _choices(context),
                services.photos.of_owner(context, article_id=article_id),
                stock_list.find(context, wanted, order, _PIECES),
                article_list.history(context, article_id),
            )

        self._page.shell.jobs.read(work, self._show, self._gone, channel="article", owner=self)

    def begin(self) -> None:
        """An empty form for a type nobody has had yet; what was half typed comes back."""

        self._page.shell.jobs.read(_choices, self._show_new, channel="article", owner=self)

    def _show_new(self, choices: Choices) -> None:
        self.detail, self._new = None, True
        self.side.hide()
        self.card.show_title(_("New furniture type"))
        self.form.offer(*choices, danish=language.current_language() == "da")
        self.form.clear()
        self._take_draft(None)
        self.form.field("name").setFocus()

    def _show(self, answer: tuple[Any, ...]) -> None:
        detail, choices, photos, pieces, history = answer
        self._new = False
        self.side.show()
        self.card.show_title(_("Furniture type"))
        same = self.detail is not None and self.detail.id == detail.id
        self.form.offer(*choices, danish=language.current_language() == "da")
        if not (same and self.is_dirty()):
            self._fill(detail)
        self._show_photos(detail, photos)
        self._show_pieces(detail, pieces)
        self._show_history(history)

    def _fill(self, detail: ArticleDetail) -> None:
        self.detail = detail
        self.form.show_article(detail.values)
        self._take_draft(detail.version)

    def _take_draft(self, version: int | None) -> None:
        """Fill in what was typed about the same version and not saved."""
        self.notice.hide()
        self._loaded = self.form.draft()
        kept = self._page.shell.drafts.load(self._draft_name())
        if kept and kept.get("version") == version and kept.get("form") != self._loaded:
            self.form.restore(dict(kept["form"]))
            self.notice.say(_("What you had not saved has been filled in again."), "money")
        self.dirty.emit(self.is_dirty())

    def _show_photos(self, detail: ArticleDetail, photos: list[OwnPhoto]) -> None:
        shown = [EditedPhoto(photo.id, photo.sha256) for photo in photos]
        shape = silhouettes.shape_for(detail.values.category_key, detail.values.name)
        self.photos.show_photos(detail.id, shown, shape, detail.values.name)

    def _show_pieces(self, detail: ArticleDetail, pieces: StockListing) -> None:
        words = ngettext("{count} piece in stock", "{count} pieces in stock", detail.in_stock)
        stock = words.format(count=number(detail.in_stock))
        everything = _("{count} in all").format(count=number(detail.units))
        self.counts.setText(f"{stock} · {everything}")
        self.model.set_rows(pieces.rows)
        self.more.setVisible(pieces.total > 0)

    def _show_history(self, history: list[Happening]) -> None:
        today = self._page.shell.context.today()
        self.history.show_entries(
            [TimelineEntry(each.title, each.when(today), each.tone) for each in history]
        )

    # --- changing -----------------------------------------------------------------------------

    def is_dirty(self) -> bool:
        """Whether something is filled in that is not saved."""
        shown = self.detail is not None or self._new
        return shown and self.form.draft() != self._loaded

    def save(self) -> None:
        """Write the form; errors come by their fields."""
        detail = self.detail
        if (detail is None and not self._new) or not self.may_save:
            return
        self.notice.hide()
        try:
            values = self.form.article()
        except Refused as error:
            self.form.show_refusal(error)
            return

        def write(context: Context) -> Saved:
            if detail is None:
                return services.articles.add(context, values)
            return services.articles.save(context, values, detail.id, detail.version)

        self._page.shell.jobs.write(write, self._saved, self._refused, hold=(self.form,))

    def _saved(self, done: Saved) -> None:
        self._page.shell.drafts.clear(self._draft_name())
        self._loaded = self.form.draft()
        self.dirty.emit(False)
        if not self._new:
            self._page.done(done, _("Furniture type saved"))
            return
        self._new = False
        self._page.done(done, _("Furniture type created"))
        self.read(done.id)

    def _refused(self, error: Refused) -> None:
        if isinstance(error, Stale):
            text = _("What you have typed is thrown away when it is read again.")
            self._page.shell.messages.ask(
                language.refusal(error), text, _("Read again"), self.discard, danger=True
            )
            return
        rest = self.form.show_refusal(error)
        if rest:
            self.notice.say(rest)

    def discard(self) -> None:
        """Throw away what is typed and read the type again; a new one is given up."""
        if self._new:
            self._page.shell.drafts.clear(self._draft_name())
            self._new = False
            self.gone.emit()
        elif self.detail is not None:
            self._page.shell.drafts.clear(self._draft_name())
            article_id, self.detail = self.detail.id, None
            self.read(article_id)

    def _edited(self) -> None:
        if self.detail is None and not self._new:
            return
        dirty = self.is_dirty()
        if dirty:
            version = None if self.detail is None else self.detail.version
            kept = {"version": version, "form": self.form.draft()}
            self._page.shell.drafts.save(self._draft_name(), kept)
        else:
            self._page.shell.drafts.clear(self._draft_name())
        self.dirty.emit(dirty)

    def _draft_name(self) -> str:
        return f"articles-{self.article_id or 'new'}"

    def _gone(self, error: Refused) -> None:
        self._page.shell.messages.refused(error)
        if isinstance(error, Stale):
            self.detail = None
            self.gone.emit()

    def _show_all(self) -> None:
        self.all_pieces.emit(self.article_id)

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.card.speaks_beside_title(self.notice)
        self.card.add(self.form)
        self.card.body.addStretch(1)
        pieces = CardFrame(_("Pieces"))
        self.counts.setProperty("tone", "small")
        self.more.setProperty("role", "quiet")
        self.table.show_model(self.model)
        none = EmptyState(_("No pieces"), _("They come with an intake."), icon="box")
        pieces.add(self.counts)
        pieces.add(ListOrEmpty(self.table, none), 1)
        pieces.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        told = CardFrame(_("History"))
        told.add(self.history, 1)
        pictures = CardFrame()
        pictures.add(self.photos)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(pictures)
        column.addWidget(pieces, 1)
        column.addWidget(told, 1)
        for view in (self.table, self.history):
            view.setMinimumHeight(theme.current().px(160))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(SidePanel(self.card, [(self.side, _SIDE)], collapse_below=760))


def _choices(context: Context) -> Choices:
    """The categories, and what ecolabels are called."""
    return services.articles.categories(context), services.ecolabels.names(context)


def _columns() -> list[Column[StockRow]]:
    return [
        Column("number", _("Number"), lambda row: row.number, width=108, strong=True),
        Column(
            "condition",
            _("Condition"),
            lambda row: row.condition,
            width=60,
            chip=lambda row: Chip(row.condition, condition_tone(row.condition)),
        ),
        Column("state", _("State"), lambda row: _(State(row.state).label), width=100, tone="small"),
    ]
