"""The van of the example: what is delivered rides on runs, and what was complained of with it."""

import datetime as dt
import random
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from moebelcirkel.demo.logins import ADMIN
from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import complaints, deliveries, orders, receipts, runs
from moebelcirkel.services.context import Context
from moebelcirkel.services.receipts import ReceiptDetail

#: From the hall to the first stop and home, and what each stop adds.
_OUT_KM, _STOP_KM = 14, (2, 7)
DRIVER = "Chauffør"
_WRONG = "Håndtaget er knækket, da vi stillede stolen op."


class Van:
    """One vehicle. A run is open until the next one goes: then the driver has told its kilometres.

    It has dice of its own, so that what drives changes nothing of what is ordered.
    """

    def __init__(self, stage: DemoStage) -> None:
        self.stage = stage
        self.dice = random.Random(stage.first_day.toordinal())
        self.vehicle = stage.act(ADMIN, runs.save_vehicle, runs.VehicleForm("Kassevogn")).id
        self.awaited = False
        self._complained = False
        self._out: int | None = None

    def drive(self, day: dt.date, institution_ids: Iterable[int]) -> None:
        """Put what waits there on a run of the day, and on the same run what was complained of."""
        self.come_home()
        form = runs.RunForm(day, self.vehicle, DRIVER)
        run = self._out = self.stage.act("lager2", runs.create, form).run_id
        for key in institution_ids:
            self.stage.act("lager2", runs.add_delivery, run, key)
        self.awaited = False
        context = self.stage.context("lager2")  # counted also where nothing can wait
        for waiting in runs.planned_week(context, day).errands if self._complained else ():
            self.stage.act("lager2", runs.add_errands, run, waiting.institution_id)

    def come_home(self) -> None:
        """Close the run that is out, at the kilometres it really drove."""
        if self._out is None:
            return
        run, self._out = self._out, None
        stops = []
        for stop in runs.one(self.stage.context("lager2"), run).stops:
            if stop.delivered < stop.ordered or not (stop.ordered or stop.errands):
                self.stage.act("lager2", runs.remove, stop.id)
                continue
            stops.append(stop)
            if stop.left:
                done = [errand.id for errand in stop.left]
                self.stage.act("lager2", runs.see_to, stop.id, done)
        if not stops:
            self.stage.act("lager2", runs.cancel, run)
            return
        driven = sum(self.dice.uniform(*_STOP_KM) for _stop in stops)
        km = Decimal(_OUT_KM) + round(Decimal(driven), 1)
        packaging = [stop.id for stop in stops if self.dice.random() < 0.3]
        self.stage.act("lager2", runs.close, run, km, packaging=packaging)

    def fetch_back(self, customers: Sequence[Customer], spared: Collection[str]) -> None:
        """One piece that came of late is complained of, and is to be fetched and repaired."""
        for customer in customers:
            own = self.stage.context(customer.leader)
            for row in receipts.listed(own, limit=3).rows:
                found = receipts.detail(own, row.id)
                line = line_there(self.stage.context("lager"), customer.id, found, spared)
                if found.may_complain and line is not None:
                    said = self.stage.act(
                        customer.leader, complaints.report, row.id, [line], _WRONG
                    )
                    self.stage.act("lager", complaints.send_to_repair, said.ids[0], fetch=True)
                    self.awaited = self._complained = True
                    return


def line_there(
    hall: Context, institution_id: int, found: ReceiptDetail, spared: Collection[str] = ()
) -> int | None:
    """The line of a piece on a delivery that was bought there and stands there still."""
    for piece in found.pieces:
        if piece.number in spared or orders.detail(hall, piece.order_id).loan_until is not None:
            continue
        try:
            out = deliveries.returnable(hall, piece.number)
        except Refused:
            continue
        if out.institution_id == institution_id:
            return piece.line_id
    return None
