"""What a task cost is booked once, on the pieces it was done on, whenever each of them leaves."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.lifecycle import GONE, TABLE, Step
from moebelcirkel.domain.prices import labour_ore
from moebelcirkel.services import cases, check, intake, stock, tasks
from moebelcirkel.services.context import Context
from moebelcirkel.services.intake import Batch, Part, Registered
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit, UnitCost
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services.machines import Machine, on_postgresql, on_sqlite
from tests.services.test_parts import apart
from tests.services.undoing import undo
from tests.world import World

Fate = Literal["shelf", "workshop"]


def _received(world: World, count: int, fate: Fate = "shelf") -> Registered:
    place = world.shelf if fate == "shelf" else world.workshop
    batch = Batch(
        parts=(Part("C", count, fate, place),), giver_id=world.home, article_id=world.chair
    )
    return intake.register(world.person("lager"), batch)


def _opened(world: World, count: int) -> tuple[int, list[int]]:
    units = list(_received(world, count).unit_ids)
    return int(cases.send(world.person("bench"), units).case_id), units


def _task(context: Context, name: str) -> int:
    return next(row.id for row in tasks.task_types(context) if row.form.name == name)


def _work(bench: Context, case: int, **more: Any) -> int:
    """A task that is done: 100 minutes and 100.01 kr. of parts do not go up in three."""
    kind = _task(bench, "Ompolstring, sæde")
    values = {"minutes": 100, "parts_ore": 10_001, "done": True} | more
    return int(cases.add_task(bench, case, kind, **values).task_id)


def _booked(world: World) -> dict[int, tuple[Decimal, int, int]]:
    found: dict[int, tuple[Decimal, int, int]] = {}
    for row in trade.rows(world.context, select(UnitCost).order_by(UnitCost.id)):
        minutes, labour, parts = found.get(row.unit_id, (Decimal(0), 0, 0))
        found[row.unit_id] = (minutes + row.minutes, labour + row.labour_ore, parts + row.parts_ore)
    return found


def _late(world: World) -> list[tuple[int, int, int | None, int | None, int | None]]:
    lines = trade.rows(world.context, select(FigureLine).order_by(FigureLine.unit_id))
    return [
        (line.unit_id, line.cash_ore, line.net_g, line.bound_low_g, line.bound_high_g)
        for line in lines
        if line.kind == "late_cost"
    ]


def _clean(world: World) -> None:
    report = check.run(world.person("controller"))
    assert report.ok, [check.text(finding) for finding in report.findings]


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_piece_scrapped_in_an_open_case_costs_what_it_costs_when_the_case_is_finished_first(
    world: World, bench: Context, gone: int
) -> None:
    lager = world.person("lager")
    case, units = _opened(world, 3)
    _work(bench, case)
    _work(bench, case, done=False)
    stock.scrap(lager, [units[gone]], "broken")
    cases.finish(bench, case, "B")
    early, scrapped_early = _booked(world), _late(world)

    case, others = _opened(world, 3)
    _work(bench, case)
    _work(bench, case, done=False)
    cases.finish(bench, case, "B")
    stock.scrap(lager, [others[gone]], "broken")
    assert [early[key] for key in units] == [_booked(world)[key] for key in others]
    assert early[units[0]] == (Decimal("33.3334"), 16_667, 3_334)
    late = _late(world)
    assert [row[1:] for row in late if row[0] == others[gone]] == [scrapped_early[0][1:]]
    assert scrapped_early[0][2:] == (-9_000, -13_300, -3_400)
    _clean(world)


def test_undoing_the_scrapping_takes_the_costs_back_and_shares_them_again(
    world: World, bench: Context
) -> None:
    lager = world.person("lager")
    case, units = _opened(world, 3)
    _work(bench, case)
    scrapped = stock.scrap(lager, units[1:], "broken")
    assert _booked(world)[units[1]] == (Decimal("33.3333"), 16_667, 3_334)
    undo(lager, scrapped)
    assert set(_booked(world).values()) == {(Decimal(0), 0, 0)}
    lines = trade.rows(world.context, select(FigureLine))
    assert sum(line.cash_ore for line in lines) == 0
    cases.finish(bench, case, "B")
    assert [_booked(world)[key][1] for key in units] == [16_667, 16_667, 16_666]
    _clean(world)


def test_a_piece_does_not_come_back_into_a_case_that_was_finished(
    world: World, bench: Context
) -> None:
    lager = world.person("lager")
    case, units = _opened(world, 2)
    scrapped = stock.scrap(lager, units[:1], "broken")
    cases.finish(bench, case, "C")
    with pytest.raises(Refused, match="finished since"):
        undo(lager, scrapped)
    assert trade.state(world.context, units[0]) == "scrapped"


def test_pieces_split_off_do_not_come_back_into_a_case_that_was_finished(
    world: World, bench: Context
) -> None:
    case, units = _opened(world, 2)
    _work(bench, case)
    split = cases.split(bench, case, units[1:])
    cases.finish(bench, case, "B")
    with pytest.raises(Refused, match="finished since"):
        undo(bench, split)
    cases.finish(bench, int(split.new_id), "B")
    _clean(world)


def test_work_that_is_done_is_not_lost_when_what_opened_its_case_is_undone(
    world: World, bench: Context
) -> None:
    units = list(_received(world, 2).unit_ids)
    sent = cases.send(bench, units)
    task = _work(bench, int(sent.case_id))
    with pytest.raises(Refused, match="work on it is done"):
        undo(bench, sent)
    came = _received(world, 1, "workshop")
    unit_id = came.unit_ids[0]
    of_intake = trade.rows(
        world.context, select(CaseUnit.case_id).where(CaseUnit.unit_id == unit_id)
    )[0]
    other = _work(bench, of_intake)
    with pytest.raises(Refused, match="work on it is done"):
        undo(world.person("lager"), came)

    cases.set_task(bench, task, done=False)
    undo(bench, sent)
    cases.remove_task(bench, other)
    undo(world.person("lager"), came)


def test_what_a_scrapped_piece_took_with_it_stays_on_the_task(world: World, bench: Context) -> None:
    case, units = _opened(world, 2)
    done = cases.add_task(bench, case, _task(bench, "Maling"), minutes=60, parts_ore=100, done=True)
    task = int(done.task_id)
    stock.scrap(world.person("lager"), units[:1], "broken")
    for wrong in ({"done": False}, {"minutes": 29}, {"parts_ore": 49}):
        with pytest.raises(Refused, match="booked on a piece that has left"):
            cases.set_task(bench, task, **wrong)
    for call in (lambda: cases.remove_task(bench, task), lambda: undo(bench, done)):
        with pytest.raises(Refused, match="booked on a piece that has left"):
            call()
    cases.set_task(bench, task, minutes=90)
    cases.finish(bench, case, "B")
    assert [_booked(world)[key][0] for key in units] == [30, 60]
    _clean(world)


def test_a_task_that_was_booked_is_not_unticked_by_undo(world: World, bench: Context) -> None:
    case, _units = _opened(world, 1)
    task = _work(bench, case, done=False)
    ticked = cases.set_task(bench, task, done=True)
    cases.finish(bench, case, "B")
    with pytest.raises(Refused, match="finished since"):
        undo(bench, ticked)


def test_every_step_that_takes_a_piece_away_for_good_books_what_was_done_on_it() -> None:
    """Scrapping and taking apart are those there are; the next one must call the same."""
    gone = [step for step, rule_ in TABLE.items() if rule_.to in GONE]
    # What was done on a part is booked with the piece that it is in: test_cases_parts.
    assert gone == [Step.SCRAP, Step.DISMANTLE, Step.FIT]


# --- any order ----------------------------------------------------------------------------------


class Workshop(Machine):
    """One case of pieces and two tasks, scrapped, split, finished and undone in any order."""

    @initialize()
    def open(self) -> None:
        """Five pieces wait on the bench."""
        super().open()
        self.bench, self.lager = self.world.person("bench"), self.world.person("lager")
        _opened(self.world, 5)
        parts = apart(self.world).part_ids
        own = cases.send(self.bench, parts[:1]).case_id
        _work(self.bench, own)
        cases.finish(self.bench, own, "B", place_id=self.world.shelf)

    @rule(number=st.integers(0, 4), minutes=st.integers(0, 40), ore=st.integers(0, 999))
    def work(self, number: int, minutes: int, ore: int) -> None:
        """A task is done."""
        case = self.some(number, Case, Case.state == "assess")
        kind = self.some(number, TaskTypeRow, TaskTypeRow.active.is_(True))
        if case and kind:
            self.attempt(
                self.bench,
                cases.add_task,
                case.id,
                kind.id,
                minutes=minutes,
                parts_ore=ore,
                done=True,
            )

    @rule(number=st.integers(0, 4), minutes=st.integers(0, 40), done=st.booleans())
    def correct(self, number: int, minutes: int, done: bool) -> None:
        """Time is corrected, or the tick is."""
        task = self.some(number, CaseTask, CaseTask.id > 0)
        if task:
            self.attempt(self.bench, cases.set_task, task.id, minutes=minutes, done=done)

    @rule(number=st.integers(0, 4), piece=st.integers(0, 4), part=st.integers(0, 1))
    def use_part(self, number: int, piece: int, part: int) -> None:
        """A task puts one of two spare parts into a piece."""
        task = self.some(number, CaseTask, CaseTask.id > 0)
        found = self.some(part, Unit, Unit.taken_from_id.is_not(None))
        if task and found:
            here = trade.rows(
                self.context, select(CaseUnit).where(CaseUnit.case_id == task.case_id)
            )
            unit_id = here[piece % len(here)].unit_id if here else None
            self.attempt(self.bench, cases.use_part, task.id, found.id, unit_id=unit_id)

    @rule(part=st.integers(0, 1))
    def take_part_out(self, part: int) -> None:
        """It was not used after all."""
        found = self.some(part, Unit, Unit.taken_from_id.is_not(None))
        if found:
            self.attempt(self.bench, cases.take_part_out, found.id)

    @rule(number=st.integers(0, 4))
    def remove(self, number: int) -> None:
        """A task is taken off."""
        task = self.some(number, CaseTask, CaseTask.id > 0)
        if task:
            self.attempt(self.bench, cases.remove_task, task.id)

    @rule(number=st.integers(0, 4), count=st.integers(1, 2))
    def scrap(self, number: int, count: int) -> None:
        """Some pieces turn out to be beyond repair."""
        units = trade.rows(self.context, select(Unit.id).where(Unit.state == "workshop"))
        if units:
            chosen = sorted({units[(number + step) % len(units)] for step in range(count)})
            self.attempt(self.lager, stock.scrap, chosen, "broken")

    @rule(number=st.integers(0, 4))
    def split(self, number: int) -> None:
        """A piece gets a card of its own."""
        row = self.some(number, CaseUnit, CaseUnit.is_open.is_(True))
        if row:
            self.attempt(self.bench, cases.split, row.case_id, [row.unit_id])

    @rule(number=st.integers(0, 4))
    def finish(self, number: int) -> None:
        """A case is finished."""
        case = self.some(number, Case, Case.state == "assess")
        if case:
            self.attempt(self.bench, cases.finish, case.id, "B")

    @invariant()
    def booked_work_is_the_work_that_was_done(self) -> None:
        """What pieces were booked and what is left on open cases is what the tasks come to."""
        if not hasattr(self, "world"):
            return
        with self.context.database.read() as session:
            stages = {case.id: case.state for case in session.scalars(select(Case))}
            rates = {rate.id: rate.rate_ore for rate in session.scalars(select(HourRate))}
            done = session.scalars(select(CaseTask).where(CaseTask.done)).all()
            costs = session.scalars(select(UnitCost)).all()
        for task in done:
            rows = [cost for cost in costs if cost.case_task_id == task.id]
            sums = (
                sum(cost.minutes for cost in rows),
                sum(cost.labour_ore for cost in rows),
                sum(cost.parts_ore for cost in rows),
            )
            total = (
                task.minutes,
                labour_ore(task.minutes, rates[task.hour_rate_id]),
                task.parts_ore,
            )
            if stages[task.case_id] in ("ready", "closed"):
                assert sums == total
            else:
                assert stages[task.case_id] != "void"
                assert all(one <= most for one, most in zip(sums, total, strict=True))
        kept = {task.id for task in done}
        loose = [cost for cost in costs if cost.case_task_id not in kept]
        assert sum(cost.count for cost in loose) == 0
        assert sum(cost.labour_ore + cost.parts_ore for cost in loose) == 0

    def teardown(self) -> None:
        """Every run ends with a whole database."""
        report = check.run(self.world.person("controller")) if hasattr(self, "world") else None
        super().teardown()
        assert report is None or report.ok, report.findings[:3]


def test_no_order_of_scrapping_splitting_finishing_and_undoing_loses_or_doubles_work(
    tmp_path: Path,
) -> None:
    on_sqlite(Workshop, tmp_path, steps=25)


def test_nor_on_postgresql(postgres_cluster: object) -> None:
    on_postgresql(Workshop, postgres_cluster, steps=15)


def test_only_some_pieces_are_made_ready_with_their_share_in_one_change(
    world: World, bench: Context
) -> None:
    tasks.confirm_rates(world.context)
    case, units = _opened(world, 3)
    _work(bench, case)
    with pytest.raises(Refused, match="pieces of this case"):
        cases.finish(bench, case, "B", place_id=world.shelf, only=[999])

    done = cases.finish(bench, case, "B", place_id=world.shelf, only=units[:2])
    assert list(done.unit_ids) == units[:2]
    assert [trade.state(world.context, key) for key in units] == ["ready", "ready", "workshop"]
    assert [piece.unit_id for piece in cases.detail(bench, case).pieces] == units[2:]
    assert sorted(parts for _minutes, _labour, parts in _booked(world).values()) == [3333, 3334]
    assert check.run(world.person("controller")).findings == ()

    undo(bench, done)
    assert [trade.state(world.context, key) for key in units] == ["workshop"] * 3
    assert [piece.unit_id for piece in cases.detail(bench, case).pieces] == units
    cases.finish(bench, case, "B", place_id=world.shelf, only=units)
    assert trade.row(world.context, Case, case).state == "ready"
    assert check.run(world.person("controller")).findings == ()
