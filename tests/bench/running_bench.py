"""A full van planned: many stops and pieces on one run, on the large example."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.services import articles, intake, places, runs
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from tests.answers import Made
from tests.bench.services_bench import person
from tests.bench.table import Table, median, seconds

_STOPS, _AT_EACH = 60, 10


def planned(table: Table, engine: str, written: Context) -> None:
    """What waits is put on a run stop by stop, the week is read, and the driver's sheet drawn."""
    lager = written.as_actor(person(written, "lager"))
    admin = written.as_actor(person(written, "admin"))
    van = runs.save_vehicle(admin, runs.VehicleForm(f"Bil {engine}")).id
    part = intake.Part("B", _STOPS * _AT_EACH, "sale", places.choices(lager)[0].id)
    article = articles.suggest(lager, "kontorstol")[0].id
    made = intake.register(lager, intake.Batch(parts=[part], article_id=article)).unit_ids
    receivers = written.write("order.send", None, partial(_ordered, unit_ids=made)).ids
    pieces = f"{len(receivers)} stops and {len(receivers) * _AT_EACH} pieces"
    run = runs.create(lager, runs.RunForm(lager.today(), van)).run_id

    def plan() -> None:
        for receiver in receivers:
            runs.add_delivery(lager, run, receiver, again=True)

    table.most(f"{engine}: a run of {pieces} planned", seconds(plan), 1.0)
    week = median(lambda: runs.planned_week(lager, lager.today()), 3)
    table.most(f"{engine}: its week read", week, 1.0)
    table.most(f"{engine}: its driver's sheet", median(lambda: runs.sheet_pdf(lager, run), 3), 1.0)


def _ordered(work: Work, unit_ids: Sequence[int]) -> Made:
    """An approved order of some of the pieces for each of so many institutions; whose they are."""
    givers = select(Institution.id).where(Institution.active).order_by(Institution.id)
    receivers = tuple(work.session.scalars(givers.limit(_STOPS)))
    units = iter(work.rows(Unit, unit_ids))
    for receiver in receivers:
        order = Order(
            number=f"B-{work.next_number('order'):05d}",
            state=OrderState.APPROVED,
            answer=Answer.YES,
            institution_id=receiver,
            sent_at=work.now,
            orderer_id=work.actor_id or 1,
            total_ore=0,
        )
        work.session.add(order)
        work.session.flush()
        for _each in range(_AT_EACH):
            unit = next(units)
            unit.state = State.ORDERED
            order.total_ore += unit.price_ore or 0
            work.session.add(
                OrderLine(
                    order_id=order.id,
                    unit_id=unit.id,
                    article_id=unit.article_id,
                    condition=unit.condition,
                    price_ore=unit.price_ore or 0,
                    new_price_ore=0,
                    exact=False,
                    state=LineState.OPEN,
                )
            )
    return Made(ids=receivers)
