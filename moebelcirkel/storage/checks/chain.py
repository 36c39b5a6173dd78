"""The chain of changes followed from its first link to its newest, with the texts events prove."""

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.chain import ChangeColumns, EventsDigest, link
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.tables.changes import Change, ChangeLink, ChangeResult, Event, PersonText
from moebelcirkel.storage.work import chunks

_AT_ONCE = 1_000
_HEAD = 7
_CHANGES = (
    select(
        Change.id,
        Change.request_id,
        Change.kind,
        Change.actor_id,
        Change.session,
        Change.at,
        Change.reverses_id,
        func.coalesce(ChangeResult.kinds, ""),
        func.coalesce(cast(ChangeResult.data, Text), ""),
        ChangeLink.link,
    )
    .outerjoin(ChangeResult, ChangeResult.change_id == Change.id)
    .outerjoin(ChangeLink, ChangeLink.change_id == Change.id)
    .order_by(Change.id)
    .limit(_AT_ONCE)
)
_EVENTS = select(
    Event.change_id,
    Event.entity,
    Event.entity_id,
    Event.payload_version,
    cast(Event.before, Text),
    cast(Event.after, Text),
).order_by(Event.change_id, Event.id)
#: A name or note in a payload; what people write cannot look so, as its own quotes are escaped.
_TEXT = re.compile(r'\{"text": (\d+)(?:, "digest": "([0-9a-f]{64})")?\}')

Rows = list[tuple[Any, ...]]


def chain_is_whole(session: Session, findings: Findings) -> None:
    """Each change has the link that follows from it and from the one before.

    Each is worked out from the link that stands before it, so a break is told where it is.
    """
    before = ""
    erased, referred = _erased(session), set[int]()
    for page in _pages(session):
        events = _events(session, page[0].id, page[-1].id)
        for row in page:
            findings.counts["change"] += 1
            written = EventsDigest()
            written.add(event[1:] for event in events.get(row.id, ()))
            ought = link(before, ChangeColumns(*row[:_HEAD]), written.text(), *row[_HEAD:-1])
            if row.link != ought:
                _broken(findings, row.id)
            before = row.link or ought
        said = _texts_said(itertools.chain.from_iterable(events.values()))
        _texts_hold(session, findings, said, erased)
        referred.update(said)
    _texts_belong(session, findings, referred)


def _broken(findings: Findings, change_id: int) -> None:
    findings.add(
        N_("Change {key} does not fit the chain: it was altered, or one before it is gone."),
        key=change_id,
    )


def _pages(session: Session) -> Iterator[Sequence[Any]]:
    last = 0
    while page := session.execute(_CHANGES.where(Change.id > last)).all():
        yield page
        last = page[-1].id


def _events(session: Session, first: int, last: int) -> dict[int, Rows]:
    rows = session.execute(_EVENTS.where(Event.change_id.between(first, last)))
    return {key: list(group) for key, group in itertools.groupby(rows, key=itemgetter(0))}


# --- names and notes -------------------------------------------------------------------------


def _erased(session: Session) -> set[int]:
    """The texts that a change says it has erased."""
    query = select(Event.entity_id).where(Event.entity == PersonText.__tablename__)
    return {int(key) for key in session.scalars(query)}


def _texts_said(events: Iterable[Any]) -> dict[int, str]:
    """The names and notes that events refer to, each with what proves it."""
    said: dict[int, str] = {}
    for event in events:
        for payload in event[-2:]:
            if payload and '"text": ' in payload:
                said.update((int(key), proof) for key, proof in _TEXT.findall(payload))
    return said


def _texts_hold(
    session: Session, findings: Findings, said: Mapping[int, str], erased: set[int]
) -> None:
    """Each name or note is the one its event was written with, unless it was erased."""
    for part in chunks(sorted(said)):
        query = select(PersonText.id, PersonText.salt, PersonText.body)
        found = {row.id: row for row in session.execute(query.where(PersonText.id.in_(part)))}
        for key in part:
            if key in erased and _is_there(found.get(key)):
                findings.add(N_("person_text {key} was to be erased, but stands there."), key=key)
            elif key not in erased and not _proved(found.get(key), said[key]):
                findings.add(N_("person_text {key} is not the text it was."), key=key)


def _texts_belong(session: Session, findings: Findings, referred: set[int]) -> None:
    """No name or note is kept that nothing refers to: nobody would find it to erase it."""
    for key in session.scalars(select(PersonText.id).order_by(PersonText.id)):
        if key not in referred:
            findings.add(N_("Name or note {key} is kept, but nothing refers to it."), key=key)


def _is_there(row: Any) -> bool:
    """Whether text or salt are left: with the salt alone a guess could be proved."""
    return row is not None and (row.body is not None or row.salt is not None)


def _proved(row: Any, proof: str) -> bool:
    """Events of the first version prove nothing of a text but that there is one."""
    if row is None or row.body is None:
        return False
    return not proof or digest(f"{row.salt}{row.body}") == proof
