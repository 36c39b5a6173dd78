"""Taking copies: by itself once a day, by hand, and before an import."""

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path

from moebelcirkel.domain import copies as rules
from moebelcirkel.domain.errors import N_, Damaged, Unavailable
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import zone
from moebelcirkel.services import folders, parameters
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.copies.proving import Prover
from moebelcirkel.services.start import opening
from moebelcirkel.storage import migrate
from moebelcirkel.storage.copies import dumps, taking
from moebelcirkel.storage.copies.folder import Copy, default_place, is_of, listed
from moebelcirkel.storage.copies.log import BUSY, Log
from moebelcirkel.storage.copies.photos import Store
from moebelcirkel.storage.copies.taking import CopyOrder
from moebelcirkel.storage.kinds import Kind

Step = Callable[[], object]

FLAWED = N_(
    "The database could be copied, but its books have faults, the first of {count}: {first} The "
    "good copies from before stay."
)


def take(context: Context, step: Step = lambda: None, *, apart: bool = False) -> Copy:
    """Take a copy now, by hand; ``apart`` a process of its own looks into its books."""
    context.require(Action.SETTINGS)
    return _take(context, "hand", step, apart=apart)


def take_due(context: Context, step: Step = lambda: None, *, apart: bool = False) -> Copy | None:
    """Take the daily copy if it is time, whoever is at work; ``None`` where it is not.

    A copy that is being taken by another window just now is none of ours.
    """
    if not is_due(context):
        return None
    try:
        return _take(context, "daily", step, apart=apart)
    except Unavailable as error:
        if error.message == BUSY:
            return None
        raise


def is_due(context: Context) -> bool:
    """Whether it is time for the daily copy; a server's database has none."""
    if not context.database.is_sqlite:
        return False
    said, now = Log(database_file(context)).read(), context.now().astimezone(zone())
    return rules.is_due(now, _local(said.good_at), _local(said.tried_at), _time(context))


def before_import(context: Context, step: Step = lambda: None) -> Copy | None:
    """Take a copy before much is taken in; beside the database where the chosen place fails.

    Its pages are proved and not its books, for which nobody can wait with a file in hand.
    """
    context.require(Action.IMPORT)
    if not context.database.is_sqlite:
        return None
    try:
        return _take(context, "import", step, books=False)
    except Damaged:
        raise
    except Unavailable:
        return _take(context, "import", step, books=False, beside=True)


def take_file(context: Context, target: Path, step: Step = lambda: None) -> int | None:
    """One proved copy with all its pictures in one file; tells how much of its books is wrong.

    Of a shared database it is a dump, which was restored beside to be proved.
    """
    if target.exists():
        raise Unavailable(
            N_("There is already a file at {path}. Choose another name."), path=str(target)
        )
    migrate.refuse_foreign(context.database)
    prover, url = Prover(context.now, step), context.database.url
    if not context.database.is_sqlite:
        now = context.now()
        flawed = dumps.take(url, target, lambda proof: prover(dumps.address(proof)))
        if not flawed and migrate.condition(context.database) is migrate.DatabaseState.CURRENT:
            dumped(context, now)
        return flawed
    return taking.take_file(database_file(context), target, prover, step)


@writes("copy.dump", Action.SETTINGS, Kind(stays="the dump lies where it lies", stands_alone=True))
def dumped(work: Work, moment: dt.datetime) -> Done:
    """Remember when a dump was begun that proved to be good, for all who administer."""
    parameters.store(work, "dump_good_at", moment.isoformat())
    return Done()


def database_file(context: Context) -> Path:
    """The file of the database; a shared one has none."""
    if not context.database.is_sqlite:
        raise Unavailable(opening.BY_THE_SERVER)
    return Path(str(context.database.url.database)).absolute()


def forget_pictures(context: Context, digests: Collection[str]) -> None:
    """Remove the bytes of erased pictures from the folders of copies that can be reached.

    Older copies still say that there was a picture; put back, they show none.
    """
    context.require(Action.SETTINGS)
    file = database_file(context)
    for place in {chosen_place(context) or default_place(file), default_place(file)}:
        for folder in {copy.path.parent for copy in listed(place) if is_of(copy.facts, file)}:
            Store(folder).erase(digests)


def chosen_place(context: Context) -> Path | None:
    """The folder the administrator chose, if any."""
    return folders.named(str(context.parameter("copies_folder")))


def plan(context: Context) -> rules.CopyPlan:
    """How many copies are kept, and when one is taken."""
    daily, weekly, monthly = (
        int(context.parameter(f"copies_{span}")) for span in ("daily", "weekly", "monthly")
    )
    return rules.CopyPlan(
        daily, weekly, monthly, rules.time_of_day(str(context.parameter("copies_at")))
    )


def _time(context: Context) -> dt.time | None:
    """When the daily copy is to be taken; a damaged database is tried at once, which says so."""
    try:
        return plan(context).at
    except Damaged:
        return None


def _local(moment: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(moment).astimezone(zone()) if moment else None


def _take(
    context: Context,
    why: rules.Why,
    step: Step,
    *,
    books: bool = True,
    beside: bool = False,
    apart: bool = False,
) -> Copy:
    file, now = database_file(context), context.now()
    prover, told = Prover(context.now, step, apart=apart), dict[str, object]()
    with Log(file).claim() as claim:
        try:
            place = chosen_place(context)
            told["folder"] = str(place or "")
            order = CopyOrder(file, None if beside else place, plan(context), why, now)
            copy = taking.take(order, prover if books else _unread, step)
        except Unavailable as error:
            context.database.damaged |= isinstance(error, Damaged)
            claim.remember(**told, **_failed(why, now, error))
            raise
        claim.remember(**told, **_done(copy, prover.first))
        return copy


def _unread(_snapshot: Path) -> None:
    """Nobody looked at the books."""


def _failed(why: rules.Why, now: dt.datetime, error: Unavailable) -> dict[str, object]:
    values = {name: str(value) for name, value in error.values.items()}
    told: dict[str, object] = {"reason": error.message, "values": values}
    # One before an import puts off no daily one.
    return told if why == "import" else {**told, "tried_at": now.isoformat()}


def _done(copy: Copy, first: str) -> dict[str, object]:
    facts = copy.facts
    told: dict[str, object] = {"house": facts.house}
    if facts.flawed:
        told |= {"reason": FLAWED, "values": {"count": str(facts.flawed), "first": first}}
    elif facts.checked:
        told |= {"good_at": facts.made, "reason": "", "values": {}}
    if facts.checked:
        told["tried_at"] = facts.made
    return told
