"""What a report says beside its own lines: corrections to earlier periods, and work under way."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from moebelcirkel.documents.reports.savings import Elsewhere, InHouse, Late, LatePeriod
from moebelcirkel.domain.figures import Sums
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.queries.figures import late as late_lines
from moebelcirkel.storage.queries.figures import sums as queries
from moebelcirkel.storage.queries.figures import told_elsewhere
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.work import Session

#: Pieces that are neither delivered nor gone.
_IN_HOUSE = IN_STOCK | {State.MISSING}


def corrections(
    session: Session, own: Selection, late: Selection, days: Mapping[dt.date, Sums]
) -> Late:
    """What came too late for earlier reports, by the newest of those that cover its day.

    ``own`` are the report's own lines: what other reports have told of them is told as well.
    ``days`` is what the late ones come to.
    """
    correcting = late_lines.correcting(session)
    told = late_lines.told_as_corrections(
        session, correcting, queries.chosen(own), own.institutions, own.report_id
    )
    earlier = late_lines.earlier(session, late.start, late.institutions, late.report_id)
    found: defaultdict[late_lines.Earlier, list[Sums]] = defaultdict(list)
    for day, sums in days.items():
        report = next(each for each in earlier if each.start <= day <= each.end)
        found[report].append(sums)
    periods = [
        LatePeriod(report.number, report.start, report.end, sum(parts, Sums()))
        for report, parts in sorted(found.items(), key=lambda each: each[0].id)
    ]
    return Late(tuple(periods), tuple(told), _elsewhere(session, late, correcting))


def elsewhere(session: Session, late: Selection) -> tuple[Elsewhere, ...]:
    """What earlier reports lack and other reports have told already."""
    return _elsewhere(session, late, late_lines.correcting(session))


def _elsewhere(
    session: Session, late: Selection, correcting: Sequence[int]
) -> tuple[Elsewhere, ...]:
    return tuple(
        Elsewhere(each.lacking.number, each.lacking.start, each.lacking.end, each.number, each.sums)
        for each in told_elsewhere.told_elsewhere(session, late, correcting)
    )


def elsewhere_as_rows(found: Sequence[Elsewhere]) -> list[list[object]]:
    """The same as a record keeps it: whose they are, where they stand, and what they come to."""
    return [
        [each.lacking, each.number, each.totals.lines, *each.totals.sealed().values()]
        for each in found
    ]


def as_dict(late: Late) -> Json:
    """The corrections as a record keeps them; the digest is that of their lines."""
    return {"lines": late.lines, "digest": late.digest, **late.totals.sealed()}


def in_house(session: Session) -> InHouse:
    """What tasks that are done have cost pieces which are neither delivered nor gone.

    Finished cases have booked it on their pieces; of open ones what is not booked is added.
    """
    ore, count = costing_queries.booked_in_house(session, _IN_HOUSE)
    done = case_queries.done_in_open_cases(session)
    cases = {task.case_id for task in done}
    taken = case_queries.booked(session, *cases)
    for task in done:
        gone = taken.get(task.id, case_queries.BookedTask())
        ore += max(0, task.labour_ore - gone.labour_ore)
        ore += task.parts_ore - gone.parts_ore
    at_work = case_queries.open_unit_ids(session, cases)
    known = costing_queries.booked_among(session, _IN_HOUSE, at_work)
    return InHouse(ore, count + len(at_work) - known)
