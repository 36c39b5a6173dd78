"""Institutions, places and people from files: new ones only, checked, and undone as one."""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, check, imports, institutions, places, users
from moebelcirkel.services.context import Context
from moebelcirkel.services.imports import RECORD_KINDS, RecordChoices, Trial
from tests.world import World

INSTITUTIONS = """Institution;Forvaltning;EAN-nummer;CVR;Ejerforhold;Konto;Adresse;Postnr;By
Vestskolen;Børn og Skole;5799999000034;41849983;egen;4300, XG-4300001221;Skolevej 1;8900;Randers C
Fri Fritid;;;;selvejende;;;;
"""
PLACES = "Placering;Art\nHal 1 / Reol 2 / A;reol\nHal 3, Reol 1–3;\nVogn 7;vogn\n"
USERS = """Login;Navn;E-mail;Rolle;Institution
anne;Anne Olsen;anne@example.dk;leder, medarbejder;Søndervangskolen
bo;Bo Berg;;lager;
"""


def take(context: Context, kind: str, text: str) -> imports.Imported:
    source = imports.read(text.encode(), f"{kind}.csv")
    found = imports.suggest_records(context, RECORD_KINDS[kind], source)
    return imports.run_records(context, RECORD_KINDS[kind], source, found)


def tried(context: Context, kind: str, text: str, **fixed: str) -> Trial[object]:
    source = imports.read(text.encode(), f"{kind}.csv")
    found = imports.suggest_records(context, RECORD_KINDS[kind], source)
    return imports.try_records(
        context, RECORD_KINDS[kind], source, RecordChoices(found.columns, fixed)
    )


def reason(context: Context, kind: str, text: str) -> str:
    (error,) = tried(context, kind, text).errors
    return str(error.refused())


# --- institutions -------------------------------------------------------------------------------


def test_institutions_come_with_their_numbers_address_and_payers(world: World) -> None:
    admin = world.person("admin")
    assert take(admin, "institutions", INSTITUTIONS).taken == 2
    (row,) = institutions.find(admin, "vestskolen")
    found = institutions.get(admin, row.id)
    assert found is not None
    form = found.form
    assert (form.ean, form.cvr, form.legal) == ("5799999000034", "41849983", "own")
    assert form.address == "Skolevej 1, 8900 Randers C"
    assert [bearer.code for bearer in form.bearers] == ["4300", "XG-4300001221"]
    (other,) = institutions.find(admin, "fri fritid")
    known = institutions.get(admin, other.id)
    assert known is not None
    assert known.form.legal == "other"
    assert check.run(world.context).ok


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Nordskolen;5799999000035;;", "check digit does not fit"),
        ("Nordskolen;;123;", "must have 8 digits"),
        ("SØNDERVANGSKOLEN;;;", "is there already"),
        ("Nordskolen;5799999000010;;", "is there already: Søndervangskolen"),
        ("Nordskolen;;;89", "must be 4 digits"),
        (";;;8900", "must be filled in"),
        ("Ny;;;\nny;;;", "already on line 2"),
    ],
)
def test_an_institution_that_cannot_be_right_is_refused(world: World, line: str, said: str) -> None:
    text = f"Navn;EAN;CVR;Postnummer\n{line}\n"
    assert said in reason(world.person("admin"), "institutions", text)


def test_a_closed_institution_is_named_and_not_made_again(world: World) -> None:
    admin = world.person("admin")
    found = institutions.get(admin, world.home)
    assert found is not None
    form = institutions.InstitutionForm(name=found.form.name, active=False)
    institutions.save(admin, form, world.home, found.version)
    assert "is closed" in reason(admin, "institutions", "Navn;EAN\nPlejecenter Åbo;\n")
    line = "Login;Navn;Rolle;Institution\neva;Eva;leder;Plejecenter Åbo\n"
    assert "is closed" in reason(admin, "users", line)


def test_institutions_are_undone_together_unless_one_is_used(world: World) -> None:
    admin = world.person("admin")
    done = take(admin, "institutions", INSTITUTIONS)
    people = take(admin, "users", "Login;Navn;Rolle;Institution\neva;Eva;leder;Vestskolen\n")
    with pytest.raises(Refused, match="something else uses it"):
        changes.undo(admin, done.change_id or 0)
    changes.undo(admin, people.change_id or 0)
    changes.undo(admin, done.change_id or 0)
    assert institutions.find(admin, "vestskolen") == []


# --- places -------------------------------------------------------------------------------------


def test_paths_and_series_become_places(world: World) -> None:
    admin = world.person("admin")
    assert take(admin, "places", PLACES).taken == 3
    rows = {row.code: row for row in places.find(admin)}
    assert rows["1-2-A"].name == "Hal 1 · Reol 2 · A"
    assert [code for code in rows if code.startswith("3-")] == ["3-1", "3-2", "3-3"]
    assert rows["7"].kind == "trolley"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Hal 2 / Reol 14 / hylde C;", "is there already"),
        (";2-14-C", "is there already: Hal 2"),
        ("Hal 9;\nHal 9;", "already on line 2"),
        ("Hal 5;A B_C", "may only have letters"),
    ],
)
def test_a_place_that_cannot_be_made_is_refused(world: World, line: str, said: str) -> None:
    assert said in reason(world.person("admin"), "places", f"Placering;Kode\n{line}\n")


# --- the next file of the kind ------------------------------------------------------------------


def test_the_next_file_with_the_same_columns_is_proposed_as_the_last_one_was_chosen(
    world: World,
) -> None:
    admin, kind = world.person("admin"), RECORD_KINDS["institutions"]
    first = imports.read(b"A;B\nNordskolen;Skole\n", "skoler-2025.csv")
    assert imports.suggest_records(admin, kind, first).columns == {}
    chosen = RecordChoices({"name": "A", "kind": "B"}, {"department": "Skoleafdelingen"})
    done = imports.run_records(admin, kind, first, chosen)

    later = imports.read(b"A;B\nSydskolen;Skole\n", "skoler-2026.csv")
    assert imports.suggest_records(admin, kind, later) == chosen
    before = imports.alike(admin, "institutions", later)
    assert before is not None
    assert before.file_name == "skoler-2025.csv"
    other = imports.read(b"A;C\nSydskolen;Skole\n", "andet.csv")
    assert imports.alike(admin, "institutions", other) is None
    assert imports.alike(admin, "places", later) is None
    changes.undo(admin, done.change_id or 0)
    assert imports.alike(admin, "institutions", later) is None


def test_a_price_list_of_the_same_columns_is_read_alike_but_for_the_day_of_its_prices(
    world: World,
) -> None:
    admin = world.person("admin")
    source = imports.read(b"A;B;C\nK1;Dims;100\n", "2025.csv")
    mapping = imports.ColumnMapping("A", ("B",), price="C", fixed={"category": "visitor_chair"})
    basis = imports.PriceBasis(
        vat_included=False, price_date=dt.date(2025, 1, 1), price_source="Prisliste 2025"
    )
    imports.run(admin, source, imports.ImportChoices(mapping, basis), any_price=True)
    found = imports.suggest(admin, imports.read(b"A;B;C\nK2;Dims;100\n", "2026.csv"))
    assert found.mapping == mapping
    assert (found.basis.vat_included, found.basis.price_date) == (False, None)
    assert found.basis.price_source == ""


# --- people -------------------------------------------------------------------------------------


def test_people_come_with_roles_and_cannot_log_in_before_they_have_a_password(world: World) -> None:
    admin = world.person("admin")
    assert take(admin, "users", USERS).taken == 2
    (anne,) = users.find(admin, "anne")
    assert {(row.role, row.institution_id) for row in anne.roles} == {
        ("leader", world.school),
        ("employee", world.school),
    }
    assert not anne.has_password
    (bo,) = users.find(admin, "bo berg")
    assert [(row.role, row.institution_id) for row in bo.roles] == [("warehouse", None)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("lager;Lars;lager;;", "is there already"),
        ("ny;Ny;direktør;;", "is not known here"),
        ("ny;Ny;leder;;", "Choose the institution"),
        ("ny;Ny;leder;Nordskolen;", "There is no institution “Nordskolen”"),
        ("ny;Ny;;;", "must be filled in"),
        ("ny;Ny;lager;;hemmelig1", "does not belong in a file"),
        ("ny;Ny;lager;;\nNY;Ny;lager;;", "already on line 2"),
    ],
)
def test_a_person_who_cannot_be_made_is_refused(world: World, line: str, said: str) -> None:
    text = f"Login;Navn;Rolle;Institution;Adgangskode\n{line}\n"
    assert said in reason(world.person("admin"), "users", text)


def test_people_are_undone_together(world: World) -> None:
    admin = world.person("admin")
    done = take(admin, "users", USERS)
    changes.undo(admin, done.change_id or 0)
    assert users.find(admin, "anne") == []
    assert check.run(world.context).ok


@pytest.mark.parametrize("kind", ["institutions", "places", "users"])
def test_only_who_may_import_does(world: World, kind: str) -> None:
    for name in ("lager", "controller", "leader"):
        with pytest.raises(Refused, match="do not have the right"):
            take(world.person(name), kind, "Navn;Nr\nX;1\n")


WHERE = """Institution;Postnr;Leveringsdag;Breddegrad;Længdegrad
Vestskolen;8900;Tirsdag;56,4606;10,0364
Østskolen;;;;
Bornholms Skole;3700;fre.;55.1;14.9
"""
CLOSED = """Institution;Lukkeuger
Vestskolen;28-30, 42 og 52
Østskolen;
Nordskolen;54
"""


def test_closed_weeks_come_too(world: World) -> None:
    admin = world.person("admin")
    done = take(admin, "institutions", CLOSED)
    assert (done.taken, done.refused) == (2, 1)
    weeks = {}
    for name in ("vestskolen", "østskolen"):
        (row,) = institutions.find(admin, name)
        found = institutions.get(admin, row.id)
        assert found is not None
        weeks[name] = found.form.closed_weeks
    assert weeks == {"vestskolen": "28-30, 42, 52", "østskolen": ""}
    assert check.run(world.context).ok


CONTACTS = """Institution;Spørg efter;Tlf.;Kontaktperson
Vestskolen;Pedel;+45 12345678;Anna Holm
Østskolen;;;
Nordskolen;Pedel;1234;
"""


def test_whom_to_ask_for_and_their_telephone_come_too_but_no_persons(world: World) -> None:
    admin = world.person("admin")
    done = take(admin, "institutions", CONTACTS)
    assert (done.taken, done.refused) == (2, 1)
    told = {}
    for name in ("vestskolen", "østskolen"):
        (row,) = institutions.find(admin, name)
        found = institutions.get(admin, row.id)
        assert found is not None
        told[name] = found.form.contact, found.form.phone
    assert told == {"vestskolen": ("Pedel", "12 34 56 78"), "østskolen": ("", "")}
    assert check.run(world.context).ok
    changes.undo(admin, done.change_id or 0)
    assert institutions.find(admin, "vestskolen") == []
    assert check.run(world.context).ok


def test_where_institutions_lie_and_when_they_are_delivered_to_comes_too(world: World) -> None:
    admin = world.person("admin")
    done = take(admin, "institutions", WHERE)
    assert (done.taken, done.refused) == (3, 0)
    forms = {}
    for name in ("vestskolen", "østskolen", "bornholms"):
        (row,) = institutions.find(admin, name)
        found = institutions.get(admin, row.id)
        assert found is not None
        forms[name] = found.form
    west = forms["vestskolen"]
    assert (west.postcode, west.weekday, west.coordinates) == ("8900", 2, "56.4606, 10.0364")
    assert forms["østskolen"].weekday is None
    assert forms["bornholms"].weekday == 5
    assert check.run(world.context).ok
    changes.undo(admin, done.change_id or 0)
    assert institutions.find(admin, "vestskolen") == []
    assert check.run(world.context).ok


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Vestskolen;89;;;", "must be 4 digits"),
        ("Vestskolen;;lørdag;;", "no day from Monday to Friday"),
        ("Vestskolen;;;56,4;", "degrees north and east"),
        ("Vestskolen;;;10,03;56,4", "not in Denmark"),
    ],
)
def test_what_is_wrong_about_it_is_said(world: World, line: str, said: str) -> None:
    text = f"{WHERE.splitlines()[0]}\n{line}\n"
    (error,) = tried(world.person("admin"), "institutions", text).errors
    assert said in error.refused().message
