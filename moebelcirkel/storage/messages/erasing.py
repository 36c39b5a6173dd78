"""Messages of somebody who is anonymised, and that name in what others were told."""

import re

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moebelcirkel.storage.tables.messages import Message

_AT_ONCE = 1_000


def erase(session: Session, user_id: int, found: re.Pattern[str] | None, by: str) -> int:
    """Remove the person's messages and put other words in the place of the name in the rest.

    Tells in how many messages of others it stood.
    """
    session.connection().execute(delete(Message).where(Message.recipient_id == user_id))
    if found is None:
        return 0
    query = select(Message.id, Message.subject, Message.body)
    named = [
        (key, subject, body)
        for key, subject, body in session.execute(query).yield_per(_AT_ONCE)
        if found.search(f"{subject}\n{body}")
    ]
    for key, subject, body in named:
        values = {"subject": found.sub(by, subject)[:200], "body": found.sub(by, body)}
        session.connection().execute(update(Message).where(Message.id == key).values(values))
    return len(named)
