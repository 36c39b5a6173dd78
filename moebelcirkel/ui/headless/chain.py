"""One piece through the whole chain, as the people of the example would do it, one by one.

What each step came to is told in a line, so that whoever runs the tour sees the main job done.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import Needs
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.shop import Query
from moebelcirkel.language import _, co2_about, kroner, kroner_about, number
from moebelcirkel.services import (
    articles,
    cases,
    deliveries,
    intake,
    orders,
    places,
    reports,
    shop,
    stock,
    tasks,
    users,
)
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries import picking
from moebelcirkel.services.start import login

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of the example, by role: the first active one with that role and no other."""

    context: Context
    ids: dict[Role, int]

    def context_of(self, role: Role) -> Context:
        """The context of the person with a role."""
        return self.context.as_actor(login.actor_of(self.context, self.ids[role]))


def people(context: Context) -> People:
    """Find one person for each role who can log in."""
    found: dict[Role, int] = {}
    for row in sorted(users.find(context, inactive=False), key=lambda row: row.id):
        roles = {each.role for each in row.roles}
        if len(roles) == 1 and row.has_password:
            found.setdefault(roles.pop(), row.id)
    return People(context, found)


def run(who: People, folder: Path, say: Say) -> Path:
    """Intake, workshop, sale, order, approval, picking, hand-over; returns the report on paper."""
    hall, bench = who.context_of(Role.WAREHOUSE), who.context_of(Role.WORKSHOP)
    employee = who.context_of(Role.EMPLOYEE)
    unit_id, number = _receive(hall)
    say(_("Received and sent to the workshop: {number}").format(number=number))
    _repair(bench, hall, unit_id)
    say(_("Repaired and put on sale."))
    school = shop.institutions(employee)[0].id
    order, order_id, needs = _order(employee, school, number)
    say(_("Ordered: {number}").format(number=order))
    # With the school's other orders of late it may be above what its leader may approve.
    decider = who.context_of(Role.APPROVER if needs == Needs.APPROVER else Role.LEADER)
    orders.approve(decider, order_id)
    say(_("Approved by {name}.").format(name=decider.actor.name))
    amount = _deliver(hall, number, order_id)
    say(_("Picked by scan and handed over: {amount}").format(amount=kroner(amount)))
    return _report(who.context_of(Role.CONTROLLER), folder, say)


def _receive(hall: Context) -> tuple[int, str]:
    """One office chair, worn, straight to the workshop."""
    chair = articles.suggest(hall, "kontorstol")[0]
    bench = next(place for place in places.choices(hall) if place.kind == "workshop")
    batch = intake.Batch(
        parts=(intake.Part("C", 1, "workshop", bench.id),),
        article_id=chair.id,
        giver_id=intake.givers(hall)[0].id,
        acquired_year=hall.today().year - 6,
    )
    made = intake.register(hall, batch)
    return made.unit_ids[0], made.numbers[0]


def _repair(bench: Context, hall: Context, unit_id: int) -> None:
    """Cleaned, good again, and back on a shelf of the hall, in the shop."""
    cards = cases.board(bench).cards.values()
    case = next(card for column in cards for card in column if unit_id in card.unit_ids)
    kind = next(task for task in tasks.task_types(bench) if not task.form.renews)
    cases.add_task(bench, case.id, kind.id, done=True)
    shelf = next(place for place in places.choices(hall) if place.kind == "shelf")
    cases.finish(bench, case.id, "B", place_id=shelf.id)
    stock.put_on_sale(hall, [unit_id])


def _order(employee: Context, school: int, number: str) -> tuple[str, int, str]:
    """An employee takes exactly this chair, answers the question, and sends the order.

    Returns the order's number and id, and whose approval it needs.
    """
    basket = shop.basket(employee, school)
    others = [held.unit_id for line in basket.lines for held in line.held]
    if others:
        shop.release(employee, school, others)
    (card,) = shop.search(employee, Query(text=number), school).cards
    unit_id = next(piece.unit_id for piece in _pieces(employee, card, school, number))
    shop.hold(employee, school, card.key, 1, [unit_id])
    shop.set_answer(employee, school, Answer.YES)
    sent = orders.send(employee, school)
    return sent.number, sent.order_id, sent.needs


def _pieces(employee: Context, card: shop.Card, school: int, number: str) -> list[shop.Piece]:
    """The piece with a number among those of its card."""
    pieces = shop.card(employee, card.key, school).pieces
    return [piece for piece in pieces if piece.number == number]


def _deliver(hall: Context, code: str, order_id: int) -> int:
    """The label is scanned, and the chair handed over; what it cost."""
    line_id = picking.pick_by_scan(hall, code, order_id).line_id
    return deliveries.hand_over(hall, line_ids=[line_id]).amount_ore


def _report(controller: Context, folder: Path, say: Say) -> Path:
    """This year's savings, recorded with its number and written as a PDF."""
    today = controller.today()
    done = reports.record(controller, dt.date(today.year, 1, 1), today)
    paper = reports.paper_of(controller, done.id)
    file = folder / paper.name
    file.write_bytes(paper.data)
    text = _(
        "Report {number}: {pieces} pieces; saved purchases about {money}, before running costs;"
        " avoided about {co2} (estimates)."
    )
    say(
        text.format(
            number=paper.number,
            pieces=number(paper.pieces),
            money=kroner_about(paper.cash_ore),
            co2=co2_about(paper.net_g),
        )
    )
    return file
