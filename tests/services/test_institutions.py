"""Institutions and their cost bearers: fields, two writers, use, undo."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.services import institutions
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.institutions import CostBearerForm, InstitutionForm
from moebelcirkel.storage.tables.institutions import CostBearer
from moebelcirkel.storage.tables.shop import Basket
from tests.services.undoing import assert_undone
from tests.world import World

FORM = InstitutionForm(
    "Børnehuset Mælkevejen",
    "Børn og Skole",
    "Daginstitution",
    "Vestergade 1",
    "5799999000034",
    "41849983",
    "own",
    500_000,
    active=True,
    bearers=(CostBearerForm("5310", "Drift"),),
    postcode="8900",
    coordinates="56.4606, 10.0364",
    weekday=2,
    contact="Pedel",
    phone="12 34 56 78",
)


def test_a_new_one_is_found_and_opened(admin: Context) -> None:
    done = institutions.save(admin, replace(FORM, ean="5799 9990 00034", name="  Børnehuset  X "))
    detail = institutions.get(admin, done.id)
    assert detail is not None
    assert (detail.form.name, detail.form.ean) == ("Børnehuset X", "5799999000034")
    assert [(each.code, each.name) for each in detail.form.bearers] == [("5310", "Drift")]
    assert (detail.form.postcode, detail.form.weekday) == ("8900", 2)
    assert detail.form.coordinates == "56.4606, 10.0364"
    assert (detail.form.contact, detail.form.phone) == ("Pedel", "12 34 56 78")
    assert done.kinds == {"institution", "cost_bearer"}
    row = institutions.find(admin, "boernehuset")[0]
    assert (row.id, row.bearers, row.limit_ore) == (detail.id, 1, 500_000)


def test_rows_stand_in_danish_order(admin: Context) -> None:
    for name in ("Aarhus Havn", "Ærøskolen", "Zebra"):
        institutions.save(admin, InstitutionForm(name))
    names = [row.name for row in institutions.find(admin)]
    assert names == ["Plejecenter Åbo", "Søndervangskolen", "Zebra", "Ærøskolen", "Aarhus Havn"]
    assert [choice.name for choice in institutions.choices(admin)] == names


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": " "}),
        ("name", {"name": "x" * 121}),
        ("name", {"name": "SØNDERVANGSKOLEN"}),
        ("department", {"department": "x" * 121}),
        ("address", {"address": "Anna 010203-1234"}),
        ("ean", {"ean": "5799999000035"}),
        ("ean", {"ean": "579999900003"}),
        ("cvr", {"cvr": "123456789"}),
        ("cvr", {"cvr": "1234567a"}),
        ("legal", {"legal": "state"}),
        ("postcode", {"postcode": "890"}),
        ("coordinates", {"coordinates": "10.03, 56.46"}),
        ("contact", {"contact": "x" * 121}),
        ("contact", {"contact": "Anna 010203-1234"}),
        ("phone", {"phone": "1234567"}),
        ("phone", {"phone": "Pedel 12345678"}),
        ("weekday", {"weekday": 6}),
        ("limit_ore", {"limit_ore": -1}),
        ("bearers.0", {"bearers": (CostBearerForm("a b;c"),)}),
        ("bearers.1", {"bearers": (CostBearerForm("4300"), CostBearerForm("4300"))}),
    ],
)
def test_a_wrong_field_is_named_and_nothing_saved(
    admin: Context, field: str, change: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as caught:
        institutions.save(admin, replace(FORM, **change))  # type: ignore[arg-type]
    assert list(caught.value.errors) == [field]
    assert len(institutions.find(admin)) == 2


def test_an_odd_cvr_is_only_warned_of(admin: Context) -> None:
    done = institutions.save(admin, replace(FORM, cvr="DK 12 34 56 78"))
    detail = institutions.get(admin, done.id)
    assert detail is not None
    assert detail.form.cvr == "12345678"


def test_the_second_writer_is_told_by_whom(world: World, admin: Context) -> None:
    detail = institutions.get(admin, world.school)
    assert detail is not None
    renamed = replace(detail.form, department="Skole")
    institutions.save(admin, renamed, world.school, detail.version)
    with pytest.raises(Stale, match=r"changed by Admin at 09\.05"):
        institutions.save(admin, detail.form, world.school, detail.version)


def test_a_change_of_cost_bearers_alone_makes_other_forms_stale(
    world: World, admin: Context
) -> None:
    detail = institutions.get(admin, world.school)
    assert detail is not None
    more = replace(
        detail.form, bearers=(*detail.form.bearers, CostBearerForm("XG-43.1", "Projekt"))
    )
    institutions.save(admin, more, world.school, detail.version)
    with pytest.raises(Stale):
        institutions.save(admin, detail.form, world.school, detail.version)


def test_a_cost_bearer_that_was_used_is_kept_inactive(world: World, admin: Context) -> None:
    def use(work: Work) -> None:
        bearer = work.session.scalars(select(CostBearer)).one()
        work.session.add(Basket(institution_id=world.school, cost_bearer_id=bearer.id))

    world.context.write("setup", None, use)
    detail = institutions.get(admin, world.school)
    assert detail is not None
    institutions.save(admin, replace(detail.form, bearers=()), world.school, detail.version)
    again = institutions.get(admin, world.school)
    assert again is not None
    assert [(each.code, each.active) for each in again.form.bearers] == [("4300", False)]


def test_those_responsible_are_shown(world: World, admin: Context) -> None:
    detail = institutions.get(admin, world.school)
    assert detail is not None
    assert [(each.name, each.role.value) for each in detail.people] == [
        ("Leader", "leader"),
        ("Approver", "approver"),
    ]


def test_only_what_nothing_speaks_of_is_deleted(world: World, admin: Context) -> None:
    school = institutions.get(admin, world.school)
    assert school is not None
    with pytest.raises(Refused, match="Make it inactive"):
        institutions.delete(admin, world.school, school.version)
    new = institutions.save(admin, FORM).id
    institutions.delete(admin, new, 1)
    assert institutions.get(admin, new) is None


def test_each_change_is_undone(world: World, admin: Context) -> None:
    assert_undone(admin, lambda: institutions.save(admin, FORM))
    detail = institutions.get(admin, world.school)
    assert detail is not None
    changed = replace(
        FORM, bearers=(replace(detail.form.bearers[0], name="Andet"), CostBearerForm("9"))
    )
    assert_undone(admin, lambda: institutions.save(admin, changed, world.school, detail.version))
    gone = institutions.get(admin, world.school)
    assert gone is not None
    empty = replace(gone.form, active=False, bearers=())
    assert_undone(admin, lambda: institutions.save(admin, empty, world.school, gone.version))
    new = institutions.save(admin, FORM).id
    assert_undone(admin, lambda: institutions.delete(admin, new, 1))


def test_an_institution_in_use_stays_when_its_creation_is_undone(
    world: World, admin: Context
) -> None:
    from moebelcirkel.services import changes

    done = institutions.save(admin, FORM)
    world.context.write(
        "setup", None, lambda work: work.session.add(Basket(institution_id=done.id))
    )
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, done.change_id or 0)


def test_a_repeated_request_makes_one(admin: Context) -> None:
    once = admin.with_request("the same request")
    first, second = institutions.save(once, FORM), institutions.save(once, FORM)
    assert first == second
