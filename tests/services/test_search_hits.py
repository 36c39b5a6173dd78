"""What is found by words is what reading every text finds, on both engines, after any write."""

import random
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.fold import like_pattern, words
from moebelcirkel.domain.shop import Query, stems
from moebelcirkel.domain.stock import StockFilter
from moebelcirkel.services import changes, check, places, shop, stock
from moebelcirkel.services.context import Work
from moebelcirkel.services.start import opening
from moebelcirkel.services.stock import lists as stock_list
from moebelcirkel.storage import search_index
from moebelcirkel.storage.checks import search as check_search
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit, UnitCode
from tests import templates, trade
from tests.clock import Clock
from tests.services.shopping import article
from tests.world import World

_TYPES = (
    "Hæve-sænkebord eg 160x80",
    "Stabelstol bøg",
    "Bogreol eg hvid",
    "Åbent skab",
    "Legetøj Ø120",
    "Mødestol 50% uld",
    "Lænestol under_streg",
    'Puf "blød"',
    "Sofa 😀 grå",
    "Стол <b>x</b>",
    "Ö 7",
)
_TYPED = (
    "eg",
    "haeve",
    "hæve",
    "sænke",
    "stol",
    "stole",
    "tol",
    "e",
    "ø",
    "7",
    "16",
    "160x80",
    "120",
    "%",
    "_",
    "50%",
    "under_streg",
    '"',
    '"a" OR "b"',
    "stol AND eg",
    "😀",
    "<b>",
    "Стол",
    "'",
    "s" * 500,
    "reol 14",
    "hal 2 eg",
    "mc",
    "mc-0000",
    "0000",
    "mc-3",
    "000003",
    "ab-77",
    "77",
    "værksted stol",
    "skab hal",
    "NEAR(stol eg)",
    "stol*",
    "-stol",
    "body:stol",
)


@templates.prepared
def world(world: World, _clock: Clock) -> None:
    """Pieces of many types, some in the workshop, some with another code."""
    for number, name in enumerate(_TYPES):
        kind = article(world, name, "office_task_chair")
        place = world.shelf if number % 2 else world.workshop
        (unit,) = trade.put_on_sale(world, 1, article_id=kind, place_id=place)
        if number % 3 == 0:
            world.context.write("unit.save", None, _coded(unit, f"AB-77 {number}"))


def _coded(unit_id: int, code: str) -> Callable[[Work], None]:
    def fill(work: Work) -> None:
        work.session.add(UnitCode(unit_id=unit_id, code=code))

    return fill


def _typed() -> Iterator[str]:
    """Words as they come, and pieces of what is there."""
    yield from _TYPED
    chance = random.Random(7)
    for _time in range(40):
        name = chance.choice(_TYPES)
        first = chance.randrange(len(name))
        yield name[first : first + chance.randint(1, 9)]


def _like(column: object, *patterns: str) -> ColumnElement[bool]:
    return or_(*(column.like(pattern, escape="\\") for pattern in patterns))  # type: ignore[attr-defined]


def _in_type(word: str) -> ColumnElement[bool]:
    plain = like_pattern(word)
    if word.isdigit():
        if len(word) < 3:
            return _like(Article.search_text, f"% {plain} %", f"% {plain}x%")
        return _like(Article.search_text, f"% {plain}%", f"%x{plain}%")
    if len(word) < 3:
        return _like(Article.search_text, f"% {plain}%")
    ends = [f"%{like_pattern(stem)} %" for stem in stems(word)]
    return _like(Article.search_text, f"%{plain}%", *ends)


def _scanned(world: World, typed: str) -> set[int]:
    """Every piece read, and every text of it; labels are told of elsewhere."""
    number, code = func.lower(Unit.number), func.lower(UnitCode.code)
    query = select(Unit.id)
    for word in words(typed):
        plain = like_pattern(word)
        place = f"% {plain}{' ' if word.isdigit() else ''}%"
        found = [
            Unit.article_id.in_(select(Article.id).where(_in_type(word))),
            Unit.place_id.in_(select(Place.id).where(_like(Place.search_text, place))),
            _like(number, f"{plain}-%", f"{plain}%") if word.startswith("mc") else Unit.id < 0,
        ]
        if any(character.isdigit() for character in word):
            inside = [f"%{plain}%"] if len(word) > 3 else [plain, f"{plain} %", f"% {plain}"]
            found.append(Unit.id.in_(select(UnitCode.unit_id).where(_like(code, *inside))))
        if word.isdigit():
            begun = f"%-{plain}%" if word.startswith("0") and len(word) > 2 else "-"
            found.append(or_(Unit.serial == int(word), _like(number, begun)))
        if word == "mc-3":
            found.append(Unit.serial == 3)
        query = query.where(or_(*found))
    with world.context.read() as session:
        return set(session.scalars(query))


def _agree(world: World) -> None:
    for typed in _typed():
        found = stock_list.find(world.context, StockFilter(text=typed), limit=500)
        assert {row.id for row in found.rows} == _scanned(world, typed), typed
        assert found.total == len(found.rows) == sum(found.facets.states.values()), typed


def test_the_stock_finds_what_reading_every_text_finds(world: World) -> None:
    _agree(world)


def test_the_shop_finds_what_reading_every_text_finds(world: World) -> None:
    for typed in _typed():
        wish = Query(typed).wish()
        if wish.spans or wish.least:
            continue
        ends = {word: [f"%{like_pattern(each)} %" for each in stems(word)] for word in wish.words}
        with world.context.read() as session:
            query = select(Article.id).join(Unit, Unit.article_id == Article.id)
            for word in wish.words:
                query = query.where(
                    _like(Article.search_text, f"%{like_pattern(word)}%", *ends[word])
                )
            expected = set(session.scalars(query))
        found = shop.search(world.context, Query(typed))
        if found.labelled is None:
            assert {card.key.article_id for card in found.cards} == expected, typed


def test_the_index_follows_every_write_and_its_undo(world: World) -> None:
    def rename(work: Work) -> None:
        row = work.session.scalars(select(Article).where(Article.name == _TYPES[1])).one()
        row.name = "Taburet palisander"

    def hits(typed: str) -> int:
        return stock_list.find(world.context, StockFilter(text=typed)).total

    admin = world.person("admin")
    renamed = admin.write("article.save", None, rename)
    assert (hits("palisander"), hits("stabelst")) == (1, 0)
    changes.undo(admin, renamed.change_id or 0)
    assert (hits("palisander"), hits("stabelst")) == (0, 1)
    place = places.get(world.context, world.workshop)
    assert place is not None
    form = places.PlaceForm(place.code, "Loftet", place.kind)
    moved = places.save(admin, form, world.workshop, place.version)
    assert hits("loftet") == 6
    changes.undo(admin, moved.change_id or 0)
    assert hits("loftet") == 0
    (unit,) = stock_list.find(world.context, StockFilter(text="stabelst")).rows
    stock.move(world.person("lager"), [unit.id], world.workshop)
    _agree(world)
    assert [check.text(each) for each in check.run(world.person("controller")).findings] == []


def test_a_text_that_was_written_past_the_index_is_found_all_the_same(world: World) -> None:
    with world.context.database.write() as session:
        session.execute(text("UPDATE article SET search_text = ' mahogni ' WHERE name LIKE 'Puf%'"))
    assert stock_list.find(world.context, StockFilter(text="mahog")).total == 1
    assert stock_list.find(world.context, StockFilter(text="blød")).total == 0


@pytest.mark.parametrize("engine_kind", ["sqlite"])
def test_an_index_that_does_not_follow_is_told_and_made_anew(world: World) -> None:
    with world.context.database.write() as session:
        session.execute(text("UPDATE article_words SET body = ' other ' WHERE rowid = 1"))
        session.execute(text("DROP TRIGGER article_words_update"))
    controller = world.person("controller")
    told = [check.text(each) for each in check.run(controller).findings]
    assert any("article_words_update" in each for each in told)
    assert any("Møbeltype 1" in each for each in told)
    with world.context.database.engine.begin() as connection:
        search_index.install(connection)
    assert check.run(controller).ok


@pytest.mark.parametrize("engine_kind", ["sqlite"])
@pytest.mark.parametrize(
    "table", ["article_words", "article_unread", "unit_code_words", "unit_code_unread"]
)
def test_a_table_of_the_index_that_was_dropped_is_told_and_made_anew(
    world: World, table: str
) -> None:
    with world.context.database.engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {table}"))
        connection.info.clear()
    world.context.database.engine.dispose()
    controller = world.person("controller")
    told = [check.text(each) for each in check.run(controller).findings]
    assert told == [f"Databasen har ikke længere sin regel {table}."]
    with world.context.database.engine.begin() as connection:
        search_index.install(connection)
    assert check.run(controller).ok


#: What is done to the index behind the program's back, each leaving some word that is not found.
DAMAGE = {
    "all notes gone": "DELETE FROM {words}_data",
    "their table gone": "DROP TABLE {words}_data",
    "where they begin gone": "DELETE FROM {words}_data WHERE id = 10",
    "a page of notes gone": (
        "DELETE FROM {words}_data WHERE id = (SELECT max(id) FROM {words}_data)"
    ),
    "notes emptied": "UPDATE {words}_data SET block = zeroblob(length(block)) WHERE id > 10",
    "the way to them gone": (
        "INSERT INTO {words} ({words}, rank) VALUES ('pgsz', 64);"
        "INSERT INTO {words} ({words}) VALUES ('rebuild'); DELETE FROM {words}_idx"
    ),
    "their version gone": "DELETE FROM {words}_config",
    "a text without its notes": "INSERT INTO {words}_content VALUES (999, ' kommode ')",
    "notes without their text": "DELETE FROM {words}_content WHERE id = 1",
}


@pytest.mark.parametrize("engine_kind", ["sqlite"])
@pytest.mark.parametrize(
    ("table", "named"), [("article", "Møbeltype"), ("unit_code", "Kode på et møbel")]
)
@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_index_is_told_and_made_anew(
    world: World, table: str, named: str, name: str
) -> None:
    database, controller = world.context.database, world.person("controller")
    for statement in DAMAGE[name].format(words=f"{table}_words").split(";"):
        with database.engine.begin() as connection:
            connection.execute(text(statement))
    database.engine.dispose()
    told = [check.text(each) for each in check.run(controller).findings]
    said = f"Det indeks, som søgningen bruger for {named}, er beskadiget. En opdatering"
    assert said in {each[: len(said)] for each in told}
    assert opening.renew_search(world.context)
    database.engine.dispose()
    assert check.run(controller).ok
    _agree(world)


@pytest.mark.parametrize("engine_kind", ["sqlite"])
def test_notes_of_another_text_are_told(world: World) -> None:
    """As many notes as there are signs, but some of them of what the text does not say."""
    with world.context.database.engine.begin() as connection:
        body = "UPDATE article_words_content SET c0 = replace(c0, 'stol', 'lots')"
        connection.execute(text(body))
        connection.execute(text("DROP TRIGGER article_words_update"))
        rows = "UPDATE article SET search_text = replace(search_text, 'stol', 'lots')"
        connection.execute(text(rows))
        findings = Findings(world.context.now())
        with Session(connection) as session:
            check_search.search_follows(session, findings)
    assert [each.message.partition(" {")[0] for each in findings.found] == [
        "The database no longer has its rule",
        "The index that search uses for",
    ]


@pytest.mark.parametrize("engine_kind", ["sqlite"])
def test_without_trigrams_every_text_is_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_has_trigrams", lambda _connection: False)
    with world.context.database.engine.begin() as connection:
        search_index.install(connection)
        connection.info.clear()
    world.context.database.engine.dispose()
    _agree(world)
    assert check.run(world.person("controller")).ok


@pytest.mark.parametrize("engine_kind", ["postgresql"])
def test_a_role_that_may_not_make_the_extension_goes_without(world: World) -> None:
    with world.context.database.engine.begin() as connection:
        connection.execute(text("DROP EXTENSION pg_trgm CASCADE"))
        connection.execute(text("CREATE ROLE searching_without_rights"))
        connection.execute(text("SET LOCAL ROLE searching_without_rights"))
        assert not search_index.install(connection)
        connection.execute(text("RESET ROLE"))
        connection.execute(text("DROP ROLE searching_without_rights"))
    _agree(world)
    with world.context.database.engine.begin() as connection:
        assert search_index.install(connection)
