"""Every write of every service, by two and by ten at once, in pairs that rely on each other.

Whatever comes of it, all that was acknowledged stands in a right order, the check has nothing to
say, and nobody gets a traceback or is told to try again later.
"""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import check
from moebelcirkel.services.context import Context, Done
from moebelcirkel.services.start import first_start, setup
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.users import User
from tests.services import beside, writes
from tests.services.beside import Call
from tests.services.pairs import PAIRS
from tests.services.working_day import Copies

#: Writes that do not meet others, each with the reason or the test that has them.
APART = {
    "articles.removing.delete": "refuses what came into use; two at once are told apart by row",
    "copies.erasings.remember": "writes files beside the database and no row",
    "copies.restoring._go_on": "in the file that was just put back, before anybody opens it",
    "imports.records.run": "the same file at once is in test_imports_pieces",
    "shop.forgotten.put_back_forgotten": "the program itself, test_routines has it at once",
    "badges.store": "nobody else has the row, test_badges has it",
    "badges.revoke": "nobody else has the row, test_badges has it",
    "persons.anonymising.anonymise_here": "the row's version decides, test_persons has it",
    "photos.erase_here": "two at once in test_photos",
    "persons.retention.retain_here": "the seal of what was shown decides: test_persons_retention",
    "settlement.extract.keep": "only adds what an extract had, test_settlement_extract has two",
    "settlement.files.save_and_release": "two into one file are in test_settlement_refused",
    "start.setup.begin_as_first_version": "fills a new database in one transaction",
    "start.first_start.begin": "test_a_database_begins_once",
    "start.setup.load_reference": "test_a_database_begins_once",
    "start.setup._bring": "two and ten that open at once bring it once, in test_opening",
    "start.login._replace_once": "login.log_in with a password that is good once",
    "start.clock.confirm": "asked before anybody is logged in, test_beginning has it",
    "wants.serving.serve": "two at once in test_wants; it answers without a change of its own",
    "start.login._store_anew": "login.log_in, where the cost of a password has changed",
}
IDS = [f"{first.name} beside {second.name}" for first, second in PAIRS]


def test_every_service_that_writes_meets_another() -> None:
    known = {write.name for write in writes.decorated()} | {name for name, _open in writes.plain()}
    assert known - {call.name for pair in PAIRS for call in pair} == set(APART)


def _answers(kind: type[Done] = Done) -> Iterator[type[Done]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("moebelcirkel"):
            yield each
        yield from _answers(each)


def test_an_answer_holds_only_what_comes_out_of_the_database_as_it_went_in() -> None:
    assert list(writes.modules())
    plain = {int, str, bool, str | None, int | None, tuple[int, ...], tuple[str, ...]}
    other = [
        f"{kind.__name__}.{each}"
        for kind in _answers()
        for each, said in kind.__annotations__.items()
        if said not in plain
    ]
    assert other == []


def test_a_write_says_what_it_answers_so_that_it_can_be_answered_again() -> None:
    silent = [
        write.name
        for write in writes.decorated()
        if not issubclass(write.call.__annotations__["return"], Done)
    ]
    assert silent == []


@pytest.mark.parametrize("pair", PAIRS, ids=IDS)
def test_by_two_and_by_ten_at_once(days: Copies, pair: tuple[Call, Call]) -> None:
    day = days()
    answers = beside.together(day, pair)
    assert any(not isinstance(answer, Refused) for answer in answers), answers
    if all(isinstance(answer, Done | Refused) for answer in answers):
        beside.assert_one_after_the_other(days, day, pair, answers)
    day = days()
    answers = beside.together(day, pair * 5)
    assert any(not isinstance(answer, Refused) for answer in answers), answers
    report = check.run(day.person("controller"))
    assert [check.text(finding) for finding in report.findings] == []
    beside.assert_kept(day, answers)


def test_a_database_begins_once(context: Context) -> None:
    form = first_start.FirstStart("Randers", "Anne", "anne", "Grøn-trappe-42")

    def begin(_world: object) -> object:
        try:
            return first_start.begin(context, form)
        except Refused as refused:
            return refused

    def load(_world: object) -> None:
        setup.load_reference(context)

    answers = beside.together(None, [begin, load] * 5)  # type: ignore[arg-type]
    assert len([answer for answer in answers if isinstance(answer, Done)]) == 1
    with context.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 1
        keys = list(session.scalars(select(Category.key)))
    assert len(keys) == len(set(keys)) > 50
