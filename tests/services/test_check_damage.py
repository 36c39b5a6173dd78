"""A damaged database is called so by the check: it ends in no error, and not in "all well"."""

import random
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from moebelcirkel.domain.check import Finding
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services import check, photos
from moebelcirkel.services.context import Context, Work
from moebelcirkel.storage.engine import Database
from tests.services import working_day
from tests.services.tampering import tamper
from tests.world import World

_PAGE = 4096


def _flipped(source: Path, target: Path, seed: int) -> None:
    """A copy in which one page that is mostly in use is overwritten here and there."""
    chance = random.Random(seed)
    data = bytearray(source.read_bytes())
    pages = range(1, len(data) // _PAGE)
    used = [page for page in pages if data[page * _PAGE :][:_PAGE].count(0) < _PAGE // 2]
    page = chance.choice(used)
    for _ in range(40):
        data[page * _PAGE + chance.randrange(_PAGE)] ^= 1 + chance.randrange(255)
    target.write_bytes(data)


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_flipped_bytes_are_told(year: World, tmp_path: Path) -> None:
    database = year.context.database
    with database.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    whole = tmp_path / "whole.sqlite"
    shutil.copy(str(database.url.database), whole)
    actor = year.people["controller"]
    quiet = []
    for seed in range(12):
        _flipped(whole, tmp_path / f"{seed}.sqlite", seed)
        damaged = Database(tmp_path / f"{seed}.sqlite")
        try:
            report = check.run(Context(damaged, actor, clock=year.context.clock))
            if report.ok:
                quiet.append(seed)
        except Unavailable:
            pass  # so damaged that it cannot be opened, said in plain words
        finally:
            damaged.close()
    assert quiet == []


def test_a_value_that_cannot_be_right_is_a_finding(year: World) -> None:
    tamper(year, "UPDATE figure_line SET inputs = '[1]' WHERE id = 1")
    tamper(year, "UPDATE event SET after = '7' WHERE id = (SELECT min(id) FROM event)")
    report = check.run(year.person("controller"))
    assert len(report.findings) > 2


def test_another_picture_under_a_fingerprint_is_found(year: World) -> None:
    blob = "x'ffd8'" if year.context.database.is_sqlite else r"'\xffd8'"
    tamper(
        year,
        "INSERT INTO photo_blob (sha256, jpeg, thumb, width, height, created_at) VALUES"
        f" ('{'0' * 64}', {blob}, {blob}, 1, 1, '2026-11-01 10:00:00')",
    )
    said = [check.text(finding) for finding in check.run(year.person("controller")).findings]
    assert said == ["Billede 000000000000 er beskadiget eller et andet."]


def test_the_thumbnail_of_another_picture_of_the_same_shape_is_found(
    world: World, admin: Context
) -> None:
    pictures = [working_day.picture(name) for name in ("a chair", "a table")]

    def attach(work: Work) -> None:
        photos.attach(work, pictures, article_id=world.chair)

    world.context.write("setup", None, attach)
    assert check.run(admin).findings == ()
    first, second = pictures
    tamper(
        world,
        "UPDATE photo_blob SET thumb = :thumb WHERE sha256 = :key",
        thumb=second.thumb,
        key=first.sha256,
    )
    assert [(each.values["key"], each.values["column"]) for each in check.run(admin).findings] == [
        (first.sha256[:12], "thumb")
    ]


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize("column", ["name", "code"])
def test_a_text_whose_bytes_are_no_letters_is_named_by_its_row(world: World, column: str) -> None:
    wrong = text(f"UPDATE place SET {column} = CAST(x'61ff62' AS TEXT) WHERE id = :id")
    with world.context.database.engine.begin() as connection:
        connection.execute(wrong, {"id": world.shelf})
    found = check.run(world.context).findings
    named = [each.values for each in found if "cannot be used" in each.message]
    assert named == [{"table": "place", "key": str(world.shelf), "column": column}]


@pytest.mark.parametrize(
    ("series", "told"),
    [("unit", "(Møbel)"), ("order", "(Bestilling)"), ("delivery", "(Følgeseddel)")],
)
def test_a_counter_that_is_behind_is_told_in_words(series: str, told: str) -> None:
    message = "The counter of {series} is behind: {number} is in use."
    assert told in check.text(Finding(message, {"series": series, "number": 3}))
