"""One's own messages: the list, how many are new, and that they were read."""

from collections.abc import Collection
from dataclasses import dataclass

from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import messages as queries
from moebelcirkel.storage.queries.messages import ListedMessage as ListedMessage
from moebelcirkel.storage.work import gone, moment


@dataclass(frozen=True, slots=True)
class MessageDetail:
    """One message of one's own, in full."""

    row: ListedMessage


def listed(context: Context) -> tuple[ListedMessage, ...]:
    """The newest of one's own messages; those of others nobody sees."""
    context.require_role()
    if context.actor.user_id is None:
        return ()
    with context.read() as session:
        return tuple(queries.listed(session, context.actor.user_id))


def detail(context: Context, message_id: int) -> MessageDetail:
    """One of one's own messages; that of somebody else is not there."""
    found = [row for row in listed(context) if row.id == message_id]
    if not found:
        raise gone()
    return MessageDetail(found[0])


def unread_count(context: Context) -> int:
    """How many of one's own messages are new."""
    context.require_role()
    if context.actor.user_id is None:
        return 0
    with context.read() as session:
        return queries.unread(session, context.actor.user_id)


def mark_read(context: Context, ids: Collection[int] | None = None) -> int:
    """Note that one has read some of one's own messages, or all of them; tells how many were new.

    It is no change: it stands in no history, and nothing is undone by it.
    """
    context.require_role()
    if context.actor.user_id is None:
        return 0
    with context.database.write() as session:
        now = moment(session, context.database, context.clock and context.clock())
        return queries.mark_read(session, context.actor.user_id, now, ids)
