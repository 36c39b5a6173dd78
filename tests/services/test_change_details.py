"""The history: every kind and column has words, rows read before and after, pages and filters."""

import ast
from decimal import Decimal
from pathlib import Path

from sqlalchemy import inspect

from moebelcirkel.domain.changes.kinds import CHANGE_KINDS, KIND_GROUPS, group_of
from moebelcirkel.domain.changes.words import COLUMN_NAMES, ENTITY_NAMES, SILENT_COLUMNS
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import articles, changes, intake, parameters, stock, users
from moebelcirkel.services.articles import lists as article_list
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.services.changes import details as change_details
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.events import recorded_columns
from moebelcirkel.storage.schema import METADATA  # noqa: F401
from moebelcirkel.storage.tables.base import Base
from tests import trade
from tests.services import writes
from tests.world import World


def written_kinds() -> set[str]:
    """The first argument of every ``@writes(…)`` and ``context.write(…)`` in the services."""
    found: set[str] = set()
    for module in writes.modules():
        assert module.__file__ is not None
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and _called(node) in {"writes", "write"}:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
                elif isinstance(first, ast.Name) and first.id.isupper():
                    found.add(getattr(module, first.id))
    return found


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_every_kind_of_change_has_words() -> None:
    kinds = written_kinds()
    assert {"unit.move", "user.password", "undo", "setup"} <= kinds
    assert kinds - set(CHANGE_KINDS) == set()
    assert {group_of(kind) for kind in CHANGE_KINDS} == set(KIND_GROUPS)


def test_every_tracked_table_and_column_has_words() -> None:
    tracked = [m for m in Base.registry.mappers if m.class_.__track__ is not None]
    # What is erased is told of, although it is in no rows that change otherwise.
    named = {m.class_.__tablename__ for m in tracked} | {"person_text", "photo_blob"}
    assert named == set(ENTITY_NAMES)
    columns = {
        column
        for mapper in tracked
        if mapper.class_.__track__ == "full"
        for column in recorded_columns(inspect(mapper.class_))
    }
    assert columns - set(COLUMN_NAMES) - SILENT_COLUMNS == set()
    assert set(COLUMN_NAMES) - columns == {"cause"}


def test_a_change_in_words(world: World) -> None:
    lager = world.person("lager")
    units = trade.put_on_sale(world, 2)
    done = stock.move(lager, units, world.workshop)
    rows = sorted(change_details.of(lager, done.change_id or 0), key=lambda row: row.title)
    number = trade.number(world.context, units[0])
    assert rows[0].title == f"Møbel {number} · Kontorstol HÅG SoFi 7200"
    assert rows[0].what == "ændret"
    [field] = rows[0].fields
    assert (field.label, field.before, field.after) == (
        "Placering",
        "Hal 2 · Reol 14 · C",
        "Værksted",
    )
    assert len(rows) == 2
    assert len(change_details.of(lager, done.change_id or 0, limit=1)) == 1


def test_states_prices_days_and_notes_are_read_as_people_do(world: World) -> None:
    lager = world.person("lager")
    batch = Batch(
        article_id=world.chair, parts=(Part("C", 1, "shelf", world.shelf),), note="ridse i lak"
    )
    done = intake.register(lager, batch)
    rows = change_details.of(lager, done.change_id or 0)
    unit = next(row for row in rows if row.title.startswith("Møbel MC-"))
    values = {field.label: field.after for field in unit.fields}
    assert unit.what == "oprettet"
    assert values["Status"] == "modtaget"
    assert values["Pris"].replace("\u00a0", " ") == "840 kr."
    assert values["Modtaget"] == "20.11.2026"
    assert values["Note"] == "ridse i lak"
    scrapped = stock.scrap(lager, done.unit_ids, "hygiene")
    [row] = change_details.of(lager, scrapped.change_id or 0)
    words = {field.label: (field.before, field.after) for field in row.fields}
    assert words["Status"] == ("modtaget", "kasseret")
    assert words["Årsag til kassering"] == ("", "Hygiejne, skimmel eller væggelus")


def test_a_setting_says_what_it_was_before_also_where_nobody_had_set_it(world: World) -> None:
    admin = world.person("admin")
    values: dict[str, Value] = {
        "mail_starttls": False,
        "mail_port": 2525,
        "default_limit_ore": 2_000_000,
        "label_height_mm": Decimal("36.5"),
    }
    kept = {key: admin.parameter(key) for key in values}
    done = parameters.save(admin, values, {})
    undone = changes.undo(admin, done.change_id or 0)
    told = [
        {
            row.title: (row.what, *((field.before, field.after) for field in row.fields))
            for row in change_details.of(admin, change_id or 0)
        }
        for change_id in (done.change_id, undone.change_id)
    ]
    assert {key: admin.parameter(key) for key in values} == kept
    made, taken_back = told
    assert made["Indstilling STARTTLS"] == ("ændret", ("Ja", "Nej"))
    assert made["Indstilling Port"] == ("ændret", ("587", "2525"))
    assert {what for what, *_fields in made.values()} == {"ændret"}
    spoken = [field for _what, *fields in made.values() for words in fields for field in words]
    assert {"10.000 kr.", "20.000 kr."} <= {each.replace("\u00a0", " ") for each in spoken}
    assert {"37", "36,5"} <= set(spoken)
    assert taken_back == {
        title: (what, (after, before)) for title, (what, (before, after)) in made.items()
    }


def test_an_article_tells_what_was_corrected(world: World) -> None:
    admin = world.person("lager")
    detail = articles.get(admin, world.chair)
    values = {name: getattr(detail.values, name) for name in detail.values.__slots__}
    articles.save(
        admin,
        type(detail.values)(**{**values, "new_price_ore": 360_000, "colour": "Grå"}),
        world.chair,
        detail.version,
    )
    newest = article_list.history(admin, world.chair)[0]
    assert newest.title.replace("\u00a0", " ") == (
        "Rettet: farve Sort → Grå, nypris 3.350 kr. → 3.600 kr."
    )
    assert article_list.history(admin, world.chair)[-1].title == "Oprettet"


def test_a_user_who_was_undone_keeps_a_name(world: World) -> None:
    admin = world.person("admin")
    form = users.UserForm("ny", "Ny Nielsen", grants=frozenset({Grant(Role.WAREHOUSE)}))
    done = users.save(admin, form)
    undone = changes.undo(admin, done.change_id or 0)
    for change_id, what in ((done.change_id, "oprettet"), (undone.change_id, "fjernet")):
        rows = change_details.of(admin, change_id or 0)
        assert sorted((row.title, row.what) for row in rows) == [
            ("Bruger Ny Nielsen", what),
            ("En brugers rolle Ny Nielsen", what),
        ]
        shown = " ".join(f"{field.before} {field.after}" for row in rows for field in row.fields)
        assert "{" not in shown


def test_pages_and_filters(world: World) -> None:
    lager, bench = world.person("lager"), world.person("bench")
    units = trade.put_on_sale(world, 1)
    for place in (world.workshop, world.shelf, world.workshop):
        stock.move(lager, units, place)
    own = ChangeFilter(actor_id=lager.actor.user_id)
    first = changes.page(bench, own, limit=2)
    rest = changes.page(bench, own, first=2, limit=2, before_id=first[-1].id)
    assert [row.kind for row in first + rest] == ["unit.move"] * 3
    assert changes.page(bench, own, first=2, limit=2) == rest
    assert changes.count(bench, own) == 3
    assert changes.count(bench, ChangeFilter(group="unit")) == 4
    assert changes.count(bench, ChangeFilter(group="case")) == 0
    assert ("Lager" in dict(map(reversed, changes.actors(bench)))) is True  # type: ignore[arg-type]


def test_an_undone_change_is_marked_and_named(world: World) -> None:
    lager = world.person("lager")
    units = trade.put_on_sale(world, 1)
    done = stock.move(lager, units, world.workshop)
    changes.undo(lager, done.change_id or 0)
    answer, original = changes.page(lager, ChangeFilter(), limit=2)
    assert (answer.kind, answer.reverses_id, answer.reverses_kind) == (
        "undo",
        done.change_id,
        "unit.move",
    )
    assert original.undone


def test_types_are_listed_in_danish_order_with_counts(world: World) -> None:
    trade.put_on_sale(world, 2)
    trade.put_on_sale(world, 1, state="delivered", place_id=None)
    found = article_list.find(world.person("lager"), "sofi")
    [row] = found.rows
    assert (found.total, row.in_stock, row.registered, row.documented) == (1, 2, 3, True)
    assert article_list.find(world.context, without_price=True).total == 0
    assert article_list.page(world.context, first=1) == []
    assert article_list.page(world.context, first=1, after=row) == []
