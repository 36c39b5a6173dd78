"""Recording reports and reading what they keep, for tests of corrections."""

import datetime as dt

from moebelcirkel.domain.figures import SEALED_NAMES, Sums
from moebelcirkel.services import reports
from tests.services.reporting import controller
from tests.world import World

SPRING = (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
AUTUMN = (dt.date(2026, 7, 1), dt.date(2026, 12, 31))
YEAR = (SPRING[0], AUTUMN[1])
NEXT = (dt.date(2027, 1, 1), dt.date(2027, 6, 30))


def record(world: World, period: tuple[dt.date, dt.date], place: int | None = None) -> int:
    return int(reports.record(controller(world), *period, place).id)


def totals_of(row: reports.ReportRow) -> Sums:
    return Sums(*[row.totals[name] for name in SEALED_NAMES]) + Sums(lines=row.line_count)


def get(world: World, key: int) -> reports.ReportRow:
    return reports.get(controller(world), key)


def corrected(row: reports.ReportRow) -> Sums:
    late = row.totals["late"]
    return Sums(*[late[name] for name in SEALED_NAMES]) + Sums(lines=late["lines"])
