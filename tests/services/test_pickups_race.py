"""Pickups that several touch at once, and what is typed wrongly: plain words, nothing saved."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.language import refusal
from moebelcirkel.services import changes, check, institutions, intake, pickups
from moebelcirkel.storage.tables.pickups import Pickup
from tests.services.reported import (
    CHAIRS,
    accepted,
    all_units,
    batch_for,
    line_of,
    report,
    reported,
    said_by,
)
from tests.services.sound import assert_whole
from tests.world import World


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"lines": ()}, "lines", "Sig, hvad der skal af sted"),
        ({"lines": (dataclasses.replace(CHAIRS, pieces=0),)}, "lines.0.pieces", "mellem 1 og 5000"),
        ({"lines": (dataclasses.replace(CHAIRS, pieces=10_000),)}, "lines.0.pieces", "mellem 1 og"),
        ({"lines": (dataclasses.replace(CHAIRS, name=" "),)}, "lines.0.name", "udfyldes"),
        ({"lines": (dataclasses.replace(CHAIRS, name="x" * 500),)}, "lines.0.name", "160 tegn"),
        ({"lines": (dataclasses.replace(CHAIRS, category_key="rum"),)}, "lines.0.category", "Vælg"),
        ({"lines": (dataclasses.replace(CHAIRS, condition="E"),)}, "lines.0.condition", "Vælg"),
        ({"lines": (dataclasses.replace(CHAIRS, article_id=99),)}, "lines.0.name", "Vælg"),
        ({"lines": (CHAIRS,) * 61}, "lines", "Højst 60 linjer"),
        ({"building": "x" * 500}, "building", "120 tegn"),
        ({"note": "x" * 501}, "note", "500 tegn"),
        ({"note": "010190-1234"}, "note", "CPR"),
        ({"access": "magi"}, "access", "Vælg"),
        ({"earliest_on": dt.date(2020, 1, 1)}, "earliest_on", "fortiden"),
        ({"latest_on": dt.date(2090, 1, 1)}, "latest_on", "langt ude"),
        (
            {"earliest_on": dt.date(2026, 12, 9), "latest_on": dt.date(2026, 12, 1)},
            "latest_on",
            "før den første",
        ),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_is_saved(
    world: World, change: dict[str, object], field: str, said: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        reported(world, **change)
    assert set(wrong.value.errors) == {field}
    assert said in refusal(wrong.value.errors[field])
    with world.context.read() as session:
        assert session.scalar(select(func.count(Pickup.id))) == 0


def test_a_long_word_and_markup_are_kept_as_they_were_typed(world: World) -> None:
    key = reported(world, building="<b>x</b>", note="x" * 500)
    seen = pickups.detail(world.person("lager"), key)
    assert (seen.row.building, seen.note) == ("<b>x</b>", "x" * 500)


def test_the_second_who_accepts_is_told_that_it_is_done(world: World) -> None:
    key = accepted(world)
    with pytest.raises(Refused) as late:
        pickups.accept(world.person("lager"), key, 1)
    assert said_by(late) == "A-000001 kan ikke accepteres: den er accepteret."


def test_a_report_that_was_taken_back_is_not_planned(world: World) -> None:
    key = reported(world)
    pickups.withdraw(world.person("leader"), key)
    with pytest.raises(Refused) as late:
        pickups.plan(world.person("lager"), key, world.context.today(), 1)
    assert said_by(late) == "Afhentningen af A-000001 kan ikke planlægges: den er taget tilbage."


def test_a_report_that_was_accepted_is_not_taken_back_nor_corrected(world: World) -> None:
    key = accepted(world)
    leader = world.person("leader")
    assert not pickups.detail(leader, key).steps
    with pytest.raises(Refused) as late:
        pickups.withdraw(leader, key)
    assert (
        said_by(late)
        == "A-000001 kan ikke længere tages tilbage: den er accepteret. Ring til lageret."
    )
    with pytest.raises(Refused):
        pickups.correct(leader, key, report(world))


def test_nothing_is_registered_for_a_report_that_was_closed_meanwhile(world: World) -> None:
    lager, key = world.person("lager"), accepted(world)
    line = line_of(lager, key)
    pickups.close(lager, key)
    with pytest.raises(Refused) as late:
        intake.register(lager, batch_for(world, 1, key, line))
    assert "den er afsluttet" in said_by(late)
    assert all_units(world) == []


def test_a_line_of_another_report_is_no_line_of_this_one(world: World) -> None:
    lager = world.person("lager")
    first, second = accepted(world), accepted(world)
    with pytest.raises(Stale):
        intake.register(lager, batch_for(world, 1, first, line_of(lager, second)))


def test_what_was_received_for_keeps_its_acceptance(world: World) -> None:
    lager, key = world.person("lager"), reported(world)
    accepted = pickups.accept(lager, key)
    batch = intake.register(lager, batch_for(world, 2, key, line_of(lager, key)))
    with pytest.raises(Refused) as kept:
        changes.undo(lager, accepted.change_id or 0)
    assert said_by(kept) == "Det kan ikke fortrydes, fordi der er modtaget møbler til A-000001."
    with pytest.raises(Refused):
        pickups.refuse(lager, key, "Nej")
    undone = changes.undo(lager, batch.change_id or 0)
    pickups.refuse(lager, key, "Alligevel ikke")
    with pytest.raises(Refused) as gone:
        changes.redo(lager, undone.change_id or 0)
    assert said_by(gone) == "Det kan ikke gøres igen, fordi A-000001 er afvist."
    assert_whole(world)


def test_a_closed_institution_reports_nothing_new_but_what_it_reported_is_still_fetched(
    world: World,
) -> None:
    admin, lager, key = world.person("admin"), world.person("lager"), accepted(world)
    known = institutions.get(admin, world.school)
    assert known is not None
    with pytest.raises(Refused):
        institutions.delete(admin, world.school, known.version)
    shut = dataclasses.replace(known.form, active=False)
    institutions.save(admin, shut, world.school, known.version)
    with pytest.raises(Refused) as late:
        reported(world)
    assert said_by(late).startswith("Søndervangskolen er ikke i brug længere")
    assert [each.row.id for each in pickups.receivable(lager)] == [key]
    intake.register(lager, batch_for(world, 2, key, line_of(lager, key)))
    assert pickups.detail(lager, key).row.received == 2
    assert_whole(world)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE pickup SET state = 'reported'", "som ikke har modtaget det"),
        ("UPDATE pickup SET reason = 'x'", "passer ikke med det"),
        ("UPDATE pickup_line SET pieces = 5", "Linje i melding 1"),
    ],
)
def test_the_check_finds_what_was_changed_behind_the_programs_back(
    world: World, damage: str, said: str
) -> None:
    lager, key = world.person("lager"), accepted(world)
    intake.register(lager, batch_for(world, 2, key, line_of(lager, key)))
    with world.context.database.write() as session:
        session.connection().exec_driver_sql(damage)
    found = [check.text(each) for each in check.run(world.person("controller")).findings]
    assert any(said in each for each in found), found
