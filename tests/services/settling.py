"""What tests of settling do: the finance system's accounts, pieces handed over, two controllers."""

import datetime as dt
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import select

from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.settlement import Legal
from moebelcirkel.services import deliveries, parameters, settlement
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.settlement import Made, SettlementScope
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.settlement import SettlementBatch, SettlementPosting
from tests import trade
from tests.services import shopping
from tests.world import World

ACCOUNTS = {
    "settlement_account_pays": "22901010",
    "settlement_account_gets": "97001010",
    "settlement_bearer_gets": "XG-4300001221-00140",
}
NOVEMBER = SettlementScope(dt.date(2026, 11, 1), dt.date(2026, 11, 20))
INVOICES = SettlementScope(NOVEMBER.start, NOVEMBER.end, Legal.OTHER)


def ready(world: World, *, confirmed: bool = False) -> None:
    """The accounts are set; what was handed over is settled at once, or once it is confirmed."""
    parameters.save(world.person("admin"), {**ACCOUNTS, "settlement_confirmed": confirmed})


def second(world: World) -> Context:
    """Another controller, who may release what the first one made."""
    return shopping.person(world, "kasse", (Role.CONTROLLER, None))


def hand_over(world: World, count: int = 2, **more: object) -> int:
    """An order of so many chairs, handed over now; answers the change."""
    units = trade.put_on_sale(world, count, **more)  # type: ignore[arg-type]
    return hand_over_units(world, units)


def hand_over_units(world: World, units: list[int], institution: int | None = None) -> int:
    """These pieces, ordered and handed over now; answers the change."""
    lager = world.person("lager")
    lines = trade.order(world, units, institution=institution)
    deliveries.pick(lager, lines)
    return deliveries.hand_over(lager, line_ids=lines).change_id or 0


def made(world: World, asked: SettlementScope = NOVEMBER) -> Made:
    """A batch of what waits, by the first controller."""
    return settlement.make(world.person("controller"), asked)


def released(world: World, who: Context, batch_id: int, folder: Path) -> bytes:
    """The batch is released by somebody else; answers the file's bytes."""
    path = folder / f"{batch_id}.csv"
    settlement.save_and_release(who, batch_id, path)
    return path.read_bytes()


def charged_again(context: Context, count: int) -> None:
    """So many charges more, like those there are in turn and of today."""
    own = [column.name for column in Charge.__table__.columns if column.name != "id"]

    def fill(work: Work) -> None:
        there = work.session.scalars(select(Charge).order_by(Charge.id))
        new = {"change_id": work.change_id, "effective_on": work.today, "booked_at": work.now}
        rows = [{**{name: getattr(each, name) for name in own}, **new} for each in there]
        work.bulk_insert(Charge, list(islice(cycle(rows), count)))

    context.write("delivery.hand_over", None, fill)


def charges(world: World) -> list[Charge]:
    """All charges."""
    return trade.rows(world.context, select(Charge).order_by(Charge.id))


def batches(world: World) -> list[SettlementBatch]:
    """All batches."""
    return trade.rows(world.context, select(SettlementBatch).order_by(SettlementBatch.id))


def paid(world: World) -> int:
    """What receivers are debited by all postings there are, less what they are credited."""
    rows = trade.rows(world.context, select(SettlementPosting).where(SettlementPosting.pays))
    return sum(row.amount_ore if row.side == "D" else -row.amount_ore for row in rows)
