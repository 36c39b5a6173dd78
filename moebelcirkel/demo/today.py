"""The last day of the example: what stands on every page when it is opened.

It happens early in the morning, so that nothing lies in the future of whoever opens it that day.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from moebelcirkel.demo import adapting, handing_in, harvesting, leading, picking, repairing, toys
from moebelcirkel.demo.driving import DRIVER, line_there
from moebelcirkel.demo.logins import ADMIN
from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.shelves import DemoPiece
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.demo.trade import DemoOrder, Trade
from moebelcirkel.demo.warehouse import LAST_DAY, Warehouse
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.orders import OrderState, Rating
from moebelcirkel.domain.purchases import Ending
from moebelcirkel.services import (
    cases,
    complaints,
    deliveries,
    institutions,
    intake,
    orders,
    parameters,
    purchases,
    receipts,
    runs,
    stock,
    wants,
)
from moebelcirkel.services.shop import baskets as shop_basket
from moebelcirkel.storage.queries.shop import CardKey

#: A basket is kept for half an hour; those of the example last the day it was made for.
_LONG_HOLD, _USUAL_HOLD = 1_440, 30

#: What came in during the last days for the workshop: kind, condition, count, column.
_BOARD = (
    ("armchair", "C", 1, "assess"),
    ("filing_cabinet_steel", "B", 2, "assess"),
    ("office_task_chair", "C", 3, "waiting"),
    ("desk_sit_stand", "C", 1, "waiting"),
    ("sofa_2_seat", "C", 1, "working"),
    ("bookcase_wood", "C", 2, "working"),
    ("dining_table", "C", 1, "working"),
    ("conference_table", "B", 1, "testing"),
    ("visitor_chair", "B", 2, "ready"),
    ("pedestal", "B", 1, "ready"),
)
#: So many institutions that wait are on the run that is planned.
_GATHERED = 3
#: What a piece in the leader's basket costs: eight of them stay below the limit of 10.000 kroner.
_A_FEW_ORE = (300_00, 1_100_00)
#: What the tour orders twelve of.
_ALIKE, _MANY = "Mødestol med arme, blå", 14
#: So many institutions have a budget ceiling, of whole steps of this with so many left.
_WITH_CEILING, _ROUND_ORE, _ROOM = 3, 1_000_000, 5
#: What leaders mean to buy.
_PLANNED = (
    "12 mødestole\n4 hæve-sænkeborde\n2 reoler\n1 whiteboard",
    "6 kontorstole\n6 skriveborde",
)
#: What they looked for in the shop and did not find, and how often.
_SOUGHT = (
    ("trampolin", 4),
    ("6 kasser legetøj", 3),
    ("garderobebænk bredde 120-140", 3),
    ("lydskærm", 2),
    ("akustikpanel", 2),
    ("høj stol til amning", 1),
)
#: What leaders said of their latest delivery.
_SAID = (
    (Rating.GOOD, "Fine stole, båret helt op."),
    (Rating.FAIR, "Kom om eftermiddagen, ikke om formiddagen."),
    (Rating.GOOD, ""),
    (Rating.BAD, "Den ene bordplade var ridset."),
)
#: What is wrong with a piece that came of late, and the warehouse's answer where there is one.
_WRONG = (
    ("Det vipper, og en skrue sidder løst.", ""),
    ("Ridse i bordpladen.", "Ridsen står i møbelpasset: stand C, og prisen er sat efter det."),
)
#: What is put on sale where the shop would be empty: so many kinds, and of the first so many.
_FEW_KINDS, _A_FEW = 5, 2
#: What arrives this morning: kind, condition, count, to the shelf or to the workshop.
_ARRIVALS: tuple[tuple[str, str, int, intake.Destination], ...] = (
    ("stacking_chair", "B", 4, "shelf"),
    ("care_bed", "D", 1, "workshop"),
)


def happen(stage: DemoStage, warehouse: Warehouse, trade: Trade) -> None:
    """Let the morning pass."""
    morning = _Morning(stage, warehouse, trade)
    stage.move_to(max(trade.plan.days()), 15)
    morning.fill_board()
    morning.fill_card()
    morning.announce()
    stage.move_to(stage.today, 6, 30)
    morning.finish_board()
    morning.wait_for_approval()
    morning.get_ready_to_drive()
    morning.plan_a_run()
    morning.receive()
    morning.fill_baskets()
    morning.say_how_it_went()
    morning.complain()
    morning.set_ceilings()
    morning.plan_purchases()
    morning.search_in_vain()
    picking.order(stage, trade.customers[1:], _ALIKE)
    adapting.order(stage, trade.customers[0], _ALIKE)
    leading.begin(stage, trade.customers[0], morning.offered)


class _Morning:
    """The steps of the last day, each as far as there is furniture for it."""

    def __init__(self, stage: DemoStage, warehouse: Warehouse, trade: Trade) -> None:
        self.stage = stage
        self.warehouse = warehouse
        self.trade = trade
        self.left = stage.units - warehouse.registered
        self.ready: list[int] = []
        self.announced: dict[int, intake.ReportOrigin] = {}
        self.offered: int | None = None

    # --- the workshop's board --------------------------------------------------------------------

    def fill_board(self) -> None:
        """One card after the other, as long as there are pieces left."""
        for number, (category, letter, count, column) in enumerate(_BOARD):
            kind = self._kind(category)
            # Half of what is left is for this morning.
            if kind is None or self.left - count < LAST_DAY - 15:
                continue
            giver = self.warehouse.customers[number * 5 % len(self.warehouse.customers)]
            part = intake.Part(letter, count, "shelf", self.warehouse.shelf())
            pieces = self._register(kind, part, giver)
            case_id = self.stage.act(
                "vaerksted2",
                cases.send,
                [piece.id for piece in pieces],
                self.warehouse.hall.workshop,
            ).case_id
            self._work(case_id, pieces, column)

    def _work(self, case_id: int, pieces: list[DemoPiece], column: str) -> None:
        if column == "assess":
            return
        names = self.warehouse.tasks_for(pieces[0], renew=column == "working")
        for number, name in enumerate(names):
            done = column in ("testing", "ready") or (column == "working" and number > 0)
            self.warehouse.add_task(case_id, name, len(pieces), done=done)
        if column == "ready":
            self.ready.append(case_id)
            return
        self.stage.act("vaerksted2", cases.move, case_id, column)
        if column == "waiting":
            expected = self.stage.today + dt.timedelta(days=3 + case_id % 4)
            self.stage.act(
                "vaerksted2", cases.set_note, case_id, "Bestilt hos leverandøren", expected
            )

    def fill_card(self) -> None:
        """Enough alike chairs for a meeting room, whatever else has been sold."""
        kind = next((kind for kind in self.warehouse.kinds if kind.name == _ALIKE), None)
        if kind is None or self.left <= _MANY + 2:
            return
        part = intake.Part("B", _MANY, "sale", self.warehouse.shelf())
        # They are left alone: nobody of the story orders them.
        self._register(kind, part, self.warehouse.customers[1])

    def finish_board(self) -> None:
        """What is done stands ready to be put on sale."""
        for case_id in self.ready:
            self.stage.act("vaerksted", cases.finish, case_id, "A", place_id=self.warehouse.shelf())

    def _kind(self, category: str) -> DemoArticle | None:
        return next((kind for kind in self.warehouse.kinds if kind.category == category), None)

    def _register(
        self,
        kind: DemoArticle,
        part: intake.Part,
        giver: Customer,
        origin: intake.ReportOrigin | None = None,
    ) -> list[DemoPiece]:
        batch = intake.Batch(
            parts=[part],
            giver_id=giver.id,
            article_id=kind.id,
            acquired_year=self.stage.today.year - 7,
            origin=origin,
        )
        self.left -= part.count
        return self.warehouse.register(kind, batch, "lager")

    # --- orders ----------------------------------------------------------------------------------

    def wait_for_approval(self) -> None:
        """The leader and the approver each find something to decide, and an old no."""
        home = self.trade.customers[0]
        below, above = self._by_price(home)
        self._send(home, "medarbejder", below[:1], 2)
        self._send(home, "medarbejder", below[1:3], 3, "Til personalerummet.")
        self._send(home, "leder", above[:1], 30)
        refused = self._send(home, "medarbejder", below[3:4], 1, "Til mit kontor.")
        if refused is not None:
            self.trade.undecided.remove(refused)
            self.trade.refuse(refused, "Vi har en på loftet, spørg pedellen.", self.stage.today)
        for customer in self.trade.customers[5:8]:
            self._send(customer, customer.employee, self._cards(customer)[:1], 2)

    def say_how_it_went(self) -> None:
        """Some leaders tell of what was delivered to them of late."""
        for customer, (rating, text) in zip(self.trade.customers, _SAID, strict=False):
            context = self.stage.context(customer.leader)
            found = orders.listed(context, states=frozenset({OrderState.DELIVERED}), limit=1)
            for row in found.rows:
                self.stage.act(customer.leader, orders.give_feedback, row.id, rating, text)

    def plan_purchases(self) -> None:
        """What leaders mean to buy; of the first plan one line is answered already."""
        for customer, text in zip(self.trade.customers, _PLANNED, strict=False):
            made = self.stage.act(customer.leader, purchases.keep, customer.id, text)
            if text is _PLANNED[0]:
                lines = purchases.kept(self.stage.context(customer.leader), made.id).plan.lines
                last = lines[-1].kept
                if last is not None:
                    form = purchases.AnswerForm(Ending.NOT_NEEDED.value, last.pieces)
                    self.stage.act(customer.leader, purchases.answer, last.id, form)

    def search_in_vain(self) -> None:
        """What leaders looked for in the last weeks and did not find."""
        customers = self.trade.customers
        for number, (text, times) in enumerate(_SOUGHT):
            for each in range(times):
                customer = customers[(number + each) % len(customers)]
                context = self.stage.context(customer.leader)
                at = context.now() - dt.timedelta(days=number + 9 * each)
                wants.note(replace(context, clock=partial(dt.datetime.astimezone, at)), text)

    def complain(self) -> None:
        """One complaint waits for the warehouse, which made it if it came late; one is refused."""
        hall = self.stage.context("lager")
        for customer, (wrong, answer) in zip(self.trade.customers[1:], _WRONG, strict=False):
            own = self.stage.context(customer.leader)
            found = (receipts.detail(hall, row.id) for row in receipts.listed(own).rows)
            latest = next((each for each in found if each.may_complain), None)
            if latest is None:
                continue
            line = line_there(hall, customer.id, latest)
            if line is None:
                continue
            who = customer.leader if receipts.detail(own, latest.row.id).may_complain else "lager"
            said = self.stage.act(who, complaints.report, latest.row.id, [line], wrong)
            if answer:
                self.stage.act("lager", complaints.refuse, said.ids[0], answer)

    def set_ceilings(self) -> None:
        """Some institutions have a ceiling for the year, with room for what they order next."""
        admin, year = self.stage.context(ADMIN), self.stage.today.year
        for customer in self.trade.customers[:_WITH_CEILING]:
            found = institutions.get(admin, customer.id)
            if found is not None:
                used = sum(
                    row.total_ore
                    for row in orders.listed(self.stage.context(customer.leader), limit=500).rows
                    if row.sent_at.year == year
                )
                most = (used // _ROUND_ORE + _ROOM) * _ROUND_ORE
                form = replace(found.form, ceilings=(Ceiling(year, "", most),))
                self.stage.act(ADMIN, institutions.save, form, customer.id, found.version)

    def _by_price(self, customer: Customer) -> tuple[list[CardKey], list[CardKey]]:
        """Full cards for somebody, cheap ones first; and again by what many of one would cost."""
        size = {key: len(self.trade.open_to(customer, key)) for key in self._cards(customer)}
        cards = list(size)
        cheap = sorted(cards, key=lambda key: (key.price_ore, key.article_id, key.condition))
        dear = sorted(cards, key=lambda key: (-key.price_ore * size[key], key.article_id))
        return cheap, dear

    def _cards(self, customer: Customer) -> list[CardKey]:
        """Full cards that somebody has use for."""
        return [key for key in self.trade.shelves.largest(60) if self.trade.open_to(customer, key)]

    def _send(
        self, customer: Customer, login: str, cards: Sequence[CardKey], most: int, note: str = ""
    ) -> DemoOrder | None:
        wishes = [(key, most) for key in cards]
        return self.trade.order(customer, wishes, self.stage.today, login, note)

    def get_ready_to_drive(self) -> None:
        """Some orders still stand on the shelf, one is picked, one has its delivery note."""
        customers = self.trade.customers
        for number, at in enumerate((1, 2, 3, 27)):
            cards = self._by_price(customers[at])[0][4 + number * 2 : 6 + number * 2]
            self._send(customers[at], customers[at].leader, cards, 3)
        waiting = [key for key, sent in sorted(self.trade.approved.items()) if sent]
        if len(waiting) > 2:
            self.trade.pick(waiting[:2])
            self.stage.act("lager", deliveries.prepare_note, waiting[0])

    def plan_a_run(self) -> None:
        """The van goes on the next working day with some of what waits."""
        lager = self.stage.context("lager")
        day = working_day_after(self.stage.today - dt.timedelta(days=1), 1)
        form = runs.RunForm(day, self.trade.van.vehicle, DRIVER)
        run = self.stage.act("lager", runs.create, form).run_id
        week = runs.planned_week(lager, day)
        for delivery in week.deliveries[:_GATHERED]:
            self.stage.act("lager", runs.add_delivery, run, delivery.institution_id, again=True)
        for pickup in week.pickups[:1]:
            self.stage.act("lager", runs.add_pickup, run, pickup.id)

    # --- what is handed in -----------------------------------------------------------------------

    def announce(self) -> None:
        """What arrives in the morning was reported the day before, as far as there is room."""
        givers, left = self.warehouse.customers, self.left
        coming = {}
        for number, (category, letter, count, _destination) in enumerate(_ARRIVALS):
            kind = self._kind(category)
            if kind is not None and count < left:
                left -= count
                coming[number] = (kind, letter, count, givers[number + 1])
        origins = handing_in.announce(self.stage, givers, list(coming.values()))
        self.announced = dict(zip(coming, origins, strict=True))
        self.offered = leading.report(self.stage, givers, self._kind, left)
        offered = leading.PIECES if self.offered else 0
        chair = self._kind(repairing.CHAIR) if left - offered > repairing.PIECES else None
        self.left -= offered + repairing.ask(self.stage, givers, chair)

    # --- the van and the baskets -----------------------------------------------------------------

    def receive(self) -> None:
        """Givers' furniture arrives; what is left of the count stands on the shelf."""
        self.stage.move_to(self.stage.today, 7, 10)
        givers = self.warehouse.customers
        for number, (category, letter, count, destination) in enumerate(_ARRIVALS):
            kind = self._kind(category)
            if kind is not None and count < self.left:
                place = self.warehouse.shelf() if destination == "shelf" else None
                part = intake.Part(letter, count, destination, place)
                origin = self.announced.get(number)
                self._register(kind, part, givers[number + 1], origin)
        self.left -= toys.come(self.stage, givers, self.warehouse.hall.shelves[0], self.left)
        self._fill_shop()
        self._harvest()
        if self.left > 0:
            part = intake.Part("B", self.left, "shelf", self.warehouse.shelf())
            self._register(self.warehouse.kinds[0], part, givers[0])
        for key in self.trade.shelves.largest(12)[11:]:
            ids = sorted(self.trade.shelves.cards[key])[:1]
            self.trade.shelves.take(key, ids)
            self.stage.act("lager", stock.take_off_sale, ids)

    def _harvest(self) -> None:
        """A worn chair comes for its parts, where there is room for them."""
        kind, shelf = self._kind(harvesting.CHAIR), self.warehouse.hall.shelves[0]
        if kind is not None and self.left > harvesting.PIECES:
            part = intake.Part("D", 1, "shelf", shelf)
            [chair] = self._register(kind, part, self.warehouse.customers[0])
            self.left -= harvesting.take_apart(self.stage, chair.id, shelf)

    def _fill_shop(self) -> None:
        """In a small example all is ordered by now: some of what is left goes on sale instead."""
        if sum(bool(ids) for ids in self.trade.shelves.cards.values()) >= _FEW_KINDS:
            return
        for number, kind in enumerate(self.warehouse.kinds[:_FEW_KINDS]):
            count = min(_A_FEW + number, self.left)
            if count > 0:
                part = intake.Part("AB"[number % 2], count, "sale", self.warehouse.shelf())
                self._register(kind, part, self.warehouse.customers[number])

    def fill_baskets(self) -> None:
        """Two institutions have put something aside and not sent it yet."""
        self.stage.act(ADMIN, parameters.save, {"hold_minutes": _LONG_HOLD})
        home, other = self.trade.customers[0], self.trade.customers[42]
        cards = self._cards(home)
        if len(cards) >= 6:
            self.trade.fill_basket(home, "leder", self._below(cards))
            self.stage.act("leder", shop_basket.set_answer, home.id, Answer.YES)
            self.trade.fill_basket(other, other.leader, [(self._cards(other)[3], 4)])
        self.stage.act(ADMIN, parameters.save, {"hold_minutes": _USUAL_HOLD})

    def _below(self, cards: Sequence[CardKey]) -> list[tuple[CardKey, int]]:
        """A few of two kinds, for less than the leader may order without asking anybody."""
        fitting = [key for key in cards if _A_FEW_ORE[0] <= key.price_ore <= _A_FEW_ORE[1]]
        return list(zip(fitting, (6, 2), strict=False))
