"""The hall's and the workshop's part of the example: receive, repair, put on sale, scrap."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from moebelcirkel.services import cases, changes, deliveries, intake, stock, tasks
from moebelcirkel.services.demo_people import Customer, Hall
from moebelcirkel.services.demo_plan import Plan
from moebelcirkel.services.demo_shelves import Piece, Shelves
from moebelcirkel.services.demo_stage import Stage
from moebelcirkel.services.demo_stock import Kind

_OPENING_SHARE = 0.05
#: In the last months more comes in than goes out: an office has moved, and the shop is full.
_MOVING_SHARE, _MOVING_DAYS = 0.16, 150
_MIX = ("A", "B", "B", "B", "C", "C")
#: What is left for the last day, so that it too has something to show.
LAST_DAY = 24
_MOST_IN_A_CASE = 12
#: The workshop takes in nothing new just before the end: the board shows what is prepared there.
_QUIET_DAYS = 21

_SEAT_TASKS = ("Skift gaspatron", "Skift hjul (5 stk.)", "Rens af betræk", "Efterspænding")
_RENEWING = ("Ompolstring, sæde", "Ompolstring, sæde og ryg")
_TABLE_TASKS = ("Slibning af bordplade", "Lakering / olie", "Efterspænding", "Limning af stel")
_OTHER_TASKS = ("Rengøring", "Lås/nøgle", "Maling", "Efterspænding")
_TABLES = ("desk", "table")


@dataclass(slots=True)
class _Repair:
    """A case that will be finished on its day."""

    case_id: int
    pieces: list[Piece]
    due: dt.date


@dataclass
class Warehouse:
    """Everything that has been registered and is not on sale yet."""

    stage: Stage
    plan: Plan
    hall: Hall
    kinds: Sequence[Kind]
    customers: Sequence[Customer]
    shelves: Shelves
    registered: int = 0
    coming: tuple[Kind, int] | None = None
    waiting: list[Piece] = field(default_factory=list)
    junk: list[Piece] = field(default_factory=list)
    repairs: list[_Repair] = field(default_factory=list)
    returning: dict[dt.date, dict[int, list[Piece]]] = field(default_factory=dict)
    task_ids: dict[str, int] = field(default_factory=dict)
    rate_ids: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        context = self.stage.context("vaerksted")
        self.task_ids = {row.form.name: row.id for row in tasks.task_types(context)}
        # A batch of many is as rare as it is large.
        self._weights = list(accumulate(kind.share / kind.batch for kind in self.kinds))
        self._givers = list(accumulate(each.weight for each in self.customers))
        self.rate_ids = [row.id for row in tasks.hour_rates(context)]

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

    def _arrival(self) -> tuple[Kind, int]:
        chance = self.stage.chance
        kind = chance.choices(self.kinds, cum_weights=self._weights)[0]
        spread = kind.batch * self.stage.batch_factor
        return kind, max(1, round(spread * chance.uniform(0.4, 1.4)))

    def _batch(self, kind: Kind, size: int, day: dt.date) -> None:
        chance = self.stage.chance
        parts = self._parts(size)
        giver = chance.choices(self.customers, cum_weights=self._givers)[0]
        batch = intake.Batch(
            parts=parts, giver_id=giver.id, article_id=kind.id,
            acquired_year=day.year - chance.randint(3, 14),
        )  # fmt: skip
        pieces = self.register(kind, batch)
        start = 0
        for part in parts:
            self._store(pieces[start : start + part.count], part, day)
            start += part.count

    def register(self, kind: Kind, batch: intake.Batch, login: str = "lager2") -> list[Piece]:
        """Register a batch; its pieces are in the order of its parts."""
        made = self.stage.act(login, intake.register, batch)
        self.registered += len(made["units"])
        letters = [part.condition for part in batch.parts for _piece in range(part.count)]
        return [
            Piece(unit_id, number, kind, letter)
            for unit_id, number, letter in zip(
                made["units"], made["numbers"], letters, strict=True
            )
        ]  # fmt: skip

    def _parts(self, size: int) -> list[intake.Part]:
        chance = self.stage.chance
        first = chance.choice(_MIX)
        counts = {first: size}
        if size >= 4 and chance.random() < 0.45:
            second = {"A": "B", "B": "C", "C": "D"}[first]
            counts[second] = max(1, round(size * chance.uniform(0.15, 0.4)))
            counts[first] = size - counts[second]
        sale = chance.random() < 0.6
        return [
            intake.Part(
                letter, count, "sale" if sale and letter in "AB" else "shelf", self.shelf()
            )
            for letter, count in counts.items()
        ]  # fmt: skip

    def shelf(self) -> int:
        """Some shelf of the halls."""
        return self.stage.chance.choice(self.hall.shelves)

    def _store(self, pieces: list[Piece], part: intake.Part, day: dt.date) -> None:
        chance = self.stage.chance
        if part.destination == "sale":
            self.shelves.add(pieces, day)
        elif part.condition == "D" and chance.random() < 0.3:
            self.junk.extend(pieces)
        elif part.condition in "CD" and chance.random() < (0.85 if part.condition == "D" else 0.22):
            self.repair(pieces, day)
        else:
            self.waiting.extend(pieces)

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
        self.stage.act("lager", changes.undo, made["change"])

    # --- the workshop ----------------------------------------------------------------------------

    def repair(self, pieces: list[Piece], day: dt.date, *, renew: bool = False) -> None:
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
            self.repairs.append(_Repair(opened["case"], some, due))
            for name in self.tasks_for(some[0].kind, renew=renew or chance.random() < 0.12):
                self.add_task(opened["case"], name)

    def tasks_for(self, kind: Kind, *, renew: bool = False) -> list[str]:
        """One or two tasks that suit the kind."""
        chance = self.stage.chance
        names = _OTHER_TASKS
        if kind.is_seat:
            names = _SEAT_TASKS
        elif any(word in kind.category for word in _TABLES):
            names = _TABLE_TASKS
        found = [chance.choice(names)]
        if renew and kind.is_seat:
            found.append(chance.choice(_RENEWING))
        elif renew and names is _TABLE_TASKS:
            found.append("Skift bordplade")
        return found

    def add_task(self, case_id: int, name: str, *, done: bool = True) -> int:
        """Put a task on a case, by staff or by trainees."""
        full = next(known for known in self.task_ids if known.startswith(name))
        made = self.stage.act(
            "vaerksted2", cases.add_task, case_id, self.task_ids[full],
            hour_rate_id=self.stage.chance.choice(self.rate_ids), done=done,
        )  # fmt: skip
        return int(made["task"])

    def finish_repairs(self, day: dt.date) -> None:
        """Finish what is due; the pieces are ready to be put on sale."""
        due = [repair for repair in self.repairs if repair.due <= day]
        self.repairs = [repair for repair in self.repairs if repair.due > day]
        for repair in due:
            letter = repair.pieces[0].improved()
            self.stage.act(
                "vaerksted2", cases.finish, repair.case_id, letter, place_id=self.shelf()
            )
            for piece in repair.pieces:
                piece.condition = letter
            self.waiting.extend(repair.pieces)

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
        if self.junk:
            reason = self.stage.chance.choice(list(stock.SCRAP_REASONS))
            self.stage.act("lager", stock.scrap, [piece.id for piece in self.junk], reason)
            self.junk = []

    def expect_back(self, pieces: Sequence[Piece], customer_id: int, day: dt.date) -> None:
        """Some pieces of an order come back one day: the sooner, the more often they have moved."""
        chance = self.stage.chance
        moved = max(piece.loop for piece in pieces) > 1
        if chance.random() > (0.45 if moved else 0.22):
            return
        due = day + dt.timedelta(days=chance.randint(40, 300 if moved else 620))
        # Returns are driven home every second Monday.
        due += dt.timedelta(days=-due.toordinal() % 14 + 1)
        if due < self.stage.today:
            kind = pieces[0].kind
            alike = [piece for piece in pieces if piece.kind is kind]
            some = alike[: max(1, round(len(alike) * chance.uniform(0.3, 1)))]
            self.returning.setdefault(due, {}).setdefault(customer_id, []).extend(some)

    def take_back(self, day: dt.date) -> int:
        """Take back what has been expected until today; answers with how many pieces."""
        count = 0
        for due in sorted(each for each in self.returning if each <= day):
            for pieces in self.returning.pop(due).values():
                self._take_back(pieces, day)
                count += len(pieces)
        return count

    def _take_back(self, pieces: list[Piece], day: dt.date) -> None:
        for piece in pieces:
            piece.condition = piece.worn(self.stage.chance)
            piece.loop += 1
        returned = [deliveries.Returned(piece.number, piece.condition) for piece in pieces]
        self.stage.act("lager2", deliveries.take_back, returned, place_id=self.hall.floor)
        groups: dict[tuple[int, str], list[Piece]] = {}
        for piece in pieces:
            groups.setdefault((piece.kind.id, piece.condition), []).append(piece)
        for alike in groups.values():
            if self.stage.chance.random() < 0.35:
                self.repair(alike, day, renew=True)
            else:
                self.waiting.extend(alike)
