"""The shop's part of the example: baskets, orders, decisions, picking and hand-over."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from moebelcirkel.demo.driving import Van
from moebelcirkel.demo.people import DRIVING_DAYS, Customer
from moebelcirkel.demo.plan import DemoPlan
from moebelcirkel.demo.shelves import DemoPiece, Shelves
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.demo.taste import liking, suits
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import Needs, Pace, Party, reasons
from moebelcirkel.services import deliveries, orders
from moebelcirkel.services.context import Done
from moebelcirkel.services.shop import baskets as shop_basket
from moebelcirkel.services.shop import set_loan
from moebelcirkel.storage.queries.shop import CardKey

#: From order to hand-over, roughly.
_LEAD = dt.timedelta(days=4)
#: A delivery at the wrong entrance is noticed this soon, long before any of it comes back.
_NOTICED = dt.timedelta(days=14)
_USUAL_PRICE_ORE = 260_000
#: Nobody orders more of one kind than would cost this new.
_DEAREST_ORE = 2_600_000
#: What has just come in is seen first.
_FRESH_DAYS = 15
#: How much of all pieces is out at the institutions in the end.
OUT_SHARE = 0.72
#: Of twenty orders in a row, how many are answered how.
_ANSWERS = ((Answer.YES, 11), (Answer.SOME, 2), (Answer.NO, 1), (Answer.UNKNOWN, 6))
#: So many cards are looked at for one order, and so many institutions asked before a day is over.
_SEEN, _ASKED = 16, 12
_ALL = 60
#: So many pieces are lent at a time.
_LENT = 2
#: Nothing is lent of what there are no more of: it is wanted for good.
_PLENTY = 12
#: Who takes it in, by function: a person's name has no place there.
_RECEIVERS = ("Teknisk service", "Pedellen", "Administrationen", "Køkkenet")
_REFUSALS = (
    "Vi venter til næste års budget.",
    "I har fået nye borde i foråret.",
    "Tag hellere dem fra lokale 12, der står tomme.",
    "Bestil 10 i stedet for 20.",
)
_WHYS = reasons(Party.INSTITUTION)
_NOTES = (
    "Leveres til gården bag hovedbygningen.",
    "Ring gerne en halv time før.",
    "Skal op på 1. sal, elevator findes.",
    "Til det nye mødelokale.",
    "Haster ikke.",
)


@dataclass(slots=True)
class DemoOrder:
    """An order on its way."""

    order_id: int
    customer: Customer
    sender: str
    pieces: list[DemoPiece]
    needs: str
    decided: dt.date | None = None
    lent: bool = False

    @property
    def new_value_ore(self) -> int:
        """What the pieces would cost new."""
        return sum(piece.kind.new_price_ore for piece in self.pieces)


@dataclass
class Trade:
    """Orders that wait for a decision or for the van, and what has been sold so far."""

    stage: DemoStage
    plan: DemoPlan
    customers: Sequence[Customer]
    shelves: Shelves
    van: Van
    expect_back: Callable[[Sequence[DemoPiece], int, dt.date], None]
    money_ore: int = 0
    pieces: int = 0
    answers: list[Answer] = field(default_factory=list)
    undecided: list[DemoOrder] = field(default_factory=list)
    approved: dict[int, list[DemoOrder]] = field(default_factory=dict)
    undone: dict[int, int] = field(default_factory=dict)
    last_hand_over: tuple[Done, int, int, dt.date] | None = None

    def __post_init__(self) -> None:
        self._weights = list(accumulate(each.weight for each in self.customers))
        self._place = {each.id: number for number, each in enumerate(self.customers)}

    # --- ordering --------------------------------------------------------------------------------

    def order_for(self, day: dt.date) -> None:
        """Send as many orders as the plan wants by today."""
        goal = self.plan.money_ore(day + _LEAD)
        asked = 0
        while self.money_ore < goal and asked < _ASKED:
            customer = self.stage.chance.choices(self.customers, cum_weights=self._weights)[0]
            wishes = self._wishes(customer, day)
            asked = 0 if wishes and self.order(customer, wishes, day) else asked + 1

    def _wishes(self, customer: Customer, day: dt.date) -> list[tuple[CardKey, int]]:
        chance = self.stage.chance
        found = [key for key in self.shelves.some(chance, _SEEN) if self.open_to(customer, key)]
        too_cheap = self._too_cheap(day)

        def rank(key: CardKey) -> float:
            kind = self._kind_of(key)
            dear = kind.new_price_ore if too_cheap else _USUAL_PRICE_ORE**2 / kind.new_price_ore
            fresh = math.exp(-(day - self.shelves.listed[key]).days / _FRESH_DAYS)
            liked = liking(customer.kind, kind.category)
            return dear * chance.uniform(0.5, 1.5) * liked * (1 + 8 * fresh)

        count = chance.choices((1, 2, 3, 4, 5), (12, 25, 30, 22, 11))[0]
        chosen = sorted(found, key=rank, reverse=True)[:count]
        return [(key, self._count(key)) for key in chosen]

    def open_to(self, customer: Customer, key: CardKey) -> list[int]:
        """Ids of the pieces on a card that the institution has use for and has not had before."""
        if not self.shelves.cards.get(key) or not suits(customer.kind, self._kind_of(key).category):
            return []
        return self.shelves.for_institution(key, customer.id)

    def _kind_of(self, key: CardKey) -> DemoArticle:
        return self.shelves.pieces[next(iter(self.shelves.cards[key]))].kind

    def _too_cheap(self, day: dt.date) -> bool:
        """Whether more pieces have gone out than the money planned for them."""
        pieces = self.pieces / (OUT_SHARE * self.stage.units * self.plan.share(day + _LEAD))
        return pieces > self.money_ore / self.plan.money_ore(day + _LEAD)

    def _count(self, key: CardKey) -> int:
        left = len(self.shelves.cards[key])
        kind = self._kind_of(key)
        dearest = _DEAREST_ORE * self.stage.batch_factor / kind.new_price_ore
        most = max(1, min(kind.batch * self.stage.batch_factor, dearest))
        wanted = max(1, round(self.stage.chance.triangular(1, most, most * 0.85)))
        return min(left, wanted, shop_basket.MOST_AT_ONCE)

    def fill_basket(
        self, customer: Customer, login: str, wishes: Iterable[tuple[CardKey, int]]
    ) -> list[DemoPiece]:
        """Put pieces into an institution's basket, by name where others are its own."""
        pieces = []
        for key, count in wishes:
            ids = self.open_to(customer, key)[:count]
            if not ids:
                continue
            exact = None if ids == sorted(self.shelves.cards[key])[: len(ids)] else ids
            held = self.stage.act(login, shop_basket.hold, customer.id, key, len(ids), exact)
            pieces += self.shelves.take(key, held.unit_ids)
        return pieces

    def order(
        self,
        customer: Customer,
        wishes: Iterable[tuple[CardKey, int]],
        day: dt.date,
        sender: str | None = None,
        note: str | None = None,
    ) -> DemoOrder | None:
        """Send an order by the leader or an employee."""
        chance = self.stage.chance
        login = sender or (customer.leader if chance.random() < 0.62 else customer.employee)
        pieces = self.fill_basket(customer, login, wishes)
        if not pieces:
            return None
        self.stage.act(login, shop_basket.set_answer, customer.id, self._answer())
        if note is None:
            note = chance.choice(_NOTES) if chance.random() < 0.12 else ""
        done = self.stage.act(login, orders.send, customer.id, note)
        sent = DemoOrder(done.order_id, customer, login, pieces, done.needs)
        self.money_ore += sent.new_value_ore
        self.pieces += len(pieces)
        if done.state == "awaiting":
            sent.decided = day + dt.timedelta(days=chance.randint(0, 2))
            self.undecided.append(sent)
        else:
            self.approved.setdefault(customer.id, []).append(sent)
        return sent

    def lend(self, customer: Customer, until: dt.date) -> None:
        """Two of the fullest card for some weeks; a loan is no part of what is planned to sell."""
        known = self.shelves.largest(_SEEN)
        key = next((key for key in known if len(self.open_to(customer, key)) > _PLENTY), None)
        if key is None:
            return
        pieces = self.fill_basket(customer, customer.leader, [(key, _LENT)])
        self.stage.act(customer.leader, shop_basket.set_answer, customer.id, Answer.NO)
        self.stage.act(customer.leader, set_loan, customer.id, until)
        done = self.stage.act(customer.leader, orders.send, customer.id, "Til temaugen.")
        sent = DemoOrder(done.order_id, customer, customer.leader, pieces, done.needs, lent=True)
        self.approved.setdefault(customer.id, []).append(sent)

    def furnish(self, customer: Customer, most: int) -> None:
        """So many of the fullest cards for somebody who has got little; no part of the plan."""
        wishes = []
        for key in self.shelves.largest(_ALL):
            count = min(most, len(self.open_to(customer, key)))
            wishes += [(key, count)] * (count > 0)
            most -= count
        pieces = self.fill_basket(customer, customer.leader, wishes)
        if pieces:
            self.stage.act(customer.leader, shop_basket.set_answer, customer.id, Answer.YES)
            done = self.stage.act(customer.leader, orders.send, customer.id, "")
            sent = DemoOrder(done.order_id, customer, customer.leader, pieces, done.needs)
            if done.state == "awaiting":
                self.stage.act(self.decider(sent), orders.approve, sent.order_id)
            self.approved.setdefault(customer.id, []).append(sent)

    def hurry(self, customer: Customer, pace: Pace) -> None:
        """One cheap piece for somebody who pays to have it at once."""
        known = [key for key in self.shelves.largest(_ALL) if self.open_to(customer, key)]
        if not known:
            return
        cheapest = min(known, key=lambda key: (key.price_ore, key.article_id, key.condition))
        pieces = self.fill_basket(customer, customer.leader, [(cheapest, 1)])
        self.stage.act(customer.leader, shop_basket.set_answer, customer.id, Answer.YES)
        done = self.stage.act(customer.leader, orders.send, customer.id, "Haster.", pace=pace)
        sent = DemoOrder(done.order_id, customer, customer.leader, pieces, done.needs)
        self.approved.setdefault(customer.id, []).append(sent)

    def _answer(self) -> Answer:
        if not self.answers:
            self.answers = [answer for answer, count in _ANSWERS for _order in range(count)]
            self.stage.chance.shuffle(self.answers)
        return self.answers.pop()

    # --- deciding --------------------------------------------------------------------------------

    def decide(self, day: dt.date) -> None:
        """Approve, refuse or cancel what has waited long enough."""
        due = [sent for sent in self.undecided if sent.decided and sent.decided <= day]
        self.undecided = [sent for sent in self.undecided if sent not in due]
        for sent in due:
            drawn = self.stage.chance.random()
            if drawn < 0.05:
                why = _WHYS[sent.order_id % len(_WHYS)]
                self.stage.act(sent.sender, orders.cancel, sent.order_id, why=why)
                self._back_on_sale(sent, day)
            elif drawn < 0.1:
                self.refuse(sent, self.stage.chance.choice(_REFUSALS), day)
            else:
                self.stage.act(self.decider(sent), orders.approve, sent.order_id)
                self.approved.setdefault(sent.customer.id, []).append(sent)

    def decider(self, sent: DemoOrder) -> str:
        """Who may decide: the leader up to the limit, the approver above."""
        customer = sent.customer
        return customer.approver if sent.needs == Needs.APPROVER else customer.leader

    def refuse(self, sent: DemoOrder, reason: str, day: dt.date) -> None:
        """Say no; the pieces are on sale again."""
        self.stage.act(self.decider(sent), orders.refuse, sent.order_id, reason)
        self._back_on_sale(sent, day)

    def _back_on_sale(self, sent: DemoOrder, day: dt.date) -> None:
        self.money_ore -= sent.new_value_ore
        self.pieces -= len(sent.pieces)
        self.shelves.add(sent.pieces, day)

    # --- delivering ------------------------------------------------------------------------------

    def deliver(self, day: dt.date) -> None:
        """The van drives on two days a week, to half of the institutions each time."""
        if day.isoweekday() not in DRIVING_DAYS:
            return
        turn = DRIVING_DAYS.index(day.isoweekday())
        going = [key for key in sorted(self.approved) if self._place[key] % 2 == turn]
        again = [key for key in sorted(self.undone) if self._place[key] % 2 == turn]
        if going or again or self.van.awaited:
            self.van.drive(day, sorted({*going, *again}))
        if going:
            self.pick(going)
            made = self.stage.act("lager2", deliveries.prepare_notes)
            for key, note in zip(going, made.delivery_ids, strict=True):
                self._hand_over(key, note, day)
        for key in again:
            self.stage.act("lager2", deliveries.hand_over, delivery_id=self.undone.pop(key))

    def pick(self, institution_ids: Sequence[int]) -> None:
        """Fetch all that these institutions wait for, in one round of the hall."""
        context = self.stage.context("lager2")
        lines: list[int] = []
        for key in institution_ids:
            lines += deliveries.line_ids(context, key, picked=False)
        self.stage.act("lager2", deliveries.pick, lines)

    def _hand_over(self, institution_id: int, note: int, day: dt.date) -> None:
        who = _RECEIVERS[note // 2 % len(_RECEIVERS)] if note % 2 else ""
        done = self.stage.act("lager2", deliveries.hand_over, delivery_id=note, received_by=who)
        self.last_hand_over = done, institution_id, note, day
        sold = [sent for sent in self.approved.pop(institution_id) if not sent.lent]
        for sent in sold:
            self.expect_back(sent.pieces, institution_id, day)

    def undo_last_hand_over(self, day: dt.date) -> None:
        """The wrong entrance: the van brings it again next week.

        Nothing of it may have come back meanwhile, as of an older one in a small example.
        """
        if self.last_hand_over is None or day - self.last_hand_over[-1] > _NOTICED:
            return
        done, institution_id, note, _day = self.last_hand_over
        self.last_hand_over = None
        self.stage.undo("lager", done)
        self.undone[institution_id] = note
