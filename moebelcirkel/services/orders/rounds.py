"""Which groups of furniture are ordered in rounds, and when the next one is.

An order between two rounds is of the next one, and comes when that does; the pieces are reserved
meanwhile, so a round that is too far off is not waited for.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.orders import next_round, read_rounds
from moebelcirkel.language import current_language
from moebelcirkel.storage.queries import ceilings as group_queries
from moebelcirkel.storage.work import Session, load_parameter

#: So long pieces are reserved for a round that has not come.
_MOST_WAIT = dt.timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Round:
    """A group that is between two rounds, and the Monday on which the next one begins.

    ``queues`` is whether what is ordered now is of that one.
    """

    name: str
    opens_on: dt.date
    queues: bool


def waiting(
    session: Session,
    article_ids: Collection[int],
    today: dt.date,
    loan_until: dt.date | None = None,
) -> tuple[Round, ...]:
    """The groups of these types that wait for their next round; a loan may be over before it."""
    rounds = read_rounds(str(load_parameter(session, "order_rounds")))
    if not rounds or not article_ids:
        return ()
    asked = set(group_queries.group_of_articles(session, article_ids).values())
    danish = current_language() == "da"
    found = []
    for key, da, en in group_queries.groups(session):
        weeks = rounds.get(fold(da)) or rounds.get(fold(en))
        opens = next_round(weeks, today) if weeks and key in asked else None
        if opens is not None:
            last = today + _MOST_WAIT if loan_until is None else loan_until
            found.append(Round(da if danish else en, opens, queues=opens < last))
    return tuple(found)


def ordered_on(found: Sequence[Round], day: dt.date) -> dt.date:
    """The day from which what is sent on a day counts as ordered: the latest of its rounds."""
    return max([day, *(each.opens_on for each in found)])


def refuse_closed(found: Sequence[Round]) -> None:
    """What cannot wait for its next round is not sent; the round is told."""
    first = next((each for each in found if not each.queues), None)
    if first is None:
        return
    raise Refused(
        N_(
            "{group} can be ordered in rounds. The next one is week {week}, from {day}."
            " Take it out of the basket, or say under Wants what you need."
        ),
        group=first.name,
        week=first.opens_on.isocalendar().week,
        day=first.opens_on,
    )


def check(session: Session, text: str) -> None:
    """Refuse the setting where it cannot be read, or names a group that is not there."""
    known = {fold(name) for _key, *names in group_queries.groups(session) for name in names}
    for name in read_rounds(text):
        if name not in known:
            raise Refused(
                N_("“{typed}” is no group. Write one of: {names}"),
                typed=_as_typed(text, name),
                names=", ".join(da for _key, da, _en in group_queries.groups(session)),
            )


def _as_typed(text: str, folded: str) -> str:
    typed = (part.partition(":")[0].strip() for part in text.split(";"))
    return next((each for each in typed if fold(each) == folded), folded)
