"""After a dump was restored no number is given out a second time: a gap is left."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context, Work
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.numbering import GAP, HOME
from moebelcirkel.storage.tables.parameters import Counter
from tests import postgres, templates
from tests.answers import Made
from tests.clock import Clock


def number(url: str, count: int = 1, series: str = "unit") -> int:
    """Take numbers as a workstation does that has just opened the database."""
    database = Database(url)
    taken: list[int] = []

    def take(work: Work) -> Made:
        taken.append(work.next_number(series, count))
        return Made(ids=())

    Context(database, SYSTEM, clock=Clock()).write("unit.list", None, take)
    database.close()
    return taken[0]


@pytest.fixture
def house(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    if not shutil.which("pg_dump"):
        pytest.skip("PostgreSQL's programs are not on the path here")
    name = postgres_cluster.create(templates.in_cluster(postgres_cluster, "migrated"))
    yield postgres_cluster.url(name)
    postgres_cluster.drop(name)


def dumped(url: str, target: Path) -> Path:
    plain = url.replace("+psycopg", "")
    subprocess.run(["pg_dump", "-Fc", f"--file={target}", plain], check=True)
    return target


def restored(url: str, dump: Path, *more: str) -> None:
    plain = url.replace("+psycopg", "")
    subprocess.run(["pg_restore", "--no-owner", *more, f"--dbname={plain}", str(dump)], check=True)


def test_a_dump_in_a_database_beside_leaves_a_gap_once(
    house: str, postgres_url: str, tmp_path: Path
) -> None:
    assert number(house, 7) == 1
    dump = dumped(house, tmp_path / "d")
    assert number(house, 5) == 8  # on labels by now, and not in the dump
    restored(postgres_url, dump)
    assert number(postgres_url) == 7 + GAP + 1
    assert number(postgres_url) == 7 + GAP + 2
    assert number(postgres_url, series="order") == GAP + 1
    assert number(house) == 13  # the one it was taken of goes on as before
    database = Database(postgres_url)
    assert check.run(Context(database, SYSTEM)).ok
    database.close()


def test_a_dump_over_the_database_itself_leaves_a_gap(house: str, tmp_path: Path) -> None:
    number(house, 7)
    dump = dumped(house, tmp_path / "d")
    number(house, 5)
    restored(house, dump, "--clean")
    assert number(house) == 7 + GAP + 1


def test_without_any_dump_no_number_is_left_out(house: str) -> None:
    assert [number(house), number(house, 3), number(house), number(house, 1, "order")] == [
        1,
        2,
        5,
        1,
    ]
    database = Database(house)
    with database.read() as session:
        assert session.scalar(select(Counter.value).where(Counter.name == HOME))
    database.close()
