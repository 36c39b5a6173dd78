"""What the page of runs says of runs, stops and what waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from moebelcirkel.domain.days import DAY_NAMES, WEEKDAYS
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.runs import Errand, RunState, too_full
from moebelcirkel.language import (
    _,
    co2,
    current_language,
    decimal,
    kroner,
    ngettext,
    number,
    percent,
)
from moebelcirkel.services import runs
from moebelcirkel.ui.kit.lists.striped import Striped
from moebelcirkel.ui.parts.order_words import urgently
from moebelcirkel.ui.parts.pickup_words import why_missed

if TYPE_CHECKING:
    from moebelcirkel.services.runs import (
        Halt,
        Planned,
        PlannedWeek,
        RunClosed,
        Stop,
        WaitingDelivery,
    )

#: What waits, in the list: a delivery, a pickup, or what complaints have for the van to do, by the
#: id of the institution or of the pickup.
DELIVERY, PICKUP, ERRANDS = "delivery", "pickup", "errands"
Waiting = tuple[str, int]
#: What the page shows, so that it is read again when any of it has changed.
KINDS = frozenset(
    {
        *("run", "run_stop", "run_line", "run_errand", "vehicle", "shop_order", "order_line"),
        *("pickup", "pickup_line", "complaint", "unit", "institution", "article"),
    }
)


def pieces(count: int) -> str:
    """ "16 møbler"."""
    words = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
    return words.format(count=number(count))


def day_name(day: dt.date) -> str:
    """ "tirsdag 24.11." """
    numbers = f"{day.day}.{day.month}." if current_language() == "da" else f"{day.day}/{day.month}"
    return f"{_(DAY_NAMES[day.isoweekday()])} {numbers}"


def last(day: dt.date) -> str:
    """The day as the last word of a sentence, whose full stop is the day's."""
    return day_name(day).removesuffix(".")


def day_title(day: dt.date) -> str:
    """ "Tirsdag 24.11." """
    name = day_name(day)
    return name[:1].upper() + name[1:]


def coming(today: dt.date) -> dt.date:
    """The day whose week is planned now: at the weekend that is the coming one."""
    return today if today.isoweekday() in WEEKDAYS else today + dt.timedelta(days=2)


def filled(run: Planned) -> float:
    """How full the van is by what there is least room for."""
    return max(run.litres / run.volume_l, run.grams / (run.payload_kg * 1000))


def run_entries(runs: Sequence[Planned]) -> list[Striped]:
    """The runs of the week, each with how full its vehicle is."""
    return [
        Striped(
            run.id,
            day_title(run.driven_on),
            f"{run.vehicle} · {stops(len(run.halts))}",
            progress=_("closed")
            if run.state == RunState.CLOSED
            else _("{share} full").format(share=percent(filled(run))),
            share=filled(run),
            tone="accent" if run.state == RunState.CLOSED else "warning",
            bar="error" if too_full(filled(run)) else "accent",
        )
        for run in runs
    ]


def stops(count: int) -> str:
    """ "3 stop"."""
    return ngettext("{count} stop", "{count} stops", count).format(count=number(count))


def orders(count: int) -> str:
    """ "3 bestillinger samlet"."""
    words = ngettext("{count} order", "{count} orders together", count)
    return words.format(count=number(count))


def stop_entries(run: Planned) -> list[Striped]:
    """The stops in the order they are driven."""
    return [_stop(number_, halt) for number_, halt in enumerate(run.halts, start=1)]


def stop_title(place: int, halt: Halt) -> str:
    """ "2. Hent: Søndervangskolen"."""
    if not halt.fetches:
        return f"{place}. {halt.name}"
    return _("{place}. Fetch: {name}").format(place=place, name=halt.name)


def _stop(place: int, halt: Halt) -> Striped:
    said = [words for part in halt.parts for words in _part(part, beside=not halt.fetches)]
    said += [*errands(halt), *straight(halt)]
    if halt.packaging:
        said.append(_("packaging taken along"))
    return Striped(
        halt.id,
        stop_title(place, halt),
        " · ".join(said),
        " · ".join(notes(halt)),
        tone="warning" if halt.fetches else "accent",
    )


def _part(stop: Stop, *, beside: bool) -> list[str]:
    """What is brought, or what is fetched; ``beside`` what is brought there that is said."""
    if stop.delivers:
        found = _ordered(stop)
    elif beside:
        found = [fetched(stop)]
    else:
        found = [stop.pickup, pieces(stop.load.pieces)]
    if stop.repairs:
        found.append(runs.repair_words(stop.repairs, brought=stop.delivers))
    if not stop.delivers and not stop.waits:
        found.append(_("fetched"))
    return found


def fetched(stop: Stop) -> str:
    """ "hent 40 møbler (A-000031)"."""
    return _("fetch {pieces} ({pickup})").format(
        pieces=pieces(stop.load.pieces), pickup=stop.pickup
    )


def part(stop: Stop) -> str:
    """What is done at a stop, among other things that are done there."""
    found = [*_part(stop, beside=True), *errands(stop)]
    return " · ".join(found) or _("nothing any more")


def _ordered(stop: Stop) -> list[str]:
    """What is brought to the orders of a stop, and how far that is."""
    if not stop.orders:
        return []
    gathered, count = orders(stop.orders), stop.ordered
    parts = [urgently(gathered) if stop.urgent else gathered, pieces(count)]
    left = count - stop.delivered - stop.picked
    if stop.delivered:
        parts.append(_("{count} handed over").format(count=number(stop.delivered)))
    if left:
        parts.append(_("{count} not picked").format(count=number(left)))
    return parts


def errands(stop: Halt | Stop) -> list[str]:
    """What is done for complaints at a stop, and how much of it is seen to."""
    bring = sum(each.way is Errand.BRING for each in stop.errands)
    repair = sum(each.way is Errand.FETCH and each.repair for each in stop.errands)
    back = len(stop.errands) - bring - repair
    found = []
    if bring:
        found.append(runs.repair_words(bring, brought=True))
    if repair:
        found.append(runs.repair_words(repair, brought=False))
    if back:
        words = ngettext("{count} comes back to us", "{count} come back to us", back)
        found.append(words.format(count=number(back)))
    done = len(stop.errands) - len(stop.left)
    if done:
        found.append(_("{count} seen to").format(count=number(done)))
    return found


def straight(halt: Halt) -> list[str]:
    """How many pieces are driven on from there, or come straight from their giver."""
    taken_up = sum(each.load.pieces for each in halt.straight if each.from_stop_id in halt.ids)
    set_down = sum(each.load.pieces for each in halt.straight if each.stop_id in halt.ids)
    found = []
    if taken_up:
        words = ngettext("{count} driven straight on", "{count} driven straight on", taken_up)
        found.append(words.format(count=number(taken_up)))
    if set_down:
        words = ngettext("{count} straight from giver", "{count} straight from givers", set_down)
        found.append(words.format(count=number(set_down)))
    return found


def notes(halt: Halt) -> list[str]:
    """What one has to know before one comes: who must carry, how one gets in, whom to ask for."""
    found = []
    heavy = halt.out.heavy + halt.taken.heavy
    if heavy:
        words = ngettext("{count} carried by two", "{count} carried by two", heavy)
        found.append(words.format(count=number(heavy)))
    if halt.access in (Access.STAIRS, Access.LIFT):
        found.append(_(Access(halt.access).label))
    found += filter(None, (halt.building, halt.contact))
    return found


def notes_of(run: Planned) -> str:
    """What it cost when it is closed; before that what to know, and that figures may change."""
    missed = [
        _("not done: {name} ({why})").format(name=each.name, why=why_missed(each))
        for each in run.missed
    ]
    if run.state != RunState.CLOSED or run.km is None:
        handed = any(stop.delivered for stop in run.stops)
        more = _("transport is provisional until the run is closed") if handed else ""
        return " · ".join(filter(None, (summed(run), more, *missed)))
    cost = _("Driven {km} km · {money} · {mass} CO₂e").format(
        km=decimal(run.km), money=kroner(run.cost_ore or 0, exact=True), mass=co2(run.co2e_g or 0)
    )
    return " · ".join(filter(None, (cost, packaging(run.packaging), *missed)))


def packaging(count: int) -> str:
    """ "emballage med fra 2 stop"."""
    words = ngettext("packaging from {count} stop", "packaging from {count} stops", count)
    return words.format(count=number(count)) if count else ""


def closed(done: RunClosed) -> str:
    """What a run that was closed now came to."""
    return _("Run {number} is closed: {money} and {mass} on {pieces}.").format(
        number=done.number,
        money=kroner(done.cost_ore, exact=True),
        mass=co2(done.co2e_g),
        pieces=pieces(done.pieces),
    )


def summed(run: Planned) -> str:
    """The notes of all stops together."""
    found = []
    heavy = run.load.heavy
    if heavy:
        words = ngettext("{count} carried by two", "{count} carried by two", heavy)
        found.append(words.format(count=number(heavy)))
    stairs = sum(halt.access == Access.STAIRS for halt in run.halts)
    if stairs:
        words = ngettext("stairs at {count} stop", "stairs at {count} stops", stairs)
        found.append(words.format(count=number(stairs)))
    unmeasured = run.load.unmeasured
    if unmeasured:
        words = ngettext("{count} without measures", "{count} without measures", unmeasured)
        found.append(words.format(count=number(unmeasured)))
    return " · ".join(found)


def stops_with(run: Planned | None, label: str) -> list[int]:
    """Where on a run a piece is to be seen to."""
    halts = run.halts if run is not None else ()
    return [at for at, halt in enumerate(halts) if label in {each.unit for each in halt.left}]


def doubt(week: PlannedWeek | None, run: Planned, key: object) -> tuple[str, str, str] | None:
    """What to ask before a delivery is put on a run that it need not ride on: title, why, verb."""
    row = _waits(week, key)
    if week is None or row is None or row.urgent_by is not None:
        return None
    others = (each for each in week.runs if each.id != run.id)
    for other in others:
        if any(stop.institution_id == row.institution_id for stop in other.stops):
            why = _("{run} goes there on {day} already, and takes along what waits.")
            said = why.format(run=other.number, day=day_name(other.driven_on))
            return _("Drive there twice in one week?"), said, _("Drive there twice")
    on = row.other_day(run.driven_on)
    if on is None:
        return None
    why = _("{name} takes its next delivery on {day}.")
    return _("Drive there all the same?"), why.format(name=row.name, day=last(on)), _("Drive")


def _waits(week: PlannedWeek | None, key: object) -> WaitingDelivery | None:
    """The delivery that is chosen among what waits."""
    found = week.deliveries if week else ()
    return next((row for row in found if (DELIVERY, row.institution_id) == key), None)


def _chosen(week: PlannedWeek | None, key: object) -> WaitingDelivery | None:
    """The same where something in it is urgent."""
    row = _waits(week, key)
    return row if row is not None and row.urgent_by is not None else None


def ride(week: PlannedWeek | None, key: object) -> int | None:
    """The run of the week that can take what is urgent in time."""
    row = _chosen(week, key)
    ride_ = row.ride.id if row is not None and row.ride is not None else None
    return ride_ if week is not None and ride_ in [run.id for run in week.runs] else None


def day_of_own_run(week: PlannedWeek | None, key: object) -> dt.date | None:
    """The day for a run of its own, where what is urgent comes with no other in time."""
    row = _chosen(week, key)
    if row is None or row.urgent_by is None or row.ride is not None:
        return None
    return min(row.on, row.urgent_by)


def cubic(litres: int) -> str:
    """Litres as m³ with one decimal."""
    return f"{decimal(Decimal(litres) / 1000, 1)} m³"


def _coming(row: WaitingDelivery) -> str:
    """By when it was promised; where that is not or cannot be, when it can be there."""
    day = day_name(row.on)
    if row.urgent_by is not None:
        by = f"{row.urgent_by.day}.{row.urgent_by.month}."
        if row.ride is None:
            return _("by {day} on a run of its own").format(day=by)
        return _("by {day}, with {run}").format(day=by, run=row.ride.number)
    if row.promised_on is None:
        return _("can come {day}").format(day=day)
    promised = day_name(row.promised_on)
    if row.on <= row.promised_on:
        return _("promised by {promised}").format(promised=promised)
    return _("{day}, promised by {promised}").format(promised=promised, day=day)


def _tone(row: WaitingDelivery) -> str:
    late = row.promised_on is not None and row.promised_on < row.on
    return "error" if late or row.urgent_by is not None else "accent"


def waiting_entries(week: PlannedWeek) -> list[Striped]:
    """Deliveries by institution, then pickups."""
    deliveries = [
        Striped(
            (DELIVERY, row.institution_id),
            row.name,
            urgently(pieces(row.pieces))
            if row.urgent_by
            else f"{orders(row.orders)} · {pieces(row.pieces)}",
            _coming(row),
            tone=_tone(row),
        )
        for row in week.deliveries
    ]
    pickups = [
        Striped(
            (PICKUP, row.id),
            _("Fetch: {name}").format(name=row.name),
            f"{row.number} · {pieces(row.pieces)}",
            _("planned for {day}").format(day=day_name(row.planned_on)) if row.planned_on else "",
            tone="warning",
        )
        for row in week.pickups
    ]
    complaints = [
        Striped(
            (ERRANDS, row.institution_id),
            _("Complaints: {name}").format(name=row.name),
            " · ".join(filter(None, (_to_fetch(row.fetch), _to_bring(row.bring)))),
            tone="warning",
        )
        for row in week.errands
    ]
    return [*deliveries, *complaints, *pickups]


def _to_fetch(count: int) -> str:
    words = ngettext("{count} to be fetched", "{count} to be fetched", count)
    return words.format(count=number(count)) if count else ""


def _to_bring(count: int) -> str:
    return runs.repair_words(count, brought=True) if count else ""
