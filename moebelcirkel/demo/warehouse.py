"""The hall's and the workshop's part of the example: receive, repair, put on sale, scrap."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from moebelcirkel.demo.people import Customer, Hall
from moebelcirkel.demo.plan import DemoPlan
from moebelcirkel.demo.shelves import DemoPiece, Shelves
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.demo.taste import suits
from moebelcirkel.domain.facts import AGES, TOYS, UPHOLSTERED
from moebelcirkel.services import cases, deliveries, intake, stock, tasks
from moebelcirkel.services.tasks import RateRow, TaskRow

_OPENING_SHARE = 0.07
#: What a piece costs new, on average.
_PIECE_ORE = 296_000
#: In the last months more comes in than goes out: an office has moved, and the shop is full.
_MOVING_SHARE, _MOVING_DAYS = 0.09, 150
_MIX = ("A", "B", "B", "B", "C", "C")
#: What is left for the last day, so that it too has something to show.
LAST_DAY = 40
_MOST_IN_A_CASE = 12
#: The workshop takes in nothing new just before the end: the board shows what is prepared there.
_QUIET_DAYS = 21

#: How often pieces go to the workshop by their condition, and how often they come out of it as
#: scrap: it was tried, and it is not worth more.
_REPAIRED = {"A": 0.25, "B": 0.68, "C": 0.86, "D": 0.75}
_IN_VAIN = {"A": 0.0, "B": 0.03, "C": 0.25, "D": 0.85}
#: Of what is not repaired, how often it is scrapped unseen.
_JUNK = {"A": 0.0, "B": 0.0, "C": 0.3, "D": 1.0}
_TRIED = ("broken", "repair_dear")
_UNTRIED = ("unsafe", "hygiene", "unsellable", "broken")

_CLEANING = "Rengøring"
_TRY = "Limning af stel"
_SEAT_TASKS = ("Skift gaspatron", "Skift hjul (5 stk.)", "Rens af betræk", "Limning af stel")
#: What papers say of the fire test of upholstered types, from type to type.
_FIRE_TESTS = (True, None, True, False)
_RENEWING = ("Ompolstring, sæde", "Ompolstring, sæde og ryg")
_TABLE_TASKS = ("Slibning af bordplade", "Lakering / olie", "Limning af stel")
_OTHER_TASKS = ("Lås/nøgle", "Maling", "Limning af stel")
_TABLES = ("desk", "table")
#: Trainees do most of the work, and everybody takes the longer, the more time there is.
_TRAINEES, _STAFF = (4, 2.4), (1, 1.3)
#: Of everything, how much is scrapped; and how many hours the workshop works in the three years.
_SCRAPPED, _HOURS = 0.12, 3_000


@dataclass(slots=True)
class _Repair:
    """A case that will be finished on its day."""

    case_id: int
    pieces: list[DemoPiece]
    due: dt.date


def _toy(kind: DemoArticle, batch: int) -> dict[str, Any]:
    """What was answered of a batch of toys, from batch to batch."""
    if kind.category not in TOYS:
        return {}
    age = list(AGES)[batch % len(AGES)]
    return {"toy_age": age, "toy_complete": batch % 5 > 0, "toy_cleaned": batch % 3 > 0}


@dataclass
class Warehouse:
    """Everything that has been registered and is not on sale yet."""

    stage: DemoStage
    plan: DemoPlan
    hall: Hall
    kinds: Sequence[DemoArticle]
    customers: Sequence[Customer]
    shelves: Shelves
    registered: int = 0
    worth_ore: int = 0
    coming: tuple[DemoArticle, int] | None = None
    announced: tuple[Customer, intake.ReportOrigin] | None = None
    """Who has reported what comes next."""
    waiting: list[DemoPiece] = field(default_factory=list)
    junk: dict[str, list[DemoPiece]] = field(default_factory=dict)
    repairs: list[_Repair] = field(default_factory=list)
    returning: dict[dt.date, dict[int, list[DemoPiece]]] = field(default_factory=dict)
    scrapped: int = 0
    minutes: int = 0
    _tasks: list[TaskRow] = field(default_factory=list)
    _rates: list[RateRow] = field(default_factory=list)
    _givers: dict[str, tuple[list[Customer], list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        context = self.stage.context("vaerksted")
        self._tasks, self._rates = tasks.task_types(context), tasks.hour_rates(context)
        # A batch of many is as rare as it is large.
        self._weights = list(accumulate(kind.share / kind.batch for kind in self.kinds))

    # --- receiving -------------------------------------------------------------------------------

    def receive(self, day: dt.date) -> None:
        """Take in what comes today, in batches of alike pieces."""
        last = max(0, self.stage.units - LAST_DAY)
        moved_out = 1 - (self.stage.today - day).days / _MOVING_DAYS
        late = _MOVING_SHARE * min(1.0, max(0.0, moved_out * 1.03))
        usual = (1 - _OPENING_SHARE - _MOVING_SHARE) * min(1.0, self.plan.share(day) * 1.01)
        goal = min(last, math.ceil(last * (_OPENING_SHARE + usual + late)))
        while self.registered < goal:
            # What is on its way comes when there is room for it, or only small batches ever would.
            kind, size = self.coming = self.coming or self._arrival()
            if self.registered + size / 2 > goal and goal < last:
                break
            self.coming = None
            self._batch(kind, min(size, last - self.registered), day)

    def _arrival(self) -> tuple[DemoArticle, int]:
        """What comes next: of two that may, the one that keeps the house as dear as it is."""
        chance = self.stage.chance
        too_cheap = self.worth_ore < _PIECE_ORE * self.registered
        pair = chance.choices(self.kinds, cum_weights=self._weights, k=2)
        kind = (max if too_cheap else min)(pair, key=lambda kind: kind.new_price_ore)
        spread = kind.batch * self.stage.batch_factor
        return kind, max(1, round(spread * chance.uniform(0.6, 1.7)))

    def _batch(self, kind: DemoArticle, size: int, day: dt.date) -> None:
        chance = self.stage.chance
        parts = self._parts(size)
        giver, origin = self._giver(kind), None
        if self.announced is not None:
            (giver, origin), self.announced = self.announced, None
        batch = intake.Batch(
            parts=parts,
            giver_id=giver.id,
            article_id=kind.id,
            acquired_year=day.year - chance.randint(3, 14),
            fire_tested=_FIRE_TESTS[kind.id % len(_FIRE_TESTS)]
            if kind.category in UPHOLSTERED
            else None,
            origin=origin,
            **_toy(kind, self.registered),
        )
        pieces = self.register(kind, batch)
        start = 0
        groups = []
        for part in parts:
            groups.append((part.destination, part.condition, pieces[start : start + part.count]))
            start += part.count
        self._store(groups, day)

    def _giver(self, kind: DemoArticle) -> Customer:
        """Somebody where such furniture stands."""
        if kind.category not in self._givers:
            found = [each for each in self.customers if suits(each.kind, kind.category)]
            weights = list(accumulate(each.weight for each in found))
            self._givers[kind.category] = found, weights
        found, weights = self._givers[kind.category]
        return self.stage.chance.choices(found, cum_weights=weights)[0]

    def register(
        self, kind: DemoArticle, batch: intake.Batch, login: str = "lager2"
    ) -> list[DemoPiece]:
        """Register a batch; its pieces are in the order of its parts."""
        made = self.stage.act(login, intake.register, batch)
        self.registered += len(made.unit_ids)
        self.worth_ore += len(made.unit_ids) * kind.new_price_ore
        letters = [part.condition for part in batch.parts for _piece in range(part.count)]
        giver = frozenset() if batch.giver_id is None else frozenset({batch.giver_id})
        return [
            DemoPiece(unit_id, number, kind, letter, giver)
            for unit_id, number, letter in zip(made.unit_ids, made.numbers, letters, strict=True)
        ]

    def _parts(self, size: int) -> list[intake.Part]:
        chance = self.stage.chance
        first = chance.choice(_MIX)
        counts = {first: size}
        if size >= 4 and chance.random() < 0.45:
            second = {"A": "B", "B": "C", "C": "D"}[first]
            counts[second] = max(1, round(size * chance.uniform(0.15, 0.4)))
            counts[first] = size - counts[second]
        sale = chance.random() < 0.4
        return [
            intake.Part(letter, count, "sale" if sale and letter in "AB" else "shelf", self.shelf())
            for letter, count in counts.items()
        ]

    def shelf(self) -> int:
        """Some shelf of the halls."""
        return self.stage.chance.choice(self.hall.shelves)

    def _store(self, groups: Iterable[tuple[str, str, list[DemoPiece]]], day: dt.date) -> None:
        """Sort alike pieces, by destination and condition: sale, workshop, shelf or skip."""
        chance = self.stage.chance
        worked_on: list[DemoPiece] = []
        for destination, letter, pieces in groups:
            if destination == "sale":
                self.shelves.add(pieces, day)
            elif chance.random() < _REPAIRED[letter]:
                worked_on += pieces
            elif chance.random() < _JUNK[letter]:
                self.throw_out(pieces, _UNTRIED)
            else:
                self.waiting.extend(pieces)
        if worked_on:
            self.repair(worked_on, day)

    def throw_out(self, pieces: list[DemoPiece], reasons: Sequence[str]) -> None:
        """What goes into the skip the next time it is fetched."""
        self.junk.setdefault(self.stage.chance.choice(reasons), []).extend(pieces)
        self.scrapped += len(pieces)

    def mistake(self) -> None:
        """A batch registered by mistake and undone at once; its numbers are never used again."""
        if self.registered + 2 > self.stage.units - LAST_DAY:
            return
        kind = self.kinds[0]
        part = intake.Part("B", 2, "shelf", self.shelf())
        made = self.stage.act(
            "lager", intake.register, intake.Batch(parts=[part], article_id=kind.id)
        )
        self.registered += 2
        self.stage.undo("lager", made)

    # --- the workshop ----------------------------------------------------------------------------

    def repair(self, pieces: list[DemoPiece], day: dt.date, *, renew: bool = False) -> None:
        """Take alike pieces into the workshop, if it still takes something in."""
        if (self.stage.today - day).days < _QUIET_DAYS:
            self.waiting.extend(pieces)
            return
        chance = self.stage.chance
        for start in range(0, len(pieces), _MOST_IN_A_CASE):
            some = pieces[start : start + _MOST_IN_A_CASE]
            opened = self.stage.act(
                "vaerksted2", cases.send, [piece.id for piece in some], self.hall.workshop
            )
            due = day + dt.timedelta(days=chance.randint(2, 9))
            self.repairs.append(_Repair(opened.case_id, some, due))
            for name in self.tasks_for(some[-1], renew=renew or chance.random() < 0.12):
                self.add_task(opened.case_id, name, len(some))

    def tasks_for(self, piece: DemoPiece, *, renew: bool = False) -> list[str]:
        """Cleaning and what else suits the kind; what is worn is looked at before anything."""
        chance = self.stage.chance
        kind = piece.kind
        if piece.condition == "D":
            return [_TRY]
        names: Sequence[str] = _OTHER_TASKS
        if kind.is_seat:
            names = _SEAT_TASKS
        elif any(word in kind.category for word in _TABLES):
            names = _TABLE_TASKS
        found = [chance.choice(names)]
        if chance.random() < 0.5:
            found.insert(0, _CLEANING)
        if renew and kind.is_seat:
            found.append(chance.choice(_RENEWING))
        elif renew and names is _TABLE_TASKS:
            found.append("Skift bordplade")
        return found

    def add_task(self, case_id: int, name: str, pieces: int, *, done: bool = True) -> None:
        """Put a task on a case, by trainees or by staff; each takes the time it takes."""
        chance = self.stage.chance
        task = next(row for row in self._tasks if row.form.name.startswith(name))
        who = [_TRAINEES if row.form.rate_ore == 0 else _STAFF for row in self._rates]
        rate, (_weight, pace) = chance.choices(
            list(zip(self._rates, who, strict=True)), [weight for weight, _pace in who]
        )[0]
        behind = self.minutes < 60 * _HOURS * self.stage.size * self.plan.share(self.stage.day)
        pace *= chance.uniform(1, 1.6) if behind else chance.uniform(0.4, 1)
        minutes = round(task.form.minutes * pieces * pace)
        self.minutes += minutes
        self.stage.act(
            "vaerksted2",
            cases.add_task,
            case_id,
            task.id,
            hour_rate_id=rate.id,
            minutes=minutes,
            done=done,
        )

    def finish_repairs(self, day: dt.date) -> None:
        """Finish what is due: ready to be put on sale, or tried in vain."""
        due = [repair for repair in self.repairs if repair.due <= day]
        self.repairs = [repair for repair in self.repairs if repair.due > day]
        for repair in due:
            lost = [piece for piece in repair.pieces if self._in_vain(piece)]
            for piece in repair.pieces:
                piece.condition = "D" if piece in lost else piece.improved()
            letters = {piece.id: piece.condition for piece in repair.pieces}
            self.stage.act(
                "vaerksted2", cases.finish, repair.case_id, letters, place_id=self.shelf()
            )
            self.waiting.extend(piece for piece in repair.pieces if piece not in lost)
            if lost:
                self.throw_out(lost, _TRIED)

    def _in_vain(self, piece: DemoPiece) -> bool:
        """Whether the work is lost; the more seldom, the more has been scrapped already."""
        often = 1.3 if self.scrapped < _SCRAPPED * self.registered else 0.5
        return self.stage.chance.random() < often * _IN_VAIN[piece.condition]

    # --- on sale, scrapped, back -----------------------------------------------------------------

    def put_on_sale(self, day: dt.date) -> None:
        """Everything that waits goes into the shop."""
        if self.waiting:
            ids = [piece.id for piece in self.waiting]
            self.stage.act("lager2", stock.put_on_sale, ids)
            self.shelves.add(self.waiting, day)
            self.waiting = []

    def scrap(self) -> None:
        """What nobody can use any more leaves for good."""
        for reason, pieces in self.junk.items():
            self.stage.act("lager", stock.scrap, [piece.id for piece in pieces], reason)
        self.junk = {}

    def expect_back(self, pieces: Sequence[DemoPiece], customer_id: int, day: dt.date) -> None:
        """Some pieces of an order come back one day: the sooner, the more often they have moved."""
        chance = self.stage.chance
        moved = max(piece.loop for piece in pieces) > 1
        if chance.random() > (0.45 if moved else 0.2):
            return
        due = day + dt.timedelta(days=chance.randint(40, 300 if moved else 620))
        # Returns are driven home every second Monday.
        due += dt.timedelta(days=-due.toordinal() % 14 + 1)
        if due < self.stage.today:
            kind = pieces[0].kind
            alike = [piece for piece in pieces if piece.kind is kind]
            some = alike[: max(1, round(len(alike) * chance.uniform(0.3, 1)))]
            self.returning.setdefault(due, {}).setdefault(customer_id, []).extend(some)

    def expected(self) -> set[str]:
        """The labels of what comes back one day."""
        due = (pieces for by_customer in self.returning.values() for pieces in by_customer.values())
        return {piece.number for pieces in due for piece in pieces}

    def take_back(self, day: dt.date) -> int:
        """Take back what has been expected until today; answers with how many pieces."""
        count = 0
        for due in sorted(each for each in self.returning if each <= day):
            for customer_id, pieces in self.returning.pop(due).items():
                self._take_back(pieces, customer_id, day)
                count += len(pieces)
        return count

    def _take_back(self, pieces: list[DemoPiece], customer_id: int, day: dt.date) -> None:
        for piece in pieces:
            piece.had_by |= {customer_id}
            piece.condition = piece.worn(self.stage.chance)
            piece.loop += 1
        returned = [deliveries.Returned(piece.number, piece.condition) for piece in pieces]
        self.stage.act("lager2", deliveries.take_back, returned, place_id=self.hall.floor)
        kinds: dict[int, list[DemoPiece]] = {}
        for piece in pieces:
            kinds.setdefault(piece.kind.id, []).append(piece)
        for alike in kinds.values():
            if self.stage.chance.random() < 0.5:
                self.repair(alike, day, renew=True)
            else:
                self.waiting.extend(alike)
