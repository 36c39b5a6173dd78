"""What the leader of the example finds at the start: a year of its own, gifts and where they went,
something found, and furniture on sale where it still stands.

Nothing here draws from the story's chance, so that all else of the example stays as it is.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from moebelcirkel.demo import handing_in
from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.demo.taste import suits
from moebelcirkel.demo.trade import Trade
from moebelcirkel.demo.warehouse import Warehouse
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import orders, pickups, shop, wants
from moebelcirkel.services.intake import ReportOrigin
from moebelcirkel.services.pickups import ReportedLine
from moebelcirkel.services.wants import WantForm

#: In an example smaller than this part of the usual one it is looked so many working days before
#: the end whether the institution has got so little this year that it buys some more.
_SMALL, _LOOKS, _FEW, _MOST = 0.4, range(15, 160), 12, 4
#: So many working days before the end it reports what is on its way to the hall, so many pieces at
#: a time, and so often.
_GIVES, _GIVEN, _OFTEN = range(20, 160), range(2, 16), 2
#: What is wanted costs this much a piece, so that the basket stays below the leader's limit.
_PRICES_ORE, _FOUND, _MORE, _DAYS = range(100_00, 2_500_01), 2, 2, 60
#: Who reported what is on sale at their place, of the first of these kinds that there is.
_GIVER, _OFFERED, PIECES = 6, ("conference_table", "visitor_chair", "bookcase_wood"), 3


@dataclass
class Leading:
    """The year of the first institution, beside what the story lets happen to it."""

    stage: DemoStage
    warehouse: Warehouse
    trade: Trade
    reports: int = 0
    _expected: int | None = None

    def furnish(self, day: dt.date, left: int) -> None:
        """Buy before all others where little was bought this year."""
        home = self.trade.customers[0]
        small = self.stage.size < _SMALL and left in _LOOKS
        if small and _received(self.stage, home, day) < _FEW:
            self.trade.furnish(home, _MOST)

    def hand_in(self, left: int) -> None:
        """Report what comes, and close the report when it has come."""
        if self._expected is not None and self.warehouse.announced is None:
            self.stage.act("lager", pickups.close, self._expected)
            self._expected = None
        coming = self.warehouse.coming
        if left in _GIVES and self.reports < _OFTEN and coming is not None:
            self._report(self.trade.customers[0], *coming)

    def _report(self, home: Customer, kind: DemoArticle, pieces: int) -> None:
        """What comes to the hall next is this institution's, and reported by its leader."""
        if (
            self.warehouse.announced is None
            and pieces in _GIVEN
            and suits(home.kind, kind.category)
        ):
            said = ReportedLine(
                category_key=kind.category, article_id=kind.id, pieces=pieces, condition="B"
            )
            key = handing_in.report(self.stage, home, said, "Depotet", "lift")
            self.stage.act("lager", pickups.accept, key)
            lines = pickups.detail(self.stage.context("lager"), key).lines
            self.warehouse.announced = home, ReportOrigin(key, lines[0].id)
            self.reports, self._expected = self.reports + 1, key


def _received(stage: DemoStage, home: Customer, day: dt.date) -> int:
    """How many pieces the institution ordered this year and has, or will have soon."""
    states = frozenset({OrderState.DELIVERED, OrderState.APPROVED})
    found = orders.listed(stage.context(home.leader), states=states, limit=500)
    return sum(row.pieces for row in found.rows if row.sent_at.year == day.year)


def report(
    stage: DemoStage,
    customers: Sequence[Customer],
    kind_of: Callable[[str], DemoArticle | None],
    room: int,
) -> int | None:
    """What another school wants to hand in and will be sold where it stands, if there is room."""
    kind = next(filter(None, map(kind_of, _OFFERED)), None)
    if kind is None or room <= PIECES:
        return None
    line = ReportedLine(
        category_key=kind.category, article_id=kind.id, pieces=PIECES, condition="A"
    )
    return handing_in.report(stage, customers[_GIVER], line, "Lærerværelset", "lift")


def begin(stage: DemoStage, home: Customer, reported: int | None) -> None:
    """The morning of the last day, when all else has been ordered."""
    if reported is not None:
        lines = pickups.detail(stage.context("lager"), reported).lines
        stage.act("lager", pickups.offer, reported, [line.id for line in lines])
    for number, card in enumerate(_wanted(stage, home)):
        want = _want(stage, home, card)
        if number:
            held = wants.detail(stage.context(home.leader), want).held
            sent = stage.act(home.leader, wants.order, want, [piece.unit_id for piece in held])
            if sent.state == OrderState.AWAITING:
                stage.act(home.approver, orders.approve, sent.order_id)


def _wanted(stage: DemoStage, home: Customer) -> Iterator[shop.Card]:
    """The cheapest of what there is little of, and the next of another category."""
    there = shop.search(stage.context(home.leader), Query(), home.id, limit=200).cards
    fitting = (
        card
        for card in there
        if card.key.price_ore in _PRICES_ORE
        and card.free
        and not card.mine
        and not card.at_giver
        and suits(home.kind, card.category_key)
    )

    def rank(card: shop.Card) -> tuple[bool, int, str]:
        return card.free > _FOUND, card.key.price_ore, card.name

    found = sorted(fitting, key=rank)
    yield from found[:1]
    yield from [card for card in found if card.category_key != found[0].category_key][:1]


def _want(stage: DemoStage, home: Customer, card: shop.Card) -> int:
    """More of something than there is, where there is little: what is there is held."""
    form = WantForm(
        stage.today + dt.timedelta(days=_DAYS),
        Answer.YES,
        article_id=card.key.article_id,
        condition=card.key.condition,
        pieces=card.free + _MORE if card.free <= _FOUND else _FOUND,
        ceiling_ore=card.key.price_ore,
    )
    return stage.act(home.leader, wants.create, home.id, form).id
