"""Find furniture: every keystroke searches, cards are taken into the basket, the basket is sent."""

from __future__ import annotations

from collections.abc import Callable, Generator, Hashable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from moebelcirkel import services
from moebelcirkel.domain.answers import CHOICES, Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query, SoughtSet
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import N_, _, ngettext
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.lists.card_grid import CardGrid
from moebelcirkel.ui.kit.lists.cards import CardModel, CardTexts
from moebelcirkel.ui.kit.lists.empty import EmptyState, ListOrEmpty
from moebelcirkel.ui.kit.lists.sparse import PageRequest
from moebelcirkel.ui.kit.page import Page
from moebelcirkel.ui.kit.page_layout import SidePanel, column, holder, scrolled
from moebelcirkel.ui.pages.shop import asks, words
from moebelcirkel.ui.pages.shop.adapting import Adapting
from moebelcirkel.ui.pages.shop.basket import NOTE, BasketPanel
from moebelcirkel.ui.pages.shop.card_dialog import CardDialog
from moebelcirkel.ui.pages.shop.export import export_button
from moebelcirkel.ui.pages.shop.filters import FilterPanel, FoundBar
from moebelcirkel.ui.pages.shop.shorts import Shorts
from moebelcirkel.ui.pages.shop.unmet import Unmet
from moebelcirkel.ui.parts import thumbs
from moebelcirkel.ui.parts.coming_note import ComingNote

if TYPE_CHECKING:
    from moebelcirkel.domain.orders import Pace, Wishes
    from moebelcirkel.services.context import Done, Pieces
    from moebelcirkel.services.orders import OrderSent
    from moebelcirkel.services.shop import BasketLine, BasketView, CardDetail, CardKey, Found
    from moebelcirkel.services.shop import Card as FoundCard
    from moebelcirkel.ui.kit.shell import Shell

_FILTER_WIDTH = 194
_BASKET_WIDTH = 278
#: A row of cards and the beginning of the next.
_NARROW_CARDS = 300


class ShopPage(Page):
    """Filters, cards and basket side by side."""

    word = "shop"
    title = N_("Find furniture")
    kinds = frozenset({"unit", "hold", "basket", "article", "photo", "shop_order", "shop_list"}) | {
        *("institution", "cost_bearer", "user_role", "parameter", "own_list", "own_list_type")
    }
    scan_searches = True
    search_hint = N_("For example “12 chairs, height 80-82” or a barcode")

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._text, self._stale = "", True
        self._institution_id: int | None = None
        self._found: dict[Hashable, FoundCard] = {}
        self._shown: Query | None = None
        self._dialog: CardDialog | None = None
        self.adapting = Adapting(self)
        self._with_basket = shell.context.allows(Action.ORDER)
        self._seed: Seed | SoughtSet | None = None
        self.filters = FilterPanel()
        self.bar = FoundBar()
        self.shorts = Shorts(self)
        self.unmet = Unmet(self)
        self.grid = CardGrid(_("Furniture on sale"))
        self.model = CardModel(self._fetch, self)
        self.grid.show_model(self.model, self._ask_photos)
        self.basket = BasketPanel(shell.context.now)
        self.coming = ComingNote(shell)
        self.empty = EmptyState(_("Nothing is on sale yet"), icon="search")
        self._build()
        self._wire()

    # --- what the window asks -----------------------------------------------------------------

    def activate(self, argument: object | None) -> None:
        """Only this type, where an address led here."""
        if isinstance(argument, int):
            self.filters.clear()
            self.shorts.point_at(argument)

    def header_buttons(self) -> list[QPushButton]:
        """The shop as a file, for whoever sees the whole stock."""
        return [export_button(self)] if self.shell.context.allows(Action.STOCK_VIEW) else []

    def reload(self) -> None:
        """Read list and basket again."""
        self._stale = True
        self.shorts.reload()
        query, chosen = self._query(), self._institution_id
        self.shell.jobs.read(
            lambda context: asks.everything(context, query, chosen),
            lambda read: self._show_everything(read, query),
            channel="shop",
        )

    def search(self, text: str) -> None:
        """Every keystroke; a newer one stops the older."""
        self._text = text
        self.unmet.typed()
        self.shorts.typed(text)
        self._search()
        self.coming.look_for(text)

    def search_entered(self) -> None:
        """Return: the text is what is meant."""
        self.unmet.entered()

    def scanned(self, code: str) -> bool:
        """A label or barcode finds the card of its piece."""
        self._text = code
        self._search()
        return True

    def save(self) -> None:
        """Ctrl+S sends the basket."""
        if self.basket.send.isVisible() and self.basket.send.isEnabled():
            self.basket.send.click()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        self.stack = ListOrEmpty(self.grid, self.empty)
        panels = [(self.basket, _BASKET_WIDTH)] if self._with_basket else []
        self.filter_area = scrolled(self.filters, unfolds=True)
        if not self._with_basket:
            self.basket.setParent(self)
            self.basket.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        main = column(self.shorts.row, self.bar, self.coming, self.stack, gap=8)
        main.setStretch(3, 1)
        before = [(self.filter_area, _FILTER_WIDTH)]
        self.side = SidePanel(holder(main), panels, before, collapse_below=860)
        layout.addWidget(self.side)
        self.setFocusProxy(self.grid)

    def _turn(self, narrow: bool) -> None:  # noqa: FBT001 - the signal's value
        """In a narrow window cards come first; filters wait to be asked for."""
        self.bar.setVisible(narrow)
        self.bar.button.setChecked(False)
        self.filter_area.setVisible(not narrow)
        self.stack.setMinimumHeight(theme.current().px(_NARROW_CARDS) if narrow else 0)

    def _wire(self) -> None:
        self.side.turned.connect(self._turn)
        self.bar.toggled.connect(self.filter_area.setVisible)
        self.filters.changed.connect(self._search)
        self.filters.reset.clicked.connect(self.shorts.clear)
        self.shorts.changed.connect(self._search)
        self.shorts.searched.connect(self.shell.search_for)
        self.grid.action.connect(self._take_card)
        self.grid.opened.connect(lambda card: self._open(card.key))
        self.grid.thumbnails.arrived.connect(self._picture_arrived)
        self.empty.pressed.connect(self._empty_pressed)
        basket = self.basket
        basket.institution_chosen.connect(self._choose_institution)
        basket.payer_chosen.connect(lambda key: self._change(asks.payer, key))
        basket.loan_wanted.connect(lambda until: self._change(asks.loan, until))
        basket.answered.connect(lambda given: self._change(asks.answer, given, None))
        basket.line_answered.connect(self._answer_line)
        basket.count_asked.connect(self._change_count)
        basket.opened.connect(self._open)
        basket.extend_asked.connect(lambda: self._change(asks.extend))
        basket.forget_asked.connect(lambda: self._change(asks.forget_gone))
        basket.send_asked.connect(self._send)
        basket.order_opened.connect(lambda key: self.shell.go("orders", key))
        basket.restore(self.shell.drafts.load(NOTE) or {})
        basket.typed.connect(lambda: self.shell.drafts.save(NOTE, basket.draft()))
        for number, answer in enumerate(CHOICES, start=1):
            name = _("Answer the basket's question: {answer}").format(answer=_(answer.label))
            keys.add(self, name, partial(self._answer_by_key, answer), f"Alt+{number}")

    # --- searching ----------------------------------------------------------------------------

    def _query(self) -> Query:
        return replace(self.filters.query(self._text), types=self.shorts.types)

    def _search(self) -> None:
        if self._stale:
            # The newest question stops the older, so it must ask for the basket as well.
            self.reload()
            return
        query, chosen = self._query(), self._institution_id
        self.shell.jobs.read(
            lambda context: asks.search(context, query, chosen),
            lambda found: self._show_found(found, query),
            channel="shop",
        )

    def _fetch(self, request: PageRequest[CardTexts]) -> None:
        query, chosen = self._query(), self._institution_id
        self.shell.jobs.read(
            lambda context: asks.search(context, query, chosen, request.first),
            lambda found: self.model.deliver(request, self._cards(found, query)),
            lambda _error: self.model.failed(request),
            channel="shop page",
        )

    def _show_everything(self, read: asks.Everything, query: Query) -> Generator[None]:
        self._stale, self._institution_id = False, read.institution_id
        self.coming.come_to(read.institution_id)
        self.basket.show_institutions(read.institutions, read.institution_id)
        if read.basket is not None:
            self._show_basket(read.basket)
        yield
        yield from self._show_found(read.found, query)

    def _show_found(self, found: Found, query: Query) -> Generator[None]:
        self._found.clear()
        self.filters.show_found(found, query)
        self.bar.found.setText(self.filters.found.text())
        self.unmet.found(found, query)
        self._say_empty(found, query)
        if found.spoiled is not None:  # what is whole is shown beside it
            self.shell.messages.refused(found.spoiled)
        if query != self._shown:
            self.grid.scrollToTop()
        self._shown = query
        self.model.reset(found.total_cards, self._cards(found, query))
        if found.total_cards and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.model.index(0, 0))
        yield
        self.filters.show_facets(found)

    def _cards(self, found: Found, query: Query) -> list[CardTexts]:
        self._found.update({card.key: card for card in found.cards})
        return words.cards_of(found.cards, query, basket=self._with_basket)

    def _say_empty(self, found: Found, query: Query) -> None:
        if found.labelled is not None:
            self._seed = words.seed_of(found.labelled, self._institution_id)
            self.empty.say(*words.taken(found.labelled, wants=self._seed is not None))
        elif not found.total_cards and found.instead is not None:
            self._seed = words.leads(found.instead, query, self._institution_id)
            self.empty.say(*words.nothing(found.instead, query, wants=self._seed is not None))

    def _empty_pressed(self) -> None:
        """What the shop does not have is wanted; where there are only filters, they are cleared."""
        if self._seed is None:
            self.shorts.clear()
            self.filters.clear()
        else:
            self.shell.go("wants" if isinstance(self._seed, Seed) else "purchases", self._seed)

    # --- the basket ---------------------------------------------------------------------------

    def _show_basket(self, view: BasketView) -> None:
        self.basket.show_basket(view)
        missing = []
        for thumb in filter(None, (line.thumb for line in view.lines)):
            if (pixmap := self.grid.thumbnails.pixmap(thumb)) is None:
                missing.append(thumb)
            else:
                self.basket.show_pixmap(thumb, pixmap)
        if missing:
            self._ask_photos(tuple(missing))

    def _choose_institution(self, institution_id: int) -> None:
        self._institution_id = institution_id
        self.reload()

    def _take_card(self, card: CardTexts) -> None:
        if (found := self._found.get(card.key)) is not None:
            wanted = self._query().wish().least or 1
            self._hold(found.key, min(wanted, found.free))

    def _hold(self, key: CardKey, count: int, exactly: Sequence[int] | None = None) -> None:
        self._change(asks.hold, key, count, exactly, self._query().of_pieces())

    def _change_count(self, line: BasketLine, count: int) -> None:
        held, institution_id = [each.unit_id for each in line.held], self._institution_id
        if count > len(held):
            self._hold(line.key, count - len(held))
        elif institution_id is not None:
            self.shell.jobs.write(
                lambda context: asks.release(context, institution_id, held[count:]), self._released
            )

    def _released(self, done: Pieces) -> None:
        text = ngettext("{count} piece put back", "{count} pieces put back", done.pieces)
        self.done(done, text.format(count=done.pieces))

    def _answer_line(self, line: BasketLine, given: Answer | None) -> None:
        self._change(asks.answer, given, [each.unit_id for each in line.held])

    def _answer_by_key(self, given: Answer) -> None:
        if self.basket.question.isVisible():
            self._change(asks.answer, given, None)

    def _change(self, ask: Callable[..., Done], *values: object) -> None:
        """Change the basket and show it anew."""
        institution_id = self._institution_id
        if institution_id is None:
            return

        self.shell.jobs.write(
            lambda context: ask(context, institution_id, *values),
            self._changed,
            self._refused,
            hold=() if self._dialog is None else (self._dialog.take,),
        )

    def _changed(self, done: Done) -> None:
        taken = done if isinstance(done, services.shop.Taken) else None
        if taken is not None and taken.taken < taken.asked:
            self.shell.messages.warn(
                _("There were only {taken} of the {asked}. They are in your basket.").format(
                    taken=taken.taken, asked=taken.asked
                )
            )
        if self._dialog is not None and taken is not None:
            self._dialog.accept()
        # What others took is no event of ours, but the basket shows it.
        mine = done.change_id if taken is not None else None
        self.shell.changed(asks.Touched(done.kinds | {"hold"}, mine), "", self.word)

    def _refused(self, error: Refused) -> None:
        if self._dialog is not None:
            self._dialog.notice.refuse(error)
        else:
            self.shell.messages.refused(error)
        self.reload()

    def _send(self, note: str, wishes: Wishes, pace: Pace) -> None:
        institution_id, view = self._institution_id, self.basket.view
        if institution_id is None or view is None:
            return
        self.shell.jobs.write(
            lambda context: asks.send(context, institution_id, note, wishes, view.offer(pace).way),
            lambda done: self._sent(done, view, pace),
            self._not_sent,
            hold=(self.basket.send,),
        )

    def _not_sent(self, error: Refused) -> None:
        if not self.basket.not_sent(error):
            self._refused(error)
            self.basket.send.setFocus()

    def _sent(self, done: OrderSent, view: BasketView, pace: Pace) -> None:
        self.shell.drafts.clear(NOTE)
        self.basket.sent(done.order_id, done.number)
        self.done(done, words.sent(done, view, pace))

    # --- one card -----------------------------------------------------------------------------

    def _open(self, key: CardKey) -> None:
        asked = key, self._institution_id, self._query().of_pieces()
        self.shell.jobs.read(
            lambda context: asks.card(context, *asked), self._show_card, channel="shop card"
        )

    def _show_card(self, detail: CardDetail) -> None:
        wanted = self._query().wish().least or 1
        dialog = CardDialog(self, detail, wanted, basket=self._institution_id is not None)
        dialog.taken.connect(lambda count: self._hold(detail.card.key, count))
        dialog.chosen.connect(lambda ids: self._hold(detail.card.key, len(ids), ids))
        self.adapting.follow(dialog, self._institution_id)
        dialog.finished.connect(self._dialog_closed)
        self._dialog = dialog
        self.shorts.opened(dialog)
        dialog.open()
        thumb = detail.card.thumb
        if thumb is not None:
            self.shell.jobs.aside(
                lambda context: thumbs.pictures(context, (thumb,))[thumb],
                dialog.show_image,
                owner=dialog,
            )

    def _dialog_closed(self) -> None:
        self._dialog = None

    def _ask_photos(self, keys: Sequence[Hashable]) -> None:
        self.shell.jobs.aside(
            lambda context: thumbs.pictures(context, map(str, keys)),
            self._photos_arrived,
            owner=self,
        )

    def _photos_arrived(self, found: dict[str, QImage | None]) -> None:
        for key, image in found.items():
            self.grid.photo_arrived(key, image)

    def _picture_arrived(self, key: Hashable) -> None:
        self.basket.show_pixmap(str(key), self.grid.thumbnails.pixmap(key))
