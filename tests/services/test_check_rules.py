"""A rule of the database that was taken away, changed or put there is named by the check."""

import pytest
from sqlalchemy import CheckConstraint, Connection, text

from moebelcirkel.services import check
from moebelcirkel.services.context import Context
from moebelcirkel.storage.checks import rules as check_rules
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.schema import METADATA
from tests.world import World

GONE = "The database no longer has its rule {name}."
OTHER = "The rule {name} of the database is another than it was."
FOREIGN = "The database has a rule that is not the program's: {name}."


def told(context: Context) -> list[tuple[str, object]]:
    """What the check says, and of which rule."""
    return [(each.message, each.values.get("name")) for each in check.run(context).findings]


def reworded(connection: Connection, name: str, old: str, new: str) -> None:
    """Other words for something in a SQLite file, without making it anew."""
    connection.execute(text("PRAGMA writable_schema = ON"))
    schema = "UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE name = :name"
    assert connection.execute(text(schema), {"old": old, "new": new, "name": name}).rowcount == 1
    connection.execute(text("PRAGMA writable_schema = OFF"))


_STOCK = "CREATE INDEX ix_unit_state_article ON unit"
_OPEN = "CREATE INDEX uq_order_line_open_unit ON order_line (unit_id)"
_QUIET = """CREATE OR REPLACE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RETURN NEW; END $$"""
_KEEPS = "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"

#: By name: the engine, what is done to it, and what must be said; any engine where none is named.
BREAKS = {
    "a trigger dropped": ("sqlite", ("DROP TRIGGER event_no_update",), (GONE, "event_no_update")),
    "a trigger dropped on the server": (
        "postgresql",
        ("DROP TRIGGER event_no_update ON event",),
        (GONE, "event_no_update"),
    ),
    "a trigger switched off": (
        "postgresql",
        ("ALTER TABLE event DISABLE TRIGGER event_no_update",),
        (GONE, "event_no_update"),
    ),
    "a trigger that does nothing": (
        "sqlite",
        (
            "DROP TRIGGER event_no_update",
            "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END",
        ),
        (OTHER, "event_no_update"),
    ),
    "a trigger that seldom does anything": (
        "sqlite",
        (
            "DROP TRIGGER event_no_update",
            f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event WHEN new.id = 0 {_KEEPS}",
        ),
        (OTHER, "event_no_update"),
    ),
    "a trigger that seldom does anything on the server": (
        "postgresql",
        (
            "DROP TRIGGER event_no_update ON event",
            """CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW
         WHEN (new.id = 0) EXECUTE FUNCTION refuse_rewrite()""",
        ),
        (OTHER, "event_no_update"),
    ),
    "the triggers' function hollowed out": ("postgresql", (_QUIET,), (OTHER, "refuse_rewrite")),
    "a trigger of somebody's own": (
        "sqlite",
        ("CREATE TRIGGER discount AFTER INSERT ON charge BEGIN SELECT 1; END",),
        (FOREIGN, "discount"),
    ),
    "a trigger of somebody's own on the server": (
        "postgresql",
        (
            """CREATE TRIGGER discount AFTER INSERT ON charge FOR EACH STATEMENT
        EXECUTE FUNCTION refuse_rewrite()""",
        ),
        (FOREIGN, "discount"),
    ),
    "an index dropped": (
        "",
        ("DROP INDEX uq_order_line_open_unit",),
        (GONE, "uq_order_line_open_unit"),
    ),
    "an index over other columns": (
        "",
        ("DROP INDEX ix_unit_state_article", f"{_STOCK} (article_id)"),
        (OTHER, "ix_unit_state_article"),
    ),
    "an index over fewer rows": (
        "",
        ("DROP INDEX ix_unit_state_article", f"{_STOCK} (state, article_id) WHERE id > 9"),
        (OTHER, "ix_unit_state_article"),
    ),
    "an index no longer unique": (
        "",
        ("DROP INDEX uq_order_line_open_unit", f"{_OPEN} WHERE state IN ('open', 'picked')"),
        (OTHER, "uq_order_line_open_unit"),
    ),
    "a constraint dropped": (
        "postgresql",
        ("ALTER TABLE unit DROP CONSTRAINT ck_unit_price",),
        (GONE, "ck_unit_price"),
    ),
    "a constraint that is not asked of old rows": (
        "postgresql",
        (
            "ALTER TABLE unit DROP CONSTRAINT ck_unit_price",
            "ALTER TABLE unit ADD CONSTRAINT ck_unit_price CHECK (price_ore >= 0) NOT VALID",
        ),
        (OTHER, "ck_unit_price"),
    ),
    "a column that may be empty": (
        "postgresql",
        ("ALTER TABLE unit ALTER COLUMN note DROP NOT NULL",),
        (OTHER, "unit.note"),
    ),
    "a column that fills itself": (
        "postgresql",
        ("ALTER TABLE charge ALTER COLUMN amount_ore SET DEFAULT 0",),
        (OTHER, "charge.amount_ore"),
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_rule_taken_away_changed_or_put_there_is_named(
    world: World, engine_kind: str, name: str
) -> None:
    engine, statements, said = BREAKS[name]
    if engine not in ("", engine_kind):
        pytest.skip("the other engine says it otherwise")
    assert told(world.person("controller")) == []
    with world.context.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    assert told(world.person("controller")) == [said]


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("table", "old", "new", "rule"),
    [
        ("unit", "note TEXT NOT NULL", "note TEXT", "unit.note"),
        ("unit", "UNIQUE (number)", "UNIQUE (number, serial)", "uq_unit_number"),
        ("charge", "REFERENCES unit (id)", "REFERENCES article (id)", "fk_charge_unit_id"),
        (
            "photo",
            "(article_id IS NULL) <> (unit_id IS NULL)",
            "((article_id IS NULL) <> unit_id) IS NULL",
            "ck_photo_owner",
        ),
        ("unit", "PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY", "unit.id"),
    ],
)
def test_a_table_of_other_words_is_named(
    world: World, table: str, old: str, new: str, rule: str
) -> None:
    with world.context.database.engine.begin() as connection:
        reworded(connection, table, old, new)
    assert (OTHER, rule) in told(world.person("controller"))


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
            reworded(connection, table, old, new)
        else:
            weak = f"ADD CONSTRAINT {rule} CHECK ({declared.replace(old, new)})"
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {rule}, {weak}"))
    assert told(year.person("controller")) == [(OTHER, rule)]


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_role_that_may_make_no_temporary_tables_still_sees_the_triggers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = world.context.database
    role = f"reader_{owner.url.database}"
    with owner.engine.begin() as connection:
        for statement in (
            f"CREATE ROLE {role} LOGIN",
            f"REVOKE TEMPORARY ON DATABASE {owner.url.database} FROM PUBLIC",
            f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}",
            "ALTER TABLE event DISABLE TRIGGER event_no_update",
        ):
            connection.execute(text(statement))
    monkeypatch.setattr(check_rules, "_ANEW", {})
    reader = Database(owner.url.set(username=role))
    try:
        context = Context(reader, world.people["controller"], clock=world.context.clock)
        assert told(context) == [(GONE, "event_no_update")]
    finally:
        reader.close()
        with owner.engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {role}"))
            connection.execute(text(f"DROP ROLE {role}"))
