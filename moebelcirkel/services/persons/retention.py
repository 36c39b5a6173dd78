"""What is too old to be kept, by rules the municipality sets: shown first, then erased by a person.

Nothing here happens by itself: the list is made, and an administrator who has seen it says go.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.messages import Cause
from moebelcirkel.domain.periods import latest_months
from moebelcirkel.domain.persons import FORMER, Finder
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _, number
from moebelcirkel.services import copies
from moebelcirkel.services.context import Context, Done, Session, Work, writes
from moebelcirkel.services.persons import anonymising
from moebelcirkel.storage import erasing
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.messages.telling import day_words
from moebelcirkel.storage.messages.writing import Draft, Origin, write
from moebelcirkel.storage.queries import users as user_queries
from moebelcirkel.storage.queries.messages import outbox
from moebelcirkel.storage.queries.persons import old as old_queries
from moebelcirkel.storage.queries.persons.old import Old
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import ZONE, load_parameter, moment, not_allowed

KIND_NAMES = {
    "account": N_("Account of somebody who has left: is anonymised"),
    "order": N_("Note on an order that is over: is emptied"),
    "note": N_("Note on an order that is over: names and numbers in it are erased"),
    "complaint": N_("Complaint that is closed, and its case's note: are emptied"),
    "complaint_note": N_(
        "Complaint that is closed, and its case's note: names and numbers in them are erased"
    ),
    "picture": N_("Picture that hangs nowhere any more: is erased"),
}


@dataclass(frozen=True, slots=True)
class TooOld:
    """All that goes now, and the seal by which it is told that nothing else does."""

    rows: tuple[Old, ...]
    seal: str


@dataclass(frozen=True, slots=True)
class Retained(Done):
    """How much was erased."""

    accounts: int
    orders: int
    pictures: int
    complaints: int = 0


def too_old(context: Context) -> TooOld:
    """What the rules say shall go today; nothing is done to it."""
    context.require(Action.USERS)
    with context.read() as session:
        return _too_old(session, context.now())


@writes("person.retain", Action.USERS, Kind(stays="what was erased is known to nobody"))
def retain_here(work: Work, seal: str) -> Retained:
    """Erase what ``too_old`` told, and nothing else: what has changed since has to be seen."""
    due = _too_old(work.session, work.now)
    if not due.rows:
        raise Refused(N_("Nothing is too old."))
    if due.seal != seal:
        raise Refused(N_("Something else is too old now than what was shown. Look again."))
    keys = {kind: [row.key for row in due.rows if row.kind == kind] for kind in KIND_NAMES}
    # Names are known from the accounts, which go as well.
    named = keys["note"] or keys["complaint_note"]
    changed = _without_people(work.session) if named else _nothing
    for key in keys["account"]:
        anonymising.take_away(work, work.session.get_one(User, int(key)))
    for kind, how in (("order", _nothing), ("note", changed)):
        _change_texts(work, Order, ("note", "reason", "feedback"), keys[kind], how)
    for kind, how in (("complaint", _nothing), ("complaint_note", changed)):
        _change_texts(work, Complaint, ("wrong", "reason"), keys[kind], how)
        cases = old_queries.cases_of(work.session, [int(key) for key in keys[kind]])
        _change_texts(work, Case, ("note",), cases, how)
    for key in keys["picture"]:
        erasing.erase_picture(work, work.session.get_one(PhotoBlob, key))
    notes = len(keys["order"]) + len(keys["note"])
    complaints = len(keys["complaint"]) + len(keys["complaint_note"])
    return Retained(len(keys["account"]), notes, len(keys["picture"]), complaints)


def retain(context: Context, seal: str) -> Retained:
    """Erase what is too old, and write beside the database that it was done."""
    done = retain_here(context, seal)
    copies.remember(context)
    return done


def announce(context: Context) -> int:
    """Tell the administrators of what is too old; again each month as long as it is there.

    Tells how many things that are.
    """
    if context.actor.grants is not None:
        raise not_allowed()
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        rows = _too_old(session, now).rows
        if rows:
            drafts = _drafts(rows, user_queries.administrators(session), now)
            known = outbox.written_once(session, [each.once for each in drafts if each.once])
            write(session, Origin(now), [each for each in drafts if each.once not in known])
        return len(rows)


def _drafts(rows: tuple[Old, ...], people: list[int], now: dt.datetime) -> list[Draft]:
    oldest = min(rows, key=lambda row: (row.since, row.kind, row.key))
    seal = digest(f"{oldest.kind} {oldest.key}")[:16]
    month = now.astimezone(ZONE).strftime("%Y-%m")
    day = day_words(oldest.since.astimezone(ZONE).date())
    values = {"antal": number(len(rows)), "dato": day}
    return [
        Draft(each, Cause.RETENTION_DUE, values, "retention", once=f"old {each} {month} {seal}")
        for each in people
    ]


def _without_people(session: Session) -> Callable[[str], str]:
    finder = Finder.of(*old_queries.called(session, FORMER))
    by = _(anonymising.SOMEBODY)
    return lambda text: finder.without(text, by)


def _nothing(_text: str) -> str:
    return ""


def _change_texts(
    work: Work,
    model: type[Base],
    columns: Collection[str],
    keys: Collection[str | int],
    changed: Callable[[str], str],
) -> None:
    """Change what people wrote in rows, and erase what their events refer to."""
    ids = [int(key) for key in keys]
    for row in work.rows(model, ids):
        for name in columns:
            if text := getattr(row, name):
                setattr(row, name, changed(text) or ("" if name != "feedback" else None))
    work.session.flush()
    known: set[int] = set()
    for key in ids:
        known |= erasing.texts_of(work.session, model.__tablename__, key)
    erasing.erase_texts(work, known)


def _too_old(session: Session, now: dt.datetime) -> TooOld:
    def before(key: str, months: int = 1) -> dt.datetime | None:
        count = int(load_parameter(session, key)) * months
        return _back(now, count) if count else None

    rows: list[Old] = []
    if (limit := before("keep_inactive_months")) is not None:
        rows += old_queries.accounts(session, limit, FORMER)
    if (limit := before("keep_notes_years", 12)) is not None:
        rows += _old_notes(session, limit)
    if (limit := before("keep_pictures_months")) is not None:
        rows += old_queries.pictures(session, limit)
    return TooOld(tuple(rows), digest(json.dumps([[row.kind, row.key] for row in rows])))


def _old_notes(session: Session, limit: dt.datetime) -> list[Old]:
    if not load_parameter(session, "keep_notes_rest"):
        return [
            *old_queries.orders(session, limit, "order", bool),
            *old_queries.complaints(session, limit, "complaint", bool),
        ]
    changed = _without_people(session)

    def goes(text: str) -> bool:
        return changed(text) != text

    return [
        *old_queries.orders(session, limit, "note", goes),
        *old_queries.complaints(session, limit, "complaint_note", goes),
    ]


def _back(now: dt.datetime, months: int) -> dt.datetime:
    """The same time so many months ago; the last days of a month are all its 28th."""
    local = now.astimezone(ZONE)
    year, month = latest_months(local.date(), months + 1)[-1]
    return local.replace(year=year, month=month, day=min(local.day, 28)).astimezone(dt.UTC)
