"""Undoing many rows at once leaves the same rows and events as undoing them one by one."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange.mapping import Mapping, PriceBasis
from moebelcirkel.services import changes, check, imports, intake
from moebelcirkel.services.context import Context, Done
from moebelcirkel.services.intake import corrections
from moebelcirkel.services.stock import handling
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.undo import many
from tests import trade
from tests.services import undoing
from tests.world import World

COUNT = many.MANY + 15


def take_in(admin: Context) -> Done:
    """A price list of a few more lines than are undone one by one."""
    lines = "".join(f"M-{each};Stol nr. {each};{each + 100},50\n" for each in range(COUNT))
    source = imports.read(f"Nr;Navn;Pris\n{lines}".encode(), "stole.csv")
    mapping = Mapping(
        key="Nr", name=("Navn",), price="Pris", fixed={"category": "office_task_chair"}
    )
    basis = PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Katalog")
    return imports.run(
        admin, source, imports.ImportChoices(mapping=mapping, basis=basis, categories={})
    )


def take_in_pieces(admin: Context) -> Done:
    """A list of as many pieces with old numbers, of two new types."""
    lines = "".join(f"GL-{each};Kontorstol {each % 2};B;2-14-C\n" for each in range(COUNT))
    source = imports.read(f"Inventarnr;Møbel;Stand;Placering\n{lines}".encode(), "lager.csv")
    found = imports.suggest_records(admin, imports.PIECES, source)
    return imports.run_records(admin, imports.PIECES, source, found)


def events(context: Context, change_id: int | None) -> list[tuple[Any, ...]]:
    """The events of a change in order; keys of rows that came later are counted anew."""
    query = select(Event.entity, Event.entity_id, Event.before, Event.after)
    with context.read() as session:
        found = session.execute(query.where(Event.change_id == change_id).order_by(Event.id))
        return [tuple(row) for row in found]


def told_apart_by_key(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the ids, which no two imports share."""
    ids = {"id", "import_id", "unit_id"}
    return [
        (entity, *[each and {k: v for k, v in each.items() if k not in ids} for each in payloads])
        for entity, _id, *payloads in rows
    ]


def test_many_rows_are_undone_as_few_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = world.person("admin")
    before = undoing.rows(admin)["article"]
    first = take_in(admin)
    at_once = changes.undo(admin, first.change_id or 0)
    assert undoing.rows(admin)["article"] == before
    second = take_in(admin)
    monkeypatch.setattr(many, "MANY", 10_000)
    singly = changes.undo(admin, second.change_id or 0)
    assert undoing.rows(admin)["article"] == before

    found = events(admin, at_once.change_id)
    assert told_apart_by_key(found) == told_apart_by_key(events(admin, singly.change_id))
    assert at_once.kinds == singly.kinds
    made = {row[:2]: row for row in events(admin, first.change_id)}
    gone = [row for row in found if row[3] is None]
    assert len(gone) == COUNT
    assert all(made[row[:2]][3] == row[2] for row in gone)
    assert check.run(world.person("controller")).ok


def test_many_pieces_are_voided_as_few_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    first = take_in_pieces(admin)
    with admin.read() as session:
        one = session.scalars(select(Unit.id).order_by(Unit.id.desc())).first()
    corrections.remove(lager, one or 0)
    at_once = changes.undo(admin, first.change_id or 0)
    second = take_in_pieces(admin)
    with admin.read() as session:
        one = session.scalars(select(Unit.id).order_by(Unit.id.desc())).first()
    corrections.remove(lager, one or 0)
    monkeypatch.setattr(many, "MANY", 10_000)
    singly = changes.undo(admin, second.change_id or 0)

    found = events(admin, at_once.change_id)
    assert told_apart_by_key(found) == told_apart_by_key(events(admin, singly.change_id))
    # The one that was taken out alone is void already, and gave its code up with the others.
    assert sum(row[0] == "unit" for row in found) == COUNT - 1
    with admin.read() as session:
        kept = session.execute(select(Unit.state, Unit.version)).all()
    assert {(state, version) for state, version in kept} == {("void", 2)}
    assert undoing.rows(admin)["unit_code"] == []
    assert changes.redo(admin, at_once.change_id or 0).kinds == at_once.kinds
    assert check.run(world.person("controller")).ok


def test_many_pieces_come_back_as_few_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = world.person("admin")
    undone = changes.undo(admin, take_in_pieces(admin).change_id or 0)
    at_once = changes.redo(admin, undone.change_id or 0)
    rows = undoing.rows(admin)
    again = changes.undo(admin, at_once.change_id or 0)
    monkeypatch.setattr(many, "MANY", 10_000)
    singly = changes.redo(admin, again.change_id or 0)

    assert events(admin, at_once.change_id) == events(admin, singly.change_id)
    assert at_once.kinds == singly.kinds
    now = undoing.rows(admin)
    assert {table for table in rows if rows[table] != now[table]} <= {"change", "event", "unit"}
    with admin.read() as session:
        assert set(session.scalars(select(Unit.state))) == {"received"}
        # Voided twice, back twice, and told of their codes twice.
        assert set(session.scalars(select(Unit.version))) == {7}
    assert check.run(world.person("controller")).ok


def test_of_many_rows_one_is_in_use(world: World) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    done = take_in(admin)
    with admin.read() as session:
        used = session.scalars(select(Article.id).where(Article.key == "M-7")).one()
    part = intake.Part("B", 1, "shelf", world.shelf)
    intake.register(lager, intake.Batch(article_id=used, parts=(part,)))
    before = undoing.rows(admin)
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, done.change_id or 0)
    assert undoing.rows(admin) == before
    assert check.run(world.person("controller")).ok


@pytest.mark.parametrize("count", [5, 6, 40])
def test_as_many_as_change_alike_leave_an_event_each(world: World, count: int) -> None:
    ids = trade.put_on_sale(world, count)
    lager = world.person("lager")
    done = handling.set_price(lager, ids, 99_500)
    before, after = {"price_ore": trade.PRICE}, {"price_ore": 99_500}
    assert events(world.context, done.change_id) == [
        ("unit", str(each), before, after) for each in ids
    ]
    changes.undo(lager, done.change_id or 0)
    assert {trade.unit(world, each).price_ore for each in ids} == {trade.PRICE}
    assert check.run(world.person("controller")).findings == ()
