"""Intake: numbers, states, cases and prices of a batch; undo, retry, and what is refused."""

import dataclasses

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.labels import label_number
from moebelcirkel.language import refusal
from moebelcirkel.services import articles, changes, intake, labels
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import Case, CaseUnit
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.units import Unit
from tests.world import World


def _batch(world: World, **changed: object) -> Batch:
    batch = Batch(
        giver_id=world.home,
        article_id=world.chair,
        parts=(
            Part("B", 9, "shelf", world.shelf),
            Part("C", 3, "workshop"),
            Part("A", 2, "sale", world.shelf),
        ),
    )
    return dataclasses.replace(batch, **changed)  # type: ignore[arg-type]


def _units(world: World) -> list[Unit]:
    with world.context.read() as session:
        return list(session.scalars(select(Unit).order_by(Unit.id)))


def test_a_batch_becomes_units_with_numbers_prices_and_destinations(world: World) -> None:
    done = intake.register(world.person("lager"), _batch(world))

    units = _units(world)
    assert tuple(unit.number for unit in units) == done.numbers
    assert units[0].number == label_number("MC", 1)
    assert [unit.state for unit in units] == ["received"] * 9 + ["workshop"] * 3 + ["listed"] * 2
    assert {unit.condition: unit.price_ore for unit in units} == {
        "B": 134_000,
        "C": 84_000,
        "A": 168_000,
    }
    with world.context.read() as session:
        assert session.scalar(select(func.count(Case.id))) == 1
        assert session.scalar(select(func.count(CaseUnit.id))) == 3
        events = select(func.count(Event.id)).where(Event.entity == "unit")
        assert session.scalar(events) == 14
    assert {"unit", "intake", "workshop_case", "case_unit"} <= done.kinds


def test_a_new_type_comes_with_the_batch_and_is_suggested_next_time(world: World) -> None:
    bed = ArticleValues(name="Plejeseng  Opus", category_key="care_bed_electric")
    keys = {category.key for category in articles.categories(world.context)}
    bed = dataclasses.replace(bed, category_key=next(iter(sorted(keys))))
    intake.register(
        world.person("lager"),
        _batch(
            world, article_id=None, new_article=bed, parts=(Part("B", 1, "shelf", world.shelf),)
        ),
    )

    hits = articles.suggest(world.person("lager"), "opus")
    assert [(hit.name, hit.in_stock) for hit in hits] == [("Plejeseng Opus", 1)]


def test_the_same_request_twice_registers_once(world: World) -> None:
    lager = world.person("lager").with_request("van-7")
    first = intake.register(lager, _batch(world))
    again = intake.register(lager, _batch(world))

    assert again == first
    assert len(_units(world)) == 14


def test_undo_voids_the_pieces_and_never_reuses_their_numbers(world: World) -> None:
    lager = world.person("lager")
    bed = ArticleValues(name="Reol", category_key="office_task_chair")
    done = intake.register(lager, _batch(world, article_id=None, new_article=bed))
    changes.undo(lager, done.change_id or 0)

    assert {unit.state for unit in _units(world)} == {"void"}
    with world.context.read() as session:
        assert session.scalar(select(Case.state)) == "void"
        assert session.get(Article, done.article_id) is not None
    later = intake.register(lager, _batch(world))
    assert later.numbers[0] == label_number("MC", 15)
    with pytest.raises(Refused, match="already been undone"):
        changes.undo(lager, done.change_id or 0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"parts": ()}, "parts"),
        ({"parts": (Part("B", 5_001, "workshop"),)}, "parts"),
        ({"parts": (Part("B", 1),)}, "place"),
        ({"giver_id": 999}, "giver"),
        ({"note": "spørg Jens, 010203-1234"}, "note"),
        ({"acquired_year": 16}, "acquired_year"),
        ({"article_id": None}, "article"),
    ],
)
def test_wrong_input_is_named_by_field_and_nothing_is_saved(
    world: World, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        intake.register(world.person("lager"), _batch(world, **changed))
    assert field in caught.value.errors
    assert _units(world) == []


def test_the_most_pieces_are_written_with_a_thousands_point_and_a_year_ahead_is_told_so(
    world: World,
) -> None:
    wrong = _batch(world, parts=(Part("B", 5_001, "workshop"),), acquired_year=2031)
    with pytest.raises(Invalid) as caught:
        intake.register(world.person("lager"), wrong)
    said = {name: refusal(error) for name, error in caught.value.errors.items()}
    assert said["parts"] == "Højst 5.000 møbler ad gangen. Del dem op."
    assert said["acquired_year"].startswith("2031 ligger i fremtiden.")


def test_a_leader_may_not_register(world: World) -> None:
    with pytest.raises(Refused, match="right"):
        intake.register(world.person("leader"), _batch(world))


def test_today_shows_givers_and_batches(world: World) -> None:
    lager = world.person("lager")
    intake.register(lager, _batch(world))

    assert [(row.name, row.pieces_today) for row in intake.givers(lager)] == [
        ("Plejecenter Åbo", 14),
        ("Søndervangskolen", 0),
    ]
    (batch,) = intake.batches_today(lager)
    assert (batch.giver, batch.article, batch.pieces) == (
        "Plejecenter Åbo",
        "Kontorstol HÅG SoFi 7200",
        14,
    )


def test_a_batch_shows_its_pieces_and_what_undoes_it(world: World) -> None:
    lager = world.person("lager")
    done = intake.register(lager, _batch(world))
    shown = intake.batch(lager, done.intake_id)

    assert (shown.giver, shown.article) == ("Plejecenter Åbo", "Kontorstol HÅG SoFi 7200")
    assert tuple(piece.number for piece in shown.pieces) == done.numbers
    assert {(piece.state, piece.place) for piece in shown.pieces} == {
        ("received", "Hal 2 · Reol 14 · C"),
        ("workshop", "Værksted"),
        ("listed", "Hal 2 · Reol 14 · C"),
    }
    assert shown.change_id == done.change_id
    changes.undo(lager, done.change_id or 0)
    assert intake.batches_today(lager) == []
    assert [row.pieces_today for row in intake.givers(lager)] == [0, 0]
    with pytest.raises(Stale):
        intake.batch(lager, shown.id)


def test_after_a_crash_it_is_known_whether_the_batch_arrived(world: World) -> None:
    lager = world.person("lager")
    assert intake.registered(lager, "van-8") is None
    done = intake.register(lager.with_request("van-8"), _batch(world))
    again = intake.registered(lager, "van-8")
    assert again == done


def test_colours_in_use_are_offered(world: World) -> None:
    assert articles.colours(world.person("lager")) == ["Sort"]


def test_labels_come_as_pdf_and_an_unknown_number_is_refused_by_name(world: World) -> None:
    lager = world.person("lager")
    done = intake.register(lager, _batch(world))

    assert labels.sheet(lager, done.unit_ids).startswith(b"%PDF")
    assert labels.sheet_by_numbers(lager, [done.numbers[0].lower()]).startswith(b"%PDF")
    with pytest.raises(Refused, match="MC-999999"):
        labels.sheet_by_numbers(lager, ["MC-999999-0"])
