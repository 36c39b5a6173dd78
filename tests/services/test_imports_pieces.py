"""Opening stock from a list: checked against the house, taken in as one change, undone as one."""

import threading
from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Interrupted, Refused
from moebelcirkel.language import _
from moebelcirkel.services import articles, changes, check, codes, imports, stock, units
from moebelcirkel.services.context import Context
from moebelcirkel.services.imports import PIECES, ImportWatch, RecordChoices, Source
from moebelcirkel.services.intake import corrections
from moebelcirkel.storage.tables.units import Unit
from tests.world import World

LIST = """Inventarnr;Møbel;Varenr;Antal;Stand;Placering
A-1, A-2;Kontorstol HÅG SoFi 7200;;2;god;Hal 2 / Reol 14 / C
A-3;Skrivebord Holmris 160;HO-160;1;C;2-14-C
;Skrivebord Holmris 160;HO-160;30;D slidt;hal 2 > reol 14 > hylde C
"""


def listed(text: str = LIST, name: str = "lager.csv") -> Source:
    return imports.read(text.encode(), name)


def take(context: Context, text: str = LIST, **fixed: str) -> imports.Imported:
    source = listed(text)
    return imports.run_records(context, PIECES, source, chosen(context, source, **fixed))


def chosen(context: Context, source: Source, **fixed: str) -> RecordChoices:
    found = imports.suggest_records(context, PIECES, source)
    return RecordChoices(found.columns, fixed)


def reasons(context: Context, text: str, **fixed: str) -> dict[int, str]:
    source = listed(text)
    trial = imports.try_records(context, PIECES, source, chosen(context, source, **fixed))
    return {error.line: str(error.refused()) for error in trial.errors}


def piece(world: World, code: str) -> units.Passport:
    with world.context.read() as session:
        found = codes.need_unit_id(session, code)
    return units.passport(world.person("lager"), found)


def test_headers_of_a_list_are_understood_and_pieces_come_with_type_place_and_old_number(
    world: World,
) -> None:
    admin = world.person("admin")
    done = take(admin)

    assert (done.taken, done.refused) == (3, 0)
    first = piece(world, "A-2")
    assert (first.article_id, first.condition) == (world.chair, "B")
    facts = {fact.label: fact.value for fact in first.facts}
    assert "Hal 2 · Reol 14 · C" in facts[_("Place")]
    assert facts[_("Other codes")] == "A-2"
    assert facts[_("Received")].endswith(_("opening stock"))
    hit = articles.suggest(world.person("lager"), "holmris")[0]
    assert (hit.category_key, hit.in_stock) == ("desk_fixed", 31)
    assert check.run(world.context).ok


def test_nothing_is_known_of_the_life_before_but_the_condition(world: World) -> None:
    take(world.person("admin"))
    with world.context.read() as session:
        unit = session.get_one(Unit, codes.need_unit_id(session, "A-3"))
        assert (unit.loop, unit.life_left, unit.giver_id, unit.intake_id) == (
            2,
            Decimal(1),
            None,
            None,
        )
        assert unit.price_ore is not None
    story = piece(world, "A-3").history
    assert _("Opening stock: its life before is not known") in [each.title for each in story]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A-1;Stol;;1;B;2-14-C\nA-1;Stol;;1;B;2-14-C", "already on line 2"),
        ("A-1;Stol;;2;B;2-14-C", "belongs to one piece"),
        ("MC-4127-1;Stol;;1;B;2-14-C", "is a label number"),
        (";Stol;;1;B;Hal 9 / Reol 1", "There is no place “Hal 9 / Reol 1”"),
        (";Stol;;1;Z;2-14-C", "is not known. Write A, B, C or D"),
        (";Stol;;0;B;2-14-C", "whole number from 1"),
        (";;;1;B;2-14-C", "Write the name or the item number"),
        (";;X-9;1;B;2-14-C", "No furniture type has the number X-9"),
        (";Dims;;1;B;2-14-C", "cannot be told which category"),
        (";Stol;;1;;2-14-C", "must be filled in"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_reason(
    world: World, line: str, reason: str
) -> None:
    head = LIST.splitlines()[0]
    found = reasons(world.person("admin"), f"{head}\n{line}\n")
    assert reason in next(iter(found.values()), "")


def test_a_number_that_is_in_the_house_is_refused_and_names_its_piece(world: World) -> None:
    admin = world.person("admin")
    take(admin)
    found = reasons(admin, LIST.splitlines()[0] + "\nA-3;Stol;;1;B;2-14-C\n;Stol;;1;B;2-14-C\n")
    assert list(found) == [2]
    assert f"already on {piece(world, 'A-3').number}" in found[2]


def test_place_and_condition_can_be_the_same_for_all_lines(world: World) -> None:
    done = take(
        world.person("admin"), "Møbel;Antal\nStol;3\n", place="Hal 2 · Reol 14 · C", condition="b"
    )
    assert done.taken == 1
    with pytest.raises(Refused) as refused:
        take(world.person("admin"), "Møbel;Antal\nStol;4\n", place="2-14-C", condition="E")
    assert refused.value.field == "fixed_condition"


def test_the_same_file_comes_in_once_also_when_two_take_it_in_at_the_same_time(
    world: World,
) -> None:
    ends: list[str] = []

    def one() -> None:
        try:
            take(world.person("admin"), "Møbel;Antal;Stand;Placering\nStol;9;B;2-14-C\n")
            ends.append("taken")
        except Refused as error:
            ends.append(str(error))

    both = [threading.Thread(target=one) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(end.split(" ")[0] for end in ends) == ["The", "taken"]
    assert any("imported already" in end for end in ends)


def test_cancelled_half_way_nothing_is_kept(world: World) -> None:
    admin = world.person("admin")
    source = listed()
    steps: list[tuple[int, int]] = []
    with pytest.raises(Interrupted):
        imports.run_records(
            admin,
            PIECES,
            source,
            chosen(admin, source),
            ImportWatch(lambda now, all_: steps.append((now, all_)), cancelled=lambda: True),
        )
    assert steps == []
    assert imports.latest(admin) == []


def test_undone_as_a_whole_the_list_can_come_again(world: World) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    done = take(admin)
    changes.undo(admin, done.change_id or 0)
    assert articles.suggest(lager, "holmris") == []
    with world.context.read() as session:
        assert codes.unit_id(session, "A-1") is None
    assert take(admin).taken == 3
    assert articles.suggest(lager, "holmris")[0].in_stock == 31
    assert check.run(world.context).ok


def test_many_pieces_with_old_numbers_are_undone_and_done_again(world: World) -> None:
    admin = world.person("admin")
    lines = [f"N-{number};Stol;;1;B;2-14-C" for number in range(60)]
    done = take(admin, "\n".join([LIST.splitlines()[0], *lines]))
    undone = changes.undo(admin, done.change_id or 0)
    changes.redo(admin, undone.change_id or 0)
    assert piece(world, "N-59").condition == "B"
    assert check.run(world.context).ok


def test_undo_is_refused_once_a_piece_is_sold_and_says_what_to_do(world: World) -> None:
    admin, lager = world.person("admin"), world.person("lager")
    done = take(admin)
    with world.context.read() as session:
        unit = codes.need_unit_id(session, "A-1")
    stock.put_on_sale(lager, [unit])
    with pytest.raises(Refused) as refused:
        changes.undo(admin, done.change_id or 0)
    said = str(refused.value)
    assert "has been changed since" in said
    assert "Take that back first" in said


def test_one_piece_of_the_list_can_be_taken_out_alone(world: World) -> None:
    take(world.person("admin"))
    with world.context.read() as session:
        unit = codes.need_unit_id(session, "A-3")
    corrections.remove(world.person("lager"), unit)
    assert check.run(world.context).ok


def test_only_who_may_import_takes_in_opening_stock(world: World) -> None:
    for name in ("lager", "leader", "controller"):
        with pytest.raises(Refused, match="do not have the right"):
            take(world.person(name))
