"""The week in which what is ordered today comes to an institution, by category.

Groups that are ordered in rounds wait for the next one; all else comes with the next delivery.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.orders import next_round, read_rounds
from moebelcirkel.domain.runs import Week, week_of
from moebelcirkel.services.orders import coming
from moebelcirkel.storage.queries.shop.rows import CategoryName
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import Session, load_parameter


def by_category(
    session: Session, institution_id: int | None, known: Sequence[CategoryName], today: dt.date
) -> Mapping[str, Week]:
    """By category key; nothing for those who only look."""
    institution = None if institution_id is None else session.get(Institution, institution_id)
    if institution is None:
        return {}
    rounds = read_rounds(str(load_parameter(session, "order_rounds")))
    comes: dict[str, Week] = {}
    for row in known:
        if row.group_key not in comes:
            weeks = rounds.get(fold(row.group_da)) or rounds.get(fold(row.group_en))
            ordered = (next_round(weeks, today) if weeks else None) or today
            comes[row.group_key] = week_of(coming.promise(session, institution, ordered))
    return {row.key: comes[row.group_key] for row in known}


def key_of(week: Week) -> str:
    """The key of the choice; keys are in the order of the weeks."""
    return f"{week.year}-{week.number:02}"
