"""A database of a released program is brought here whole: it checks clean and prints the same."""

import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from moebelcirkel.services import check, deliveries, places, reports
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import DatabaseState, condition, migrate
from moebelcirkel.storage.triggers import expected, installed
from tests import postgres, released, templates
from tests.released import Release


@pytest.fixture(params=released.RELEASES, ids=lambda release: release.schema)
def release(request: pytest.FixtureRequest) -> Release:
    """Each of them in turn."""
    found: Release = request.param
    return found


@pytest.fixture
def old(release: Release, copied: Callable[[str], str]) -> Iterator[Database]:
    """It as it was left, migrated by this program: once in a run, for all that is asked of it."""
    brought = functools.partial(_bring, release)
    database = Database(copied(templates.from_nothing(f"released-{release.schema}", brought)))
    yield database
    database.close()


def _bring(release: Release, url: str) -> None:
    folder = postgres.meeting() / f"released-{release.schema}"
    folder.mkdir(exist_ok=True)
    with closing(released.put(release, url, folder)) as database:
        assert condition(database) is DatabaseState.OLDER
        migrate(database, folder / "copies")


def test_a_released_database_is_whole_after_its_migration(old: Database, release: Release) -> None:
    assert condition(old) is DatabaseState.CURRENT
    report = check.run(released.person(old, "oekonomi"))
    assert [check.text(finding) for finding in report.findings] == []
    counted = (report.counts["unit"], report.counts["figure_line"])
    assert counted == (release.units, release.figure_lines)
    assert report.counts["report_record"] == len(release.reports)
    with old.engine.connect() as connection:
        assert installed(connection) == expected(connection.dialect.name)


def test_its_recorded_reports_print_byte_for_byte(old: Database, release: Release) -> None:
    controller = released.person(old, "oekonomi")
    printed = {
        row.number: hashlib.sha256(reports.reprint(controller, row.id)).hexdigest()
        for row in reports.recorded(controller)
    }
    assert printed == release.reports


def test_work_goes_on_in_it(old: Database) -> None:
    lager = released.person(old, "lager")
    for waiting in [row for row in deliveries.pick_list(lager) if row.open_ids][:1]:
        deliveries.pick(lager, waiting.open_ids)
        deliveries.hand_over(lager, line_ids=waiting.open_ids)
    gone = stock_list.StockFilter(states=frozenset({"delivered"}))
    row = stock_list.find(lager, gone).rows[-1]
    place = places.choices(lager)[0].id
    deliveries.take_back(lager, [deliveries.Returned(row.number, "D")], place_id=place)
    assert stock_list.find(lager, stock_list.StockFilter(text=row.number)).rows[0].loop > row.loop
    controller = released.person(old, "oekonomi")
    reports.record(controller, released.NOW.date().replace(day=1), released.NOW.date())
    assert check.run(controller).ok
