"""What was undone is named, and the history shows nobody a number or a word of the program's."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.domain.changes.words import ENTITY_NAMES
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.language import _
from moebelcirkel.services import cases, changes, deliveries, orders, places, stock, tasks, users
from moebelcirkel.services.changes import ChangeFilter
from moebelcirkel.services.changes import details as change_details
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import opening
from moebelcirkel.storage.queries import change_texts
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.ui.pages.changes.words import what
from tests import templates, trade
from tests.services.test_cases_parts import opened
from tests.services.test_parts import apart
from tests.world import World

FORM = users.UserForm("mette", "Mette Holm", grants=frozenset({Grant(Role.WAREHOUSE)}))


def undone(asker: Context, change_id: int | None) -> str:
    """What is named when a change is undone."""
    return changes.undo(asker, change_id or 0).thing


def test_what_is_undone_is_named(world: World) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    saved = users.save(admin, FORM)
    assert undone(admin, saved.change_id) == "Mette Holm"
    units = trade.put_on_sale(world, 3)
    moved = stock.move(lager, units, world.workshop)
    assert undone(lager, moved.change_id) == "3 møbler"
    one = stock.move(lager, units[:1], world.workshop)
    number = trade.number(world.context, units[0])
    assert undone(lager, one.change_id) == f"{number} · Kontorstol HÅG SoFi 7200"
    lines = trade.order(world, units)
    picked = deliveries.pick(lager, lines)
    assert undone(lager, picked.change_id) == "3 møbler"
    order = trade.row(world.context, Order, trade.row(world.context, OrderLine, lines[0]).order_id)
    cancelled = orders.cancel(world.person("leader"), order.id)
    assert undone(world.person("leader"), cancelled.change_id) == order.number


def test_what_is_done_again_is_named_as_it_was(world: World) -> None:
    lager = world.person("lager")
    moved = stock.move(lager, trade.put_on_sale(world, 2), world.workshop)
    answer = changes.undo(lager, moved.change_id or 0)
    again = changes.redo(lager, answer.change_id or 0)
    assert (again.kind, again.thing) == ("unit.move", "2 møbler")


def test_a_user_who_is_gone_and_a_role_alone_are_named(world: World) -> None:
    admin = world.person("admin")
    saved = users.save(admin, FORM)
    row = users.get(admin, saved.id)
    assert row is not None
    more = users.UserForm(
        FORM.login, FORM.name, grants=FORM.grants | {Grant(Role.WORKSHOP)}, active=True
    )
    changed = users.save(admin, more, saved.id, row.version)
    assert undone(admin, changed.change_id) == "Mette Holm"
    row = users.get(admin, saved.id)
    assert row is not None
    gone = users.delete(admin, saved.id, row.version)
    told = change_details.of(admin, changed.change_id or 0)
    titles = {each.title for each in told}
    assert titles == {"Bruger Mette Holm", "En brugers rolle Mette Holm"}
    assert undone(admin, gone.change_id) == "Mette Holm"


def test_what_was_created_is_called_so_also_where_it_was_undone(world: World) -> None:
    admin = world.person("admin")
    made = users.save(admin, FORM)
    row = users.get(admin, made.id)
    assert row is not None
    users.save(
        admin, users.UserForm("mette", "Mette Holm-Bak", grants=FORM.grants), made.id, row.version
    )
    place = places.save(admin, places.PlaceForm("H1-9", "Hal 1, hylde 9"))
    answer = changes.undo(admin, place.change_id or 0)
    assert answer.created
    said = [what(each) for each in changes.page(admin, ChangeFilter(), limit=4)]
    assert said == [
        "Fortrød en ændring: oprettede en placering",
        "Oprettede en placering",
        "Ændrede en bruger",
        "Oprettede en bruger",
    ]


def test_the_history_says_whether_a_spare_part_was_used_or_taken_out(world: World) -> None:
    bench = world.person("bench")
    part = apart(world).part_ids[0]
    _case, task, _chairs = opened(world)
    cases.use_part(bench, task, part)
    cases.take_part_out(bench, part)
    assert [what(each) for each in changes.page(bench, ChangeFilter(), limit=2)] == [
        "Tog en reservedel ud af en reparation",
        "Brugte en reservedel i en reparation",
    ]


def test_a_task_that_was_removed_and_a_case_have_names(world: World) -> None:
    bench = world.person("bench")
    [unit] = trade.put_on_sale(world, 1, state="received", listed_at=None)
    case = cases.send(bench, [unit])
    [kind, *_rest] = tasks.task_types(bench)
    added = cases.add_task(bench, case.case_id, kind.id)
    [task] = cases.detail(bench, case.case_id).tasks
    done = cases.set_task(bench, task.id, version=task.version, done=True)
    [task] = cases.detail(bench, case.case_id).tasks
    removed = cases.remove_task(bench, task.id)
    for change in (added, done, removed):
        titles = [each.title for each in change_details.of(bench, change.change_id or 0)]
        assert f"Opgave på værkstedet {kind.form.name}" in titles
    noted = cases.set_note(
        bench, case.case_id, "stof", None, cases.detail(bench, case.case_id).version
    )
    assert undone(bench, noted.change_id).startswith(trade.number(world.context, unit))


# --- the example data, whole ------------------------------------------------------------------


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """A small example database."""
    path = Path(tmp_path_factory.mktemp("example")) / "demo.sqlite"
    context = opening.open_existing(str(shutil.copy(templates.in_file("example-120"), path)))
    yield context
    opening.close(context)


#: Words of the program: lower case letters with a line below them, or references.
_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+|\{.*\}|[0-9a-f]{16,}|\d{4}-\d\d-\d\d.*|True|False|None")


def test_the_history_has_no_number_and_no_word_that_only_the_program_knows(
    example: Context,
) -> None:
    bad: list[str] = []
    kinds: set[str] = set()
    with example.read() as session:
        for change in session.scalars(select(Change).order_by(Change.id)):
            kinds.add(change.kind)
            lines = change_texts.events(session, change.id, 8)
            for line, row in zip(lines, change_details.words(session, lines), strict=True):
                kind = _(ENTITY_NAMES[line.entity])
                if row.title in (kind, f"{kind} {line.entity_id}"):
                    bad.append(f"{change.kind}: {row.title}")
                said = [value for field in row.fields for value in (field.before, field.after)]
                bad += [f"{change.kind}: {row.title}: {s}" for s in said if _CODE.fullmatch(s)]
    assert bad == []
    assert len(kinds) > 20
