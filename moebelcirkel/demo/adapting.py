"""One order of the example with an adaptation, which the workshop has not begun yet."""

from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.facts import UPHOLSTERED
from moebelcirkel.domain.orders import ShownPrice
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import orders, shop
from moebelcirkel.services.orders import AdaptWish

#: What is done to what: a table is made shorter, a seat gets a new cover.
_TABLES = ("desk_", "conference_table", "dining_table", "canteen_table")
_SHORTER, _COVER = "Afkortning af bordplade", "Ompolstring, sæde"


def order(stage: DemoStage, customer: Customer, but: str) -> None:
    """A leader has one of the first card adapted that can be; none called ``but``."""
    context = stage.context(customer.leader)
    for card in shop.search(context, Query(), customer.id).cards:
        name = _task_for(card.category_key)
        if name is None or card.name == but or not card.free or card.at_giver:
            continue
        known = orders.adapt_choices(context, customer.id, card.key.article_id).tasks
        task = next((each for each in known if each.name == name), None)
        if task is None:  # a screen of a desk is no table, and no seat of a sofa is offered alone
            continue
        wish = AdaptWish(
            institution_id=customer.id,
            key=card.key,
            count=1,
            agreed=ShownPrice((task.id,), task.each_ore, task.weeks),
            answer=Answer.YES,
            note="Ca. 120 cm lang." if name is _SHORTER else "Gråt uld som de andre.",
        )
        stage.act(customer.leader, orders.adapt, wish)
        return


def _task_for(category: str) -> str | None:
    if category.startswith(_TABLES):
        return _SHORTER
    return _COVER if category in UPHOLSTERED else None
