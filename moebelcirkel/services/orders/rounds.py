"""Which groups of furniture can only be ordered in rounds, and when the next one is."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.orders import next_round, read_rounds
from moebelcirkel.language import current_language
from moebelcirkel.storage.queries import ceilings as group_queries
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class Round:
    """A group that cannot be ordered now, and the Monday from which it can."""

    name: str
    opens_on: dt.date


def waiting(session: Session, article_ids: Collection[int], today: dt.date) -> tuple[Round, ...]:
    """The groups of these types that wait for their next round."""
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
            found.append(Round(da if danish else en, opens))
    return tuple(found)


def refuse_closed(found: Sequence[Round]) -> None:
    """What is ordered in rounds waits for the next one, which is told."""
    if not found:
        return
    first = found[0]
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
