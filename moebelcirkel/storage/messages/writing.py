"""Writing messages down: the text filled once, as it will be read and mailed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy.orm import Session

from moebelcirkel.domain.messages import (
    MOST_SUBJECT,
    MOST_TEXT,
    Cause,
    Mail,
    body_key,
    fill,
    is_address,
    one_line,
    subject_key,
)
from moebelcirkel.storage.derived import defaults_of
from moebelcirkel.storage.queries import messages as queries
from moebelcirkel.storage.queries.messages import Recipient
from moebelcirkel.storage.rows import put_in
from moebelcirkel.storage.tables.messages import Message
from moebelcirkel.storage.work import load_parameter


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is to be told, and what it opens; ``once`` is never written twice."""

    recipient_id: int
    cause: Cause
    values: Mapping[str, str]
    entity: str = ""
    entity_id: int | None = None
    once: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """When it is written and by which change; who made that one need not be told."""

    now: dt.datetime
    change_id: int | None = None
    actor_id: int | None = None


@dataclass(slots=True)
class _Writer:
    """Fills the rows of one change's messages."""

    session: Session
    origin: Origin
    known: Mapping[int, Recipient]
    always: Mapping[str, str]
    mails: bool

    def row(self, draft: Draft) -> dict[str, object]:
        """A message as it is stored."""
        person = self.known[draft.recipient_id]
        values = {**self.always, **draft.values, "navn": person.name}
        subject, text = (
            str(load_parameter(self.session, key(draft.cause))) for key in (subject_key, body_key)
        )
        own = person.id == self.origin.actor_id
        return {
            **defaults_of(Message),
            "recipient_id": person.id,
            "cause": draft.cause,
            "subject": one_line(fill(subject, values), MOST_SUBJECT),
            "body": fill(text, values).rstrip()[:MOST_TEXT],
            "entity": draft.entity,
            "entity_id": draft.entity_id,
            "change_id": self.origin.change_id,
            "once": draft.once,
            "created_at": self.origin.now,
            "read_at": self.origin.now if own else None,
            "mail": Mail.WAITING if self.mails and is_address(person.email) else Mail.KEPT,
        }


def write(session: Session, origin: Origin, drafts: Sequence[Draft]) -> int:
    """Write what people are told; who is not active any more is told nothing."""
    if not drafts:
        return 0
    known = queries.people(session, {draft.recipient_id for draft in drafts})
    always = {
        "kommune": str(load_parameter(session, "municipality")),
        "møbelbørs": str(load_parameter(session, "warehouse_name")),
    }
    writer = _Writer(session, origin, known, always, bool(load_parameter(session, "mail_host")))
    rows = [writer.row(draft) for draft in drafts if draft.recipient_id in known]
    if rows:
        table: Any = Message.__table__
        names = tuple(name for name in table.columns.keys() if name in rows[0])  # noqa: SIM118
        put_in(session.connection(), table, names, map(itemgetter(*names), rows))
    return len(rows)
