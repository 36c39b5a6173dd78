"""A warehouse in the middle of a working day: something for every service to act on."""

import datetime as dt
import hashlib
import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from PIL import Image
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    approvals,
    articles,
    cases,
    changes,
    complaints,
    deliveries,
    ecolabels,
    factors,
    institutions,
    intake,
    orders,
    parameters,
    photos,
    pickups,
    places,
    purchases,
    repairs,
    runs,
    settlement,
    shop,
    stock,
    tasks,
    users,
    wants,
)
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.photos import Picture
from moebelcirkel.services.units import values as unit_values
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.factors import Factor, FactorSet
from moebelcirkel.storage.tables.institutions import CostBearer
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.runs import RunStop
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from tests import postgres, trade
from tests.clock import START, Clock
from tests.services import mending, repairing, running, settling, shopping
from tests.services.reported import offered_at_giver
from tests.world import World, build

#: What the tests' people log in with where they do.
PASSWORD = "Grøn-trappe-42"
#: No other set of factors is in force from that day, so that the draft can be released.
EVE = START.date() - dt.timedelta(days=1)


@dataclass(frozen=True)
class Day(World):
    """A world and what it is in the middle of, by name: mostly ids of rows and of changes."""

    facts: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


def picture(name: str) -> Picture:
    """A small picture of the colour that the name comes to."""
    data = io.BytesIO()
    colour = hashlib.sha256(name.encode()).digest()
    Image.new("RGB", (8, 6), (colour[0], colour[1], colour[2])).save(data, "PNG")
    return photos.prepare(data.getvalue(), name)


def prepare(url: str) -> None:
    """Fill a migrated database with it, and keep beside the databases what is where."""
    database = Database(url)
    day = begin(build(Context(database, SYSTEM, clock=Clock())))
    database.close()
    known = replace(day, context=None)  # type: ignore[arg-type]
    (postgres.meeting() / f"day-{database.engine.dialect.name}").write_bytes(pickle.dumps(known))


class Copies:
    """The same day again and again, each on a fresh copy of the database it was prepared in."""

    def __init__(self, engine_kind: str, make: Callable[[], str], drop: Callable[[str], None]):
        self._make, self._drop = make, drop
        self._name = ""
        self._database: Database | None = None
        self._day: Day = pickle.loads((postgres.meeting() / f"day-{engine_kind}").read_bytes())

    def __call__(self) -> Day:
        """The day on a fresh copy; the one before is gone."""
        self.close()
        self._name = self._make()
        self._database = Database(self._name, durable=False)
        context = Context(self._database, SYSTEM, clock=Clock(START + LATER))
        return replace(self._day, context=context)

    def close(self) -> None:
        """Leave nothing behind."""
        if self._database is not None:
            self._database.close()
            self._drop(self._name)
            self._database = None


LATER = dt.timedelta(minutes=31)


def begin(world: World) -> Day:
    """Let it become noon."""
    facts: dict[str, Any] = {}
    _registers(world, facts)
    everybody = shopping.person(world, "naboleder", (Role.LEADER, None))
    warehouse = shopping.person(world, "lager2", (Role.WAREHOUSE, None))
    worker = shopping.person(world, "homeworker", (Role.EMPLOYEE, world.home))
    people = {**world.people, "naboleder": everybody.actor, "lager2": warehouse.actor}
    people["homeworker"] = worker.actor
    people["system"] = SYSTEM
    day = Day(
        world.context,
        world.school,
        world.home,
        world.shelf,
        world.workshop,
        world.chair,
        people,
        facts,
    )
    _stock(day)
    _workshop(day)
    _orders(day)
    _baskets(day)
    _pickups(day)
    _repairs(day)
    day.facts.update(mending.facts(day))
    _wants(day)
    _purchases(day)
    _runs(day)
    _settling(day)
    return day


def _runs(day: Day) -> None:
    """Two runs without a stop, one with two, and a receiver that waits."""
    lager = day.person("lager")
    day.facts["vehicle"], day.facts["spare_vehicle"] = (
        running.van(day, replace(running.VAN, name=name)) for name in ("Kassevogn", "Trailer")
    )
    bearer = institutions.CostBearerForm("4712", "Konto")
    form = institutions.InstitutionForm("Køreskolen", limit_ore=100_000_000, bearers=(bearer,))
    day.facts["run_receiver"] = receiver = institutions.save(day.person("admin"), form).id
    running.waiting(day, 2, receiver)
    run = runs.RunForm(day.context.today(), day["vehicle"])
    made = runs.create(lager, run)
    day.facts["run"], day.facts["run_made"] = made.run_id, made.change_id
    day.facts["other_run"] = runs.create(lager, run).run_id
    day.facts["full_run"] = full = runs.create(lager, run).run_id
    for count, receiver in enumerate((day.school, day.home), start=1):
        running.waiting(day, count, receiver)
        runs.add_delivery(lager, full, receiver)
    day.facts["driven_run"] = runs.create(lager, run).run_id
    lines = running.waiting(day, 2, day.home)
    runs.add_delivery(lager, day["driven_run"], day.home, again=True)
    deliveries.pick(lager, lines)
    day.facts["driven"] = deliveries.hand_over(lager, line_ids=lines).change_id
    day.facts["picked_run"] = runs.create(lager, run).run_id
    day.facts["run_picked"] = running.waiting(day, 2, day.home)
    runs.add_delivery(lager, day["picked_run"], day.home, again=True)
    deliveries.pick(lager, day["run_picked"])
    day.facts["run_stops"] = trade.rows(
        day.context, select(RunStop.id).where(RunStop.run_id == full).order_by(RunStop.id)
    )
    day.facts["errand_stop"], day.facts["errand"] = running.errand(day, day["vehicle"])
    runs.add_pickup(lager, day["picked_run"], running.accepted(day))
    day.facts["fetch_stop"] = runs.one(lager, day["picked_run"]).stops[-1].id


def _settling(day: Day) -> None:
    """A batch is released, so that the hand-over waits to be taken back or booked."""
    settling.ready(day)
    other = settling.second(day)
    day.people["kasse"] = other.actor
    today = day.context.today()
    asked = settlement.SettlementScope(today.replace(day=1), today)
    first = settlement.make(day.person("controller"), asked)
    settlement.release(other, first.id, first.file_sha256)
    day.facts["released"], day.facts["asked"] = first.id, asked
    settling.hand_over(day, 1)
    waiting = settlement.make(day.person("controller"), asked)
    day.facts["batch"], day.facts["file"] = waiting.id, waiting.file_sha256
    day.facts["batch_made"] = waiting.change_id
    settling.hand_over(day, 1)


def _purchases(day: Day) -> None:
    """A planned purchase of two lines, the second answered."""
    leader = day.person("leader")
    day.facts["plan"] = plan = purchases.keep(leader, day.school, "4 borde\n2 reoler").id
    first, second = purchases.kept(leader, plan).plan.lines
    assert first.kept is not None
    assert second.kept is not None
    day.facts["planned"], day.facts["answered"] = first.kept.id, second.kept.id
    purchases.answer(leader, day["answered"], purchases.AnswerForm("taken", 2))


def _wants(day: Day) -> None:
    """A want of three pieces that has found two."""
    form = wants.WantForm(
        dt.date(2027, 1, 1), Answer.YES, "stol", condition="D", pieces=3, ceiling_ore=700
    )
    day.facts["found"] = trade.put_on_sale(day, 2, condition="D", price_ore=700)
    day.facts["want"] = wants.create(day.person("leader"), day.school, form).id


def _registers(world: World, facts: dict[str, Any]) -> None:
    admin, context = world.person("admin"), world.context
    facts["place"] = places.save(admin, places.PlaceForm("9-01-A")).id
    bearer = institutions.CostBearerForm("4711", "Konto")
    form = institutions.InstitutionForm("Ny Skole", limit_ore=100_000_000, bearers=(bearer,))
    facts["institution"] = institutions.save(admin, form).id
    facts["bearer"] = trade.rows(
        context, select(CostBearer.id).filter_by(institution_id=facts["institution"])
    )[0]
    facts["task_type"] = tasks.save_task(admin, tasks.TaskForm("Polér")).id
    labels = ecolabels.ecolabels(context)
    facts["label"] = next(each.id for each in labels if each.form.name == "PEFC")
    facts["listed"] = articles.get(admin, world.chair).values.name
    facts["own"] = shop.save_own(world.person("leader"), "Mine", facts["listed"]).id
    facts["list"] = shop.save_list(admin, shop.ListForm("Kontor", facts["listed"])).id
    facts["rate"] = tasks.save_rate(admin, tasks.RateForm("Elever")).id
    facts["types"] = trade.rows(context, select(TaskTypeRow.id).order_by(TaskTypeRow.id))
    facts["rates"] = trade.rows(context, select(HourRate.id).order_by(HourRate.id))
    tasks.confirm_rates(admin)
    facts["user"] = users.save(
        admin, users.UserForm("ny", "Ny Leder", grants=frozenset({Grant(Role.LEADER, world.home)}))
    ).id
    facts["second_admin"] = users.save(
        admin, users.UserForm("chef", "Chef", grants=frozenset({Grant(Role.ADMINISTRATOR)}))
    ).id
    once = users.UserForm(
        "once",
        "Ny Kollega",
        grants=frozenset({Grant(Role.CONTROLLER)}),
        password=PASSWORD,
        password_once=True,
    )
    facts["once"] = users.save(admin, once).id
    users.set_password(admin, world.people["leader"].user_id or 0, PASSWORD)
    base = trade.rows(context, select(FactorSet.id))[-1]
    facts["set"] = base
    facts["draft"] = factors.copy(admin, base, "2027.1", EVE).id
    facts["factor"] = trade.rows(
        context, select(Factor.id).where(Factor.set_id == facts["draft"]).order_by(Factor.id)
    )[0]
    facts["desk"] = articles.add(
        world.person("lager"), ArticleValues(name="Bord", category_key="desk_fixed", key="B-1")
    ).id
    photos.add(world.person("lager"), [picture("a"), picture("b")], article_id=facts["desk"])
    bare = articles.add(
        world.person("lager"), ArticleValues(name="Bord uden billede", category_key="desk_fixed")
    )
    facts["bare"], facts["bare_added"] = bare.id, bare.change_id
    facts["photos"] = trade.rows(context, select(Photo.id).order_by(Photo.id))
    facts["setting"] = parameters.save(admin, {"price_step_ore": 500}).change_id


def _stock(day: Day) -> None:
    lager = day.person("lager")

    def receive(count: int, condition: str, to: intake.Destination) -> tuple[int, list[int]]:
        part = intake.Part(condition, count, to, day.shelf)
        batch = intake.Batch(giver_id=day.home, article_id=day.chair, parts=(part,))
        done = intake.register(lager, batch)
        return done.change_id or 0, list(done.unit_ids)

    _change, day.facts["sale"] = receive(24, "B", "sale")
    _change, day.facts["received"] = receive(8, "C", "shelf")
    day.facts["intake"], day.facts["fresh"] = receive(2, "A", "sale")
    day.facts["price"] = trade.unit(day, day["sale"][0]).price_ore
    day.facts["key"] = shop.CardKey(day.chair, "B", day["price"])
    edited = day["received"][0]
    values = unit_values.UnitValues(note="ridset", codes=("KK-1",))
    day.facts["edited"] = edited
    day.facts["edit"] = unit_values.save(lager, edited, values, version=1).change_id
    day.facts["edit_version"] = trade.unit(day, edited).version
    moved = stock.move(lager, day["received"][6:7], day.workshop)
    day.facts["undone"] = changes.undo(lager, moved.change_id or 0).change_id


def _workshop(day: Day) -> None:
    lager, bench = day.person("lager"), day.person("bench")
    for name, pieces in (("case", day["received"][1:4]), ("done_case", day["received"][4:6])):
        day.facts[name] = cases.send(lager, pieces).case_id
        task = cases.add_task(bench, day[name], day["types"][0], parts_ore=5_000, done=True)
        day.facts[f"{name}_task"] = task.task_id
    finished = cases.finish(bench, day["done_case"], "A", place_id=day.shelf)
    day.facts["finish"], day.facts["ready"] = finished.change_id, day["received"][4:6]


def _complained(day: Day) -> None:
    lager = day.person("lager")
    [day.facts["complained"]] = trade.put_on_sale(day, 1, price_ore=50_000)
    lines = trade.order(day, [day["complained"]], institution=day.home)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    delivery = trade.row(day.context, OrderLine, lines[0]).delivery_id
    day.facts["complaint"] = complaints.report(lager, delivery, lines, "Vakler").ids[0]


def _orders(day: Day) -> None:
    lager, sale = day.person("lager"), iter(day["sale"])

    def ordered(count: int, **more: Any) -> list[int]:
        return trade.order(day, [next(sale) for _ in range(count)], **more)

    awaiting = ordered(2, state="awaiting")
    day.facts["awaiting"] = trade.row(day.context, OrderLine, awaiting[0]).order_id
    day.facts["awaiting_lines"] = awaiting
    day.facts["open"] = ordered(2)
    day.facts["order"] = trade.row(day.context, OrderLine, day["open"][0]).order_id
    day.facts["picked"] = ordered(2, institution=day.home)
    day.facts["pick"] = deliveries.pick(lager, day["picked"]).change_id
    day.facts["noted"] = ordered(2)
    deliveries.pick(lager, day["noted"])
    day.facts["note"] = deliveries.prepare_note(lager, day.school, day["noted"]).delivery_ids[0]
    lines = ordered(2, institution=day.home)
    day.facts["out"] = [trade.row(day.context, OrderLine, line).unit_id for line in lines]
    deliveries.pick(lager, lines)
    day.facts["hand_over"] = deliveries.hand_over(lager, line_ids=lines).change_id
    day.facts["handed"] = trade.row(day.context, OrderLine, lines[0]).delivery_id
    approver, deputy = day.people["approver"].user_id or 0, day.people["lager2"].user_id or 0
    day.facts["deputy"] = approvals.choose_for(day.person("admin"), approver, deputy).id
    until = day.context.today() + dt.timedelta(days=60)
    lent = trade.order(day, trade.put_on_sale(day, 1, price_ore=0), loan_until=until)
    day.facts["loan"] = trade.row(day.context, OrderLine, lent[0]).order_id
    day.facts["lent"] = [trade.row(day.context, OrderLine, lent[0]).unit_id]
    deliveries.pick(lager, lent)
    deliveries.hand_over(lager, line_ids=lent)
    _complained(day)
    leader = day.person("leader")
    shop.hold(leader, day.school, day["key"], 1)
    sent = shopping.send(leader, day.school)
    assert sent.state == "approved"
    day.facts["sent"] = sent.change_id
    day.facts["sent_lines"] = trade.rows(
        day.context, select(OrderLine.id).filter_by(order_id=sent.order_id)
    )
    day.facts["free"] = list(sale)[4:]  # what nobody has ordered or holds


def _baskets(day: Day) -> None:
    """The school has held the two fresh pieces for too long, the home holds some of the others."""
    fresh = trade.unit(day, day["fresh"][0])
    key = shop.CardKey(day.chair, "A", fresh.price_ore or 0)
    held = shop.hold(day.person("leader"), day.school, key, 2, day["fresh"])
    day.facts["held"] = held.change_id
    if isinstance(day.context.clock, Clock):
        day.context.clock.moment += LATER
    shop.hold(day.person("naboleder"), day.home, day["key"], 3)
    for login, place in (("leader", day.school), ("naboleder", day.home)):
        shop.set_answer(day.person(login), place, Answer.YES)


def reported(day: World, pieces: int = 12) -> pickups.Report:
    """What the school would have fetched."""
    line = pickups.ReportedLine(
        category_key="desk_fixed", name="Borde", pieces=pieces, condition="B"
    )
    return pickups.Report(institution_id=day.school, lines=(line,), answer="Ja")


def _pickups(day: Day) -> None:
    """One report waits, and one is accepted and has its first pieces."""
    leader, lager = day.person("leader"), day.person("lager")
    day.facts["pickup"] = pickups.report(leader, reported(day)).pickup_id
    key = pickups.report(leader, reported(day)).pickup_id
    day.facts["accepted"], day.facts["accept"] = key, pickups.accept(lager, key).change_id
    day.facts["accepted_line"] = pickups.detail(lager, key).lines[0].id
    day.facts["offered"], day.facts["offered_line"] = offered_at_giver(day)


def _repairs(day: Day) -> None:
    """One has its price, and one is agreed to and waits to be fetched."""
    day.facts["repair"] = repairing.offered(day)
    key = day.facts["agreed"] = repairing.agreed(day)
    found = repairs.detail(day.person("leader"), key).row.listed
    if found.order_state == "awaiting" and found.order_id is not None:
        orders.approve(day.person("approver"), found.order_id)
    day.facts["agreed_order"] = found.order_id
