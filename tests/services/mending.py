"""A repairer outside the house for tests, and furniture of the workshop that is sent there."""

import datetime as dt

from moebelcirkel.domain.repairers import AgreedPrice
from moebelcirkel.services import cases, intake, repairers, stock
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.repairers import RepairerForm
from moebelcirkel.services.stock import SparePart
from tests import trade
from tests.services import repairing
from tests.world import World

NAME, TASK = "Polstrer Hansen", "Ompolstring, sæde"
SINCE = dt.date(2020, 1, 1)


def form(world: World, name: str = NAME, ore: int = 26_800) -> RepairerForm:
    agreed = AgreedPrice(repairing.task(world, TASK), SINCE, ore)
    return RepairerForm(name, "41849983", "Kontoret", prices=(agreed,))


def hansen(world: World, name: str = NAME) -> int:
    return repairers.save(world.person("admin"), form(world, name)).id


def case(world: World, count: int = 3) -> tuple[int, list[int]]:
    """Worn chairs in the workshop."""
    batch = Batch(
        parts=(Part("C", count, "shelf", world.shelf),), giver_id=world.home, article_id=world.chair
    )
    units = list(intake.register(world.person("lager"), batch).unit_ids)
    return int(cases.send(world.person("bench"), units).case_id), units


def sent(world: World, case_id: int, repairer: int, ore: int = 26_800) -> int:
    kind = repairing.task(world, TASK)
    return repairers.send(world.person("bench"), case_id, repairer, kind, ore).id


def facts(world: World) -> dict[str, int]:
    """Two repairers, a case that can be sent, one that is out, one that is back, and one of what a
    school owns; and spare parts.
    """
    known = {"repairer": hansen(world), "idle_repairer": hansen(world, "Snedker Holm")}
    known["home_case"], known["sent_case"], known["back_case"] = (case(world)[0] for _ in range(3))
    known["sent_errand"] = sent(world, known["sent_case"], known["repairer"])
    known["own_case"] = repairing.at_work(world)
    known["back_errand"] = back(world, known["back_case"], known["repairer"])
    return known | parts(world)


def back(world: World, case_id: int, repairer: int) -> int:
    key = sent(world, case_id, repairer)
    repairers.bring_back(world.person("bench"), key)
    return key


def parts(world: World) -> dict[str, int]:
    """Two cases with a task each, a spare part that is free, and one that is used in the second."""
    bench = world.person("bench")
    [worn] = trade.put_on_sale(world, 1, state="received", listed_at=None, condition="D")
    arms = stock.dismantle(
        world.person("lager"), worn, [SparePart("Armlæn", 2, 7_500)], "B", world.shelf
    )
    known = {"part": arms.part_ids[0], "fitted_part": arms.part_ids[1]}
    kind = repairing.task(world, "Skift armlæn / beslag")
    for name in ("part", "fitted"):
        known[f"{name}_case"] = case(world, 1)[0]
        known[f"{name}_task"] = cases.add_task(bench, known[f"{name}_case"], kind).task_id
    cases.use_part(bench, known["fitted_task"], known["fitted_part"])
    return known


def paid(world: World) -> None:
    """A case that a repairer was paid for."""
    key = back(world, case(world)[0], hansen(world))
    repairers.invoice(world.person("bench"), key, "4711", 80_401)
