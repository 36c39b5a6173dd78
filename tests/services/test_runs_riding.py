"""What rides is what is really there: of a loan what is out, of a repair what its order holds."""

from decimal import Decimal

from moebelcirkel.services import changes, deliveries, loans, pickups, repairs, runs
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.repairs import Repair
from tests import trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import lending, repairing, running
from tests.services.test_runs import sound
from tests.world import World


def measured(world: World) -> None:
    """A chair takes up 250 litres and weighs 30 kg."""

    def write(work: object) -> None:
        chair = work.session.get_one(Article, world.chair)  # type: ignore[attr-defined]
        chair.volume_l, chair.weight_g = 250, 30_000

    world.context.write("article.save", None, write)


def to_fetch(world: World, count: int) -> tuple[int, int, list[int]]:
    """A loan that is reported to be fetched: the loan, the report, its pieces."""
    lager, leader = world.person("lager"), world.person("leader")
    units = lending.lent(world, count)
    (loan,) = loans.listed(leader)
    report = loans.fetch(leader, loan.id).pickup_id
    pickups.accept(lager, report)
    return loan.id, report, units


def back(world: World, unit: int) -> int:
    number = trade.number(world.context, unit)
    done = deliveries.take_back(
        world.person("lager"), [Returned(number, "B")], place_id=world.shelf
    )
    return done.change_id or 0


def test_what_came_back_or_stays_of_a_loan_is_not_fetched(world: World, clock: Clock) -> None:
    lager = world.person("lager")
    measured(world)
    loan, report, (first, second, third, fourth) = to_fetch(world, 4)
    returned = back(world, first)
    (waits,) = runs.planned_week(lager, lager.today()).pickups
    assert waits.pieces == 3
    run = running.run(world, days=1)
    runs.add_pickup(lager, run, report)
    loans.keep(lager, loan, [second])
    planned = runs.one(lager, run)
    (stop,) = planned.stops
    assert (stop.load.pieces, planned.litres, planned.grams) == (2, 500, 60_000)
    changes.undo(lager, returned)
    assert runs.one(lager, run).litres == 750
    back(world, first)
    clock.advance(days=1)
    back(world, third)
    assert runs.one(lager, run).litres == 500  # it came with the van
    text = reading.whole_text(runs.sheet_pdf(lager, run))
    assert "Hent: 2 møbler" in text
    back(world, fourth)
    pickups.close(lager, report)
    runs.close(lager, run, Decimal(10))
    assert runs.one(lager, run).stops[0].load.pieces == 2
    sound(world)


def test_what_its_order_no_longer_holds_is_not_fetched_to_be_repaired(world: World) -> None:
    lager = world.person("lager")
    key = repairing.agreed(world)
    pickup = trade.row(world.context, Repair, key).pickup_id
    run = running.run(world)
    runs.add_pickup(lager, run, pickup)
    (stop,) = runs.one(lager, run).stops
    assert (stop.load.pieces, stop.repairs) == (4, 4)
    repairs.receive(world.person("bench"), key, 3)
    (stop,) = runs.one(lager, run).stops
    assert (stop.load.pieces, stop.repairs, stop.waits) == (3, 3, False)
    assert runs.close(lager, run, Decimal(10)).pieces == 3
    sound(world)
