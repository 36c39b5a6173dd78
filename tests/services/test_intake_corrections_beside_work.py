"""The condition at intake is corrected beside the work, and not once that is assessed."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import cases, stock, tasks
from moebelcirkel.services.context import Context
from moebelcirkel.services.figures.lines import stored_figures
from moebelcirkel.services.intake import Part
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.intake.corrections import BatchCorrection
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from tests import trade
from tests.services.sound import assert_whole
from tests.services.test_intake_corrections import deliver, received
from tests.services.undoing import assert_undone
from tests.world import World


def test_a_condition_that_the_workshop_has_assessed_since_is_not_that_of_the_intake(
    world: World, lager: Context, bench: Context
) -> None:
    unit = received(world, Part("D", 1, "workshop")).unit_ids[0]
    intake_corrections.correct(lager, unit, BatchCorrection(condition="C"))
    tasks.confirm_rates(world.context)
    kind = trade.rows(world.context, select(TaskTypeRow.id).order_by(TaskTypeRow.id))[0]
    [case] = trade.rows(world.context, select(Case.id))
    cases.add_task(bench, case, kind, done=True)
    cases.finish(bench, case, "A", place_id=world.shelf)
    with pytest.raises(Refused, match="assessed"):
        intake_corrections.correct(lager, unit, BatchCorrection(condition="B"))
    assert_whole(world)


@pytest.mark.parametrize(("registered", "right"), [("D", "B"), ("B", "D")])
def test_the_condition_at_intake_is_corrected_beside_a_done_task_and_the_work_counts_as_before(
    world: World, lager: Context, bench: Context, registered: str, right: str
) -> None:
    """Two pieces in one case, one registered wrongly: after the work their lines are alike."""
    tasks.confirm_rates(world.context)
    parts = (Part(registered, 1, "shelf", world.shelf), Part(right, 1, "shelf", world.shelf))
    wrong, other = received(world, *parts).unit_ids
    kind = trade.rows(world.context, select(TaskTypeRow.id).order_by(TaskTypeRow.id))[0]
    case = int(cases.send(lager, [wrong, other]).case_id)
    cases.add_task(bench, case, kind, minutes=60, done=True)
    correction = BatchCorrection(condition=right)
    assert_undone(lager, lambda: intake_corrections.correct(lager, wrong, correction))
    intake_corrections.correct(lager, wrong, correction)
    why = "mistyped" if right == "B" else None
    corrected = trade.unit(world, wrong)
    assert (corrected.condition, corrected.condition_reason) == (right, why)
    assert_whole(world)

    cases.finish(bench, case, "A", place_id=world.shelf)
    with pytest.raises(Refused, match="assessed"):
        intake_corrections.correct(lager, wrong, BatchCorrection(condition=registered))
    assert trade.unit(world, wrong).price_ore == trade.unit(world, other).price_ore
    for unit in (wrong, other):
        deliver(world, unit)
    ours, theirs = trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))
    assert ours.inputs.pop("condition_reason", "") == (why or "")
    assert ours.inputs == {k: v for k, v in theirs.inputs.items() if k != "condition_reason"}
    assert stored_figures(ours) == stored_figures(theirs)
    assert ours.inputs["refurb_ore"] > 0
    assert_whole(world)


def test_a_corrected_piece_that_is_scrapped_out_of_its_case_books_its_work(
    world: World, lager: Context, bench: Context
) -> None:
    tasks.confirm_rates(world.context)
    [unit] = received(world, Part("D", 1, "workshop")).unit_ids
    kind = trade.rows(world.context, select(TaskTypeRow.id).order_by(TaskTypeRow.id))[0]
    [case] = trade.rows(world.context, select(Case.id))
    cases.add_task(bench, case, kind, minutes=60, done=True)
    intake_corrections.correct(lager, unit, BatchCorrection(condition="B"))
    stock.scrap(lager, [unit], "broken")
    [line] = trade.rows(world.context, select(FigureLine))
    assert (line.kind, line.count) == ("late_cost", 0)
    assert line.cash_ore < 0
    assert_whole(world)
