"""The one table of what is done without a person: its name, how often, and what does it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from moebelcirkel.domain import copies as copy_rules
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.routines import RoutinePace, hours_of, is_due_by_hours
from moebelcirkel.language import zone
from moebelcirkel.services import copies, folders, messages, persons, shop, wants
from moebelcirkel.services.context import Context
from moebelcirkel.services.reports import regular
from moebelcirkel.services.routines import sweeping
from moebelcirkel.storage.queries import routines as queries

Step = Callable[[], object]


@dataclass(frozen=True, slots=True)
class RoutinePlace:
    """Where it is done: ``dumps`` is the folder that dumps of a server go to, if this is one."""

    by: str
    dumps: Path | None = None
    step: Step = lambda: None

    @property
    def is_window(self) -> bool:
        """Whether it is somebody's open window."""
        return self.by.startswith("window")


@dataclass(frozen=True, slots=True)
class RoutineAnswer:
    """What it came to, as an English msgid that ``values`` fill."""

    said: str
    values: Mapping[str, str] = field(default_factory=dict)
    failed: bool = False


def _always(_context: Context, _place: RoutinePlace) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Routine:
    """Something that is done again and again; ``pace`` is how often it is looked whether it is.

    ``applies`` says whether it is of any use on this database, ``asks`` whether there is something
    to do just now. One with a ``lock`` of its own is done also where no claim can be written; one
    of the ``command`` is done by `work` alone, which an open window may start.
    """

    name: str
    title: str
    pace: RoutinePace
    run: Callable[[Context, RoutinePlace], RoutineAnswer | None]
    asks: Callable[[Context, RoutinePlace], bool] = _always
    applies: Callable[[Context], bool] = lambda _context: True
    lock: bool = False
    command: bool = False


# --- copies --------------------------------------------------------------------------------------

_COPIED = N_("A copy was taken and checked.")
_DUMPED = N_("A dump was taken, restored and checked: {name}")
_FLAWED = N_("The dump {name} holds {count} faults. Let an administrator check the database.")


def _copy(context: Context, place: RoutinePlace) -> RoutineAnswer | None:
    copy = copies.take_due(context, place.step, apart=place.is_window)
    if copy is None:
        return None
    copies.remember(context)
    if copy.facts.flawed:
        told = copies.status(context)
        return RoutineAnswer(told.reason, told.values, failed=True)
    return RoutineAnswer(_COPIED)


def _dump(context: Context, place: RoutinePlace) -> RoutineAnswer | None:
    assert place.dumps is not None
    name, flawed = copies.dump_into(context, place.dumps, place.step)
    copies.remember(context, place.dumps)
    if flawed:
        return RoutineAnswer(_FLAWED, {"name": name, "count": str(flawed)}, failed=True)
    return RoutineAnswer(_DUMPED, {"name": name})


def _dump_asked(context: Context, place: RoutinePlace) -> bool:
    """A dump is due each day, by the same rule as a copy."""
    if place.dumps is None:
        return False
    good = str(context.parameter("dump_good_at"))
    last = dt.datetime.fromisoformat(good).astimezone(zone()) if good else None
    return copy_rules.is_due(context.now().astimezone(zone()), last, None, None)


# --- tidying -------------------------------------------------------------------------------------


def _baskets(context: Context, _place: RoutinePlace) -> RoutineAnswer:
    pieces = shop.put_back_forgotten(context).pieces
    return RoutineAnswer(
        N_("Pieces put back from forgotten baskets: {count}"), {"count": str(pieces)}
    )


def _sweep(context: Context, _place: RoutinePlace) -> RoutineAnswer:
    count = sweeping.sweep(context)
    return RoutineAnswer(
        N_("Left-over files and old lines removed: {count}"), {"count": str(count)}
    )


# --- wants ---------------------------------------------------------------------------------------


def _wants(context: Context, _place: RoutinePlace) -> RoutineAnswer:
    pieces = len(wants.serve(context).unit_ids)
    return RoutineAnswer(N_("Pieces held for wants: {count}"), {"count": str(pieces)})


# --- the shop handed out -------------------------------------------------------------------------

_NO_FOLDER = N_("Choose a folder for it first, under Settings → Shop.")
_EXPORTED = N_("The shop was exported: {cards} kinds, {units} pieces and {pictures} pictures")


def _export(context: Context, place: RoutinePlace) -> RoutineAnswer:
    folder = _export_folder(context)
    if folder is None:
        raise Refused(_NO_FOLDER)
    done = shop.export_into(context, folder, lambda _at, _count: place.step())
    told = {"cards": done.cards, "units": done.units, "pictures": done.pictures}
    return RoutineAnswer(_EXPORTED, {name: str(count) for name, count in told.items()})


def _export_asked(context: Context, place: RoutinePlace) -> bool:
    """At its hours; of a shared database not by a window on a PC that does not reach the folder."""
    folder = _export_folder(context)
    if folder is None or not _may_reach(context, place, folder):
        return False
    hours = hours_of(str(context.parameter("export_hours")))
    with context.read() as session:
        run = queries.newest(session).get("shop")
    return is_due_by_hours(hours, run.last if run else None, context.now().astimezone(zone()))


def _may_reach(context: Context, place: RoutinePlace, folder: Path) -> bool:
    """Of a shared database a window leaves a folder that is not there to who reaches it."""
    command = not place.is_window
    return command or context.database.is_sqlite or folders.is_there(folder)


def _export_folder(context: Context) -> Path | None:
    return folders.named(str(context.parameter("export_folder")))


# --- reports and what is too old -----------------------------------------------------------------

_REPORTED = N_("Reports recorded: {numbers}. Saved to the folder: {saved}")
_ERASED_AGAIN = N_("Erased again after an older copy was put back: {count}")
_TOO_OLD = N_("Too old to be kept by your rules: {count}. See Settings → Retention.")


def _report(context: Context, place: RoutinePlace) -> RoutineAnswer:
    done = regular.make(context, lambda _at, _count: place.step())
    numbers = ", ".join(done.numbers) or "–"
    return RoutineAnswer(_REPORTED, {"numbers": numbers, "saved": str(done.saved)})


def _report_asked(context: Context, place: RoutinePlace) -> bool:
    folder = regular.folder(context)
    if folder is not None and not _may_reach(context, place, folder):
        return False
    return regular.is_due(context)


def _erase_again(context: Context, place: RoutinePlace) -> RoutineAnswer | None:
    back = copies.come_back(context, place.dumps)
    count = persons.erase_again(context, place.dumps)
    return RoutineAnswer(_ERASED_AGAIN, {"count": str(count)}) if back else None


def _retention(context: Context, _place: RoutinePlace) -> RoutineAnswer:
    """Administrators are told; nothing is erased here, a person does that who has seen it."""
    return RoutineAnswer(_TOO_OLD, {"count": str(persons.announce(context))})


# --- messages ------------------------------------------------------------------------------------


def _remind(context: Context, _place: RoutinePlace) -> RoutineAnswer:
    return RoutineAnswer(N_("Reminders written: {count}"), {"count": str(messages.remind(context))})


def _mail(context: Context, place: RoutinePlace) -> RoutineAnswer:
    posted = messages.post(context, place.by, place.step)
    if posted.failed:
        return RoutineAnswer(posted.failed, {"server": posted.server}, failed=True)
    return RoutineAnswer(N_("Mails sent: {count}"), {"count": str(posted.mails)})


_MINUTE, _HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)

#: All of it. A later word adds a line here, and nothing else has to know.
ROUTINES: tuple[Routine, ...] = (
    Routine(
        "copies",
        N_("Daily copy"),
        RoutinePace(5 * _MINUTE, 3 * _HOUR),
        _copy,
        lambda context, _place: copies.is_due(context),
        lambda context: context.database.is_sqlite,
        lock=True,
    ),
    Routine(
        "dumps",
        N_("Daily dump of the server"),
        RoutinePace(30 * _MINUTE, 6 * _HOUR),
        _dump,
        _dump_asked,
        lambda context: not context.database.is_sqlite,
    ),
    Routine(
        "baskets",
        N_("Forgotten baskets"),
        RoutinePace(_HOUR, 15 * _MINUTE),
        _baskets,
        lambda context, _place: shop.has_forgotten(context),
    ),
    Routine(
        "wants",
        N_("Wants"),
        RoutinePace(5 * _MINUTE, 15 * _MINUTE),
        _wants,
        lambda context, _place: wants.is_due(context),
    ),
    Routine(
        "shop", N_("Export of the shop"), RoutinePace(5 * _MINUTE, _HOUR), _export, _export_asked
    ),
    Routine("reports", N_("Regular reports"), RoutinePace(_HOUR, _HOUR), _report, _report_asked),
    Routine(
        "erasings",
        N_("Erased people and pictures"),
        RoutinePace(5 * _MINUTE, 15 * _MINUTE),
        _erase_again,
        lambda context, place: persons.is_due(context, place.dumps),
    ),
    Routine(
        "retention",
        N_("Retention"),
        RoutinePace(24 * _HOUR, 15 * _MINUTE),
        _retention,
        lambda context, _place: bool(persons.too_old(context).rows),
    ),
    Routine("reminders", N_("Reminders"), RoutinePace(_HOUR, 15 * _MINUTE), _remind),
    Routine(
        "mail",
        N_("Mail"),
        RoutinePace(_MINUTE, 15 * _MINUTE),
        _mail,
        lambda context, _place: messages.is_due(context),
        messages.is_on,
        command=True,
    ),
    Routine("sweep", N_("Left-over files"), RoutinePace(24 * _HOUR, 15 * _MINUTE), _sweep),
)


def named(name: str) -> Routine:
    """A routine by its name."""
    found = next((each for each in ROUTINES if each.name == name), None)
    if found is None:
        known = ", ".join(each.name for each in ROUTINES)
        raise Refused(
            N_("There is no routine “{name}”. There are: {known}"), name=name, known=known
        )
    return found
