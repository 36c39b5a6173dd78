"""The form of an order with an adaptation: read, priced at every tick, and sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.language import _
from moebelcirkel.ui.pages.shop.adapt_dialog import AdaptDialog

if TYPE_CHECKING:
    from moebelcirkel.services.orders import AdaptChoices, OrderSent
    from moebelcirkel.services.shop import CardDetail
    from moebelcirkel.ui.kit.page import Page
    from moebelcirkel.ui.pages.shop.card_dialog import CardDialog


class Adapting:
    """Opens the form over a page of the shop; what is sent is told there."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def follow(self, card: CardDialog, institution_id: int | None) -> None:
        """Ask where the button of an opened card is pressed, which closes then."""

        def begin(count: int, exactly: list[int]) -> None:
            card.accept()
            if institution_id is not None:
                self.open(institution_id, card.detail, count, exactly)

        card.adapted.connect(begin)

    def open(
        self, institution_id: int, detail: CardDetail, count: int, exactly: Sequence[int]
    ) -> None:
        """Read what can be done, and ask."""
        self._page.shell.jobs.read(
            lambda context: services.orders.adapt_choices(
                context, institution_id, detail.card.key.article_id
            ),
            lambda choices: self._ask(institution_id, detail, choices, count, tuple(exactly)),
            channel="shop adapt",
        )

    def _ask(
        self,
        institution_id: int,
        detail: CardDetail,
        choices: AdaptChoices,
        count: int,
        exactly: tuple[int, ...],
    ) -> None:
        dialog = AdaptDialog(self._page, detail, choices, count, exactly)
        dialog.quote_asked.connect(lambda: self._read_quote(dialog, institution_id))
        self._page.ask(
            dialog, lambda: (dialog.wish(institution_id),), services.orders.adapt, self._sent
        )

    def _read_quote(self, dialog: AdaptDialog, institution_id: int) -> None:
        key, count, chosen = dialog.detail.card.key, dialog.pieces(), dialog.chosen()
        self._page.shell.jobs.read(
            lambda context: services.orders.quote(context, institution_id, key, count, chosen),
            dialog.show_quote,
            dialog.refuse,
            channel="shop quote",
            owner=dialog,
        )

    def _sent(self, done: OrderSent) -> None:
        text = _("{number} now waits for approval. The workshop begins when it is given.")
        if done.state == OrderState.APPROVED:
            text = _("{number} has been sent, and the workshop can begin.")
        self._page.done(done, text.format(number=done.number))
