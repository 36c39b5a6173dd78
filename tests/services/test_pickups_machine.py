"""Any sequence of reporting, correcting, deciding, planning, receiving and undoing adds up."""

from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy import select

from moebelcirkel.domain.pickups import RECEIVING, WITH_PIECES, PickupState
from moebelcirkel.services import check, intake, pickups
from moebelcirkel.services.intake import Batch, Part, ReportOrigin
from moebelcirkel.services.intake import corrections as intake_corrections
from moebelcirkel.services.pickups import Report, ReportedLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPiece
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services.machines import Machine, on_postgresql, on_sqlite


class Fetching(Machine):
    """A leader who reports, and a warehouse that decides and receives."""

    @initialize()
    def open(self) -> None:
        """Nothing is reported yet."""
        super().open()
        self.leader, self.lager = self.world.person("leader"), self.world.person("lager")

    def said(self, counts: list[int], ids: list[int]) -> Report:
        """A report of so many pieces a line; the first lines are those known already."""
        known = [*ids, *[None] * len(counts)]
        return Report(
            institution_id=self.world.school,
            answer="Ja",
            lines=tuple(
                ReportedLine(
                    category_key="desk_fixed", name="Bord", pieces=count, condition="B", id=key
                )
                for count, key in zip(counts, known, strict=False)
            ),
        )

    @rule(counts=st.lists(st.integers(1, 4), min_size=1, max_size=3))
    def report(self, counts: list[int]) -> None:
        """Tell what should go."""
        assert self.attempt(self.leader, pickups.report, self.said(counts, []))

    @rule(number=st.integers(0, 9), counts=st.lists(st.integers(1, 4), min_size=1, max_size=3))
    def correct(self, number: int, counts: list[int]) -> None:
        """Say it better."""
        row = self.some(number, Pickup, Pickup.state != "void")
        if row is not None:
            query = select(PickupLine.id).filter_by(pickup_id=row.id).order_by(PickupLine.id)
            ids = trade.rows(self.context, query)
            self.attempt(self.leader, pickups.correct, row.id, self.said(counts, ids))

    @rule(
        number=st.integers(0, 9),
        what=st.sampled_from(["withdraw", "accept", "ask", "refuse", "plan", "close"]),
    )
    def decide(self, number: int, what: str) -> None:
        """Somebody does something to a report."""
        row = self.some(number, Pickup, Pickup.state != "void")
        if row is None:
            return
        more: tuple[Any, ...] = {
            "ask": ("Hvor?",),
            "refuse": ("Nej",),
            "plan": (self.context.today(),),
        }.get(what, ())
        who = self.leader if what == "withdraw" else self.lager
        self.attempt(who, getattr(pickups, what), row.id, *more)

    @rule(number=st.integers(0, 9), count=st.integers(1, 5), reported=st.booleans())
    def receive(self, number: int, count: int, reported: bool) -> None:
        """Register pieces for a line of a report, or for none of its lines."""
        line = self.some(number, PickupLine, PickupLine.id > 0)
        if line is None:
            return
        batch = Batch(
            article_id=self.world.chair,
            parts=(Part("B", count, "shelf", self.world.shelf),),
            origin=ReportOrigin(line.pickup_id, line.id if reported else None),
        )
        state = trade.row(self.context, Pickup, line.pickup_id).state
        done = self.attempt(self.lager, intake.register, batch)
        assert (done is not None) == (state in RECEIVING)

    @rule(number=st.integers(0, 9))
    def take_out(self, number: int) -> None:
        """One piece was never there."""
        unit = self.some(number, Unit, Unit.state == "received")
        if unit is not None:
            self.attempt(self.lager, intake_corrections.remove, unit.id)

    @invariant()
    def counts_are_those_of_the_pieces(self) -> None:
        """What is said to have come is what is there, and only for what was accepted."""
        with self.context.read() as session:
            units = {unit.id: unit.state for unit in session.scalars(select(Unit))}
            ties = list(session.scalars(select(PickupPiece)))
            reports = list(session.scalars(select(Pickup).where(Pickup.state != "void")))
        there = Counter(tie.pickup_id for tie in ties if units[tie.unit_id] != "void")
        of_lines = Counter(tie.line_id for tie in ties if units[tie.unit_id] != "void")
        for row in reports:
            seen = pickups.detail(self.lager, row.id)
            assert seen.row.received == there[row.id]
            assert sum(fate.pieces for fate in seen.fates) == there[row.id]
            assert {line.id: line.received for line in seen.lines} == {
                line.id: of_lines[line.id] for line in seen.lines
            }
            assert sum(line.received for line in seen.lines) + seen.unreported == there[row.id]
            assert not there[row.id] or PickupState(row.state) in WITH_PIECES

    def teardown(self) -> None:
        """At the end the check has nothing to say."""
        if hasattr(self, "world"):
            found = check.run(self.world.person("controller")).findings
            assert [check.text(each) for each in found] == []
        super().teardown()


def test_reports_and_pieces_add_up_on_sqlite(tmp_path: Path) -> None:
    on_sqlite(Fetching, tmp_path, steps=20)


def test_reports_and_pieces_add_up_on_postgresql(postgres_cluster: Any) -> None:
    on_postgresql(Fetching, postgres_cluster, steps=15)
