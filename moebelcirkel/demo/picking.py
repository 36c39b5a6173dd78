"""Something to be picked this morning, also in an example so small that all is delivered by now."""

from collections.abc import Sequence

from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import deliveries, orders, shop
from moebelcirkel.services.shop import Card

_PIECES = 2


def order(stage: DemoStage, customers: Sequence[Customer], but: str) -> None:
    """The first leader who finds something takes a few of what is cheapest; none called ``but``."""
    if deliveries.pick_list(stage.context("lager")):
        return
    for customer in customers:
        found = shop.search(stage.context(customer.leader), Query(), customer.id).cards
        cards = [card for card in found if card.free and not card.at_giver and card.name != but]
        if cards:
            _take(stage, customer, min(cards, key=_rank))
            return


def _rank(card: Card) -> tuple[bool, int, int]:
    """The shop keeps something of each card, where it can."""
    return card.free <= _PIECES, card.key.price_ore, card.key.article_id


def _take(stage: DemoStage, customer: Customer, card: Card) -> None:
    count = min(_PIECES, max(1, card.free - 1))
    stage.act(customer.leader, shop.hold, customer.id, card.key, count)
    stage.act(customer.leader, shop.set_answer, customer.id, Answer.YES)
    stage.act(customer.leader, orders.send, customer.id)
