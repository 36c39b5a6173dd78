"""What is kept about a person, on paper: all of it, and found wherever people write."""

import pytest
from sqlalchemy import inspect

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import badges, persons, users
from moebelcirkel.services.context import Work
from moebelcirkel.services.persons.told import processing_record
from moebelcirkel.services.start import login
from moebelcirkel.storage import erasing, texts
from moebelcirkel.storage.events import digest, recorded_columns
from moebelcirkel.storage.queries.persons import kept
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.documents import reading
from tests.world import World

OLD, NEW = "Karen Sørine Holm", "Karen Holm Nielsen"
MAIL = "karen.holm@kommunen.dk"
SECRET = "tre grønne stole"
#: Columns in which people write, and whose events keep a copy: no place for names, so that a name
#: there is told on paper, and corrected by hand.
NO_PLACE_FOR_NAMES = {
    "article": {
        "colour",
        "ecolabel",
        "epd_source",
        "key",
        "link",
        "maker",
        "materials",
        "model",
        "name",
        "new_price_source",
        "size_mark",
        "spare_parts",
        "supplier",
    },
    "category": {
        "group_da",
        "group_en",
        "group_key",
        "key",
        "keywords",
        "name_da",
        "name_en",
        "unspsc",
    },
    "ceiling": {"category_group"},
    "charge": {"kind"},
    "cost_bearer": {"code", "name"},
    "counter": {"name"},
    "demand": {"text"},
    "errand": {"invoice_number"},
    "factor": {"price_source", "source", "source_detail", "stages"},
    "factor_set": {"name", "note"},
    "figure_line": {"inputs", "kind"},
    "hour_rate": {"name"},
    "import_batch": {"file_name", "kind", "state"},
    "institution": {
        "address",
        "closed_weeks",
        "cvr",
        "department",
        "ean",
        "kind",
        "legal",
        "name",
        "phone",
        "postcode",
    },
    "message": {"mail"},
    "order_line": {"condition"},
    "ecolabel": {"also", "name"},
    "parameter": {"key", "value"},
    "pickup": {"access", "firm", "gift", "state"},
    "pickup_line": {"condition", "name"},
    "place": {"code", "kind", "name"},
    "purchase": {"state"},
    "purchase_line": {"ending", "words"},
    "repairer": {"cvr"},
    "report_record": {"parameters", "totals"},
    "routine_run": {"named"},
    "settlement_batch": {"legal", "profile"},
    "settlement_check": {"file_name", "voucher", "mapping", "headers", "sha256"},
    "settlement_posting": {"side"},
    "settlement_step": {"step", "voucher"},
    "run": {"state"},
    "run_miss": {"name"},
    "shop_list": {"kind", "name"},
    "task_type": {"name", "note", "adapt_for"},
    "unit": {"condition_reason", "scrap_reason", "toy_age"},
    "unit_code": {"code"},
    "user_role": {"role"},
    "vehicle": {"name"},
    "want": {"words", "toy_age"},
}


@pytest.fixture
def karen(world: World) -> int:
    """She was called otherwise first, has a badge, did something, and stands in a note."""
    admin, roles = world.person("admin"), frozenset({Grant(Role.WAREHOUSE, None)})
    form = users.UserForm("karen", OLD, MAIL, roles, password=SECRET)
    key = users.save(admin, form).id
    users.save(admin, users.UserForm("karen", NEW, MAIL, roles), key, 1)
    badges.store(admin, key, digest("A" * 32))
    world.people["karen"] = login.actor_of(world.context, key)
    note(world, f"Hentet af {NEW.upper()}, ring til hende.\nOg <b>{OLD}</b>")
    return key


def note(world: World, words: str) -> int:
    """A note on a piece, as others write it."""
    (unit,) = trade.put_on_sale(world, 1)

    def write(work: Work) -> None:
        work.session.get_one(Unit, unit).note = words

    world.person("karen").write("unit.edit", None, write)
    return unit


def told(data: bytes) -> str:
    return " ".join(reading.whole_text(data).split())


def test_the_account_what_was_done_and_where_the_name_stands(world: World, karen: int) -> None:
    data = persons.paper(world.person("admin"), karen)
    text = told(data)
    for words in (
        NEW,
        OLD,
        "karen",
        MAIL,
        "Lager",
        "Rettede oplysninger om et møbel",
        "ring til hende.",
        f"<b>{OLD}</b>",
        "Gemmes ikke",
        "Retsgrundlag",
        "Side 1 af ",
    ):
        assert words in text
    assert "argon2" not in text
    assert digest("A" * 32) not in text
    reading.assert_tidy(data)


def test_a_name_of_somebody_without_an_account_is_found_anywhere(world: World, karen: int) -> None:
    def write(work: Work) -> None:
        work.session.get_one(Article, world.chair).supplier = "Spørg Ole Bendtsen"

    world.context.write("article.save", None, write)
    text = told(persons.paper_of_name(world.person("admin"), "ole  bendtsen"))
    assert "Spørg Ole Bendtsen" in text
    assert "ring til hende" not in text


def test_a_former_note_is_told_until_it_is_erased(world: World, karen: int) -> None:
    unit = note(world, f"Skal til {NEW} først")

    def write(work: Work) -> None:
        work.session.get_one(Unit, unit).note = ""

    world.context.write("unit.edit", None, write)
    admin = world.person("admin")
    assert f"Skal til {NEW} først" in told(persons.paper(admin, karen))
    row = users.get(admin, karen)
    assert row is not None
    persons.anonymise(admin, karen, row.version)
    text = told(persons.paper(admin, karen))
    assert f"Tidligere bruger {karen}" in text
    for name in ("Karen", "Sørine", "Nielsen", MAIL):
        assert name not in text
    assert "Hentet af" not in told(persons.paper_of_name(admin, NEW))


@pytest.mark.parametrize("name", ["<b>x</b> & y", "W" * 120, "O'Brien  -- \\n;"])
def test_names_of_any_kind_hold(world: World, karen: int, name: str) -> None:
    admin, form = world.person("admin"), users.UserForm("karen", name, "", active=False)
    users.save(admin, form, karen, 2)
    reading.assert_tidy(persons.paper(admin, karen))


def test_a_word_of_500_letters_and_a_long_life_hold(world: World, karen: int) -> None:
    for count in range(60):
        note(world, f"{count} {NEW} {'å' * 500} {NEW}")
    data = persons.paper(world.person("admin"), karen)
    text = told(data)
    assert reading.page_count(data) > 3
    for count in range(60):
        assert f"{count} {NEW}" in text
    reading.assert_tidy(data)


def test_only_an_administrator_and_of_somebody_who_is_there(world: World, karen: int) -> None:
    for login_name in ("leader", "lager", "controller"):
        with pytest.raises(Refused, match="right"):
            persons.paper(world.person(login_name), karen)
        with pytest.raises(Refused, match="right"):
            persons.paper_of_name(world.person(login_name), NEW)
    admin = world.person("admin")
    with pytest.raises(Refused):
        persons.paper(admin, 9_999)
    with pytest.raises(Refused, match="at least"):
        persons.paper_of_name(admin, "ab")
    with pytest.raises(Refused, match="no user"):
        persons.id_of(admin, "ingen")
    assert persons.id_of(admin, "Karen") == karen


def test_the_record_of_processing_is_read() -> None:
    names = [name for name, _text in processing_record()]
    assert {"Formål", "Retsgrundlag", "Slettefrister", "Modtagere"} <= set(names)


def test_every_column_that_holds_text_is_for_names_or_known_not_to_be() -> None:
    """A new column is marked as one of names and notes, or stands in the list above."""
    places = {(model.__tablename__, name) for model, name in erasing.person_columns()}
    written_by_people = [each for each in kept.searched() if each not in kept._QUOTING]
    for model, name in written_by_people:
        known = name in NO_PLACE_FOR_NAMES.get(model.__tablename__, set())
        here = (model.__tablename__, name)
        assert (here in places) is not known, here
    assert places <= {(model.__tablename__, name) for model, name in kept.searched()}


def test_every_text_of_an_account_goes_when_it_is_anonymised() -> None:
    mapper = inspect(users.User)
    people = {name for name, rule in texts.rules(users.User).items() if rule.people}
    assert people == {name for name, mark in recorded_columns(mapper).items() if mark == "person"}


def test_every_row_that_names_an_account_is_told() -> None:
    pointing = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "app_user"
    }
    own = {("user_role", "user_id"), ("user_badge", "user_id")}
    assert pointing - own == set(kept.NAMED_BY)
