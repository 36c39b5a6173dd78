"""A damaged database is called so by the check: it ends in no error, and not in "all well"."""

import random
import shutil
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, text

from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.services import check
from moebelcirkel.services.context import Context
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables import METADATA
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


@pytest.mark.parametrize(
    ("statements", "rule"),
    [
        (("sqlite", "DROP TRIGGER event_no_update"), "event_no_update"),
        (("postgresql", "DROP TRIGGER event_no_update ON event"), "event_no_update"),
        (("postgresql", "ALTER TABLE charge DISABLE TRIGGER ALL"), "charge_no_delete"),
        (("sqlite", "DROP INDEX uq_order_line_open_unit"), "uq_order_line_open_unit (unique)"),
        (("postgresql", "DROP INDEX uq_order_line_open_unit"), "uq_order_line_open_unit (unique)"),
        (("postgresql", "ALTER TABLE unit DROP CONSTRAINT ck_unit_price"), "ck_unit_price"),
    ],
)
def test_a_rule_taken_away_is_named(
    year: World, engine_kind: str, statements: tuple[str, str], rule: str
) -> None:
    engine, statement = statements
    if engine != engine_kind:
        pytest.skip("the other engine says it otherwise")
    with year.context.database.engine.begin() as connection:
        connection.execute(text(statement))
    report = check.run(year.person("controller"))
    assert rule in {finding.values.get("name") for finding in report.findings}


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("ck_unit_price", "price_ore >= 0", "price_ore >= -9999999"),
        ("ck_unit_condition", "'D')", "'D', 'E')"),
        (
            "ck_photo_owner",
            "(article_id IS NULL) <> (unit_id IS NULL)",
            "article_id IS NULL OR 0 = 0",
        ),
    ],
)
def test_a_rule_weakened_under_its_own_name_is_named(
    year: World, rule: str, old: str, new: str
) -> None:
    engine = year.context.database.engine
    (table, declared) = next(
        (each.table.name, str(each.sqltext))
        for table in METADATA.tables.values()
        for each in table.constraints
        if isinstance(each, CheckConstraint) and each.name == rule
    )
    assert old in declared
    with engine.begin() as connection:
        if year.context.database.is_sqlite:
            connection.execute(text("PRAGMA writable_schema = ON"))
            schema = "UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE name = :table"
            connection.execute(text(schema), {"old": old, "new": new, "table": table})
            connection.execute(text("PRAGMA writable_schema = OFF"))
        else:
            weak = f"ADD CONSTRAINT {rule} CHECK ({declared.replace(old, new)})"
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {rule}, {weak}"))
    report = check.run(year.person("controller"))
    weaker = "The rule {name} of the database is another than it was."
    assert [(each.message, each.values["name"]) for each in report.findings] == [(weaker, rule)]


def test_another_picture_under_a_fingerprint_is_found(year: World) -> None:
    blob = "x'ffd8'" if year.context.database.is_sqlite else r"'\xffd8'"
    tamper(
        year,
        "INSERT INTO photo_blob (sha256, jpeg, thumb, width, height, created_at) VALUES"
        f" ('{'0' * 64}', {blob}, {blob}, 1, 1, '2026-11-01 10:00:00')",
    )
    said = [check.text(finding) for finding in check.run(year.person("controller")).findings]
    assert said == ["Billede 000000000000 er beskadiget eller et andet."]
