"""A person who is anonymised: no name is left anywhere, and everything else is proved as before."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel import paths
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import (
    badges,
    changes,
    check,
    deliveries,
    persons,
    reports,
    routines,
    users,
)
from moebelcirkel.services.context import SYSTEM, Context, Work
from moebelcirkel.services.start import login
from moebelcirkel.storage.checks import chain
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.changes import ChangeLink
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from tests import postgres, trade
from tests.clock import Clock
from tests.documents import reading
from tests.services.reporting import recorded
from tests.services.tampering import found_after
from tests.world import World

OLD, NEW = "Karen Sørine Holm", "Karen Holm Nielsen"
MAIL = "karen.holm@kommunen.dk"


@pytest.fixture
def karen(world: World) -> int:
    """She was called otherwise first, did something, and stands in what others wrote."""
    admin, roles = world.person("admin"), frozenset({Grant(Role.WAREHOUSE, None)})
    form = users.UserForm("karen", OLD, MAIL, roles, os_login="kommunen\\karen")
    key = users.save(admin, form).id
    users.save(admin, users.UserForm("karen", NEW, MAIL, roles), key, 1)
    badges.store(admin, key, digest("A" * 32))
    world.people["karen"] = login.actor_of(world.context, key)
    note(world, f"Hentet af {NEW.upper()}, ring til hende.")
    return key


def note(world: World, words: str) -> None:
    """A note on a piece, as others write it."""
    (unit,) = trade.put_on_sale(world, 1)

    def write(work: Work) -> None:
        work.session.get_one(Unit, unit).note = words

    world.context.write("unit.edit", None, write)


def version_of(world: World, key: int) -> int:
    row = users.get(world.person("admin"), key)
    assert row is not None
    return row.version


def everything(context: Context) -> str:
    """All that stands in all tables, as one text."""
    with context.read() as session:
        tables = METADATA.sorted_tables
        return repr([session.execute(select(table)).all() for table in tables]).casefold()


def links(context: Context) -> list[str]:
    with context.read() as session:
        return list(session.scalars(select(ChangeLink.link).order_by(ChangeLink.change_id)))


def test_no_name_is_left_and_the_chain_from_before_is_the_same(world: World, karen: int) -> None:
    assert "karen" in everything(world.context)
    before = links(world.context)
    done = persons.anonymise(world.person("admin"), karen, version_of(world, karen))
    assert done.rows == 1
    left = everything(world.context)
    for word in ("karen", "sørine", "nielsen", MAIL):
        assert word not in left
    assert links(world.context)[: len(before)] == before
    assert check.run(world.context).findings == ()


def test_what_was_done_stays_under_a_number_and_nobody_logs_in(world: World, karen: int) -> None:
    persons.anonymise(world.person("admin"), karen, version_of(world, karen))
    row = users.get(world.person("admin"), karen)
    assert row is not None
    assert (row.name, row.login, row.active) == (
        f"Tidligere bruger {karen}",
        f"former-{karen}",
        False,
    )
    assert (row.roles, row.has_badge, row.has_password, row.email, row.os_login) == (
        (),
        False,
        False,
        "",
        "",
    )
    with world.context.read() as session:
        note = session.scalars(select(Unit.note).where(Unit.note != "")).one()
    assert note == "Hentet af [navn slettet], ring til hende."


def test_one_word_is_no_name_so_notes_of_others_are_left_alone(world: World) -> None:
    note(world, "Står på lager")
    lager = world.people["lager"].user_id or 0
    done = persons.anonymise(world.person("admin"), lager, version_of(world, lager))
    assert done.rows == 0
    with world.context.read() as session:
        assert session.scalars(select(Unit.note).where(Unit.note != "")).one() == "Står på lager"
    assert check.run(world.context).findings == ()


def test_it_is_never_undone_and_neither_is_what_it_erased(world: World, karen: int) -> None:
    admin = world.person("admin")
    done = persons.anonymise(admin, karen, version_of(world, karen))
    assert done.change_id is not None
    for change in (done.change_id, done.change_id - 1):
        with pytest.raises(Refused):
            changes.undo(admin, change)
    assert "karen" not in everything(world.context)


def test_neither_oneself_nor_the_last_administrator_nor_by_anybody(
    world: World, karen: int
) -> None:
    admin = world.person("admin")
    own = world.people["admin"].user_id or 0
    with pytest.raises(Refused, match="yourself"):
        persons.anonymise(admin, own, version_of(world, own))
    with pytest.raises(Refused, match="at least one active administrator"):
        persons.anonymise(world.context, own, version_of(world, own))
    with pytest.raises(Refused, match="right"):
        persons.anonymise(world.person("leader"), karen, 1)


def test_the_check_tells_of_a_text_that_was_to_be_erased_and_is_there(
    world: World, karen: int
) -> None:
    persons.anonymise(world.person("admin"), karen, version_of(world, karen))
    first = "(SELECT min(id) FROM person_text WHERE body IS NULL)"
    statement = f"UPDATE person_text SET salt = 'a' WHERE id = {first}"
    (finding,) = found_after(world, chain.chain_is_whole, statement)
    assert "erased" in finding.message


def test_a_text_taken_away_without_a_change_is_still_told(world: World, karen: int) -> None:
    statement = "UPDATE person_text SET body = NULL, salt = NULL WHERE body LIKE 'Karen S%'"
    findings = found_after(world, chain.chain_is_whole, statement)
    assert {finding.message for finding in findings} == {
        "person_text {key} is not the text it was."
    }


def test_papers_are_the_same_but_for_the_name_in_a_note(
    year: World, clock: Clock, karen_of_year: int
) -> None:
    """A recorded report is kept as it was printed; a delivery note is drawn of what is known."""
    controller, lager = year.person("controller"), year.person("lager")
    report_id = recorded(year)
    (delivery,) = newest_delivery(year)
    order_note(year, delivery, f"Ring til {NEW} ved porten")
    report, paper = reports.reprint(controller, report_id), deliveries.notes_pdf(lager, [delivery])
    assert f"Ring til {NEW} ved porten" in reading.whole_text(paper)
    persons.anonymise(year.person("admin"), karen_of_year, version_of(year, karen_of_year))
    assert reports.reprint(controller, report_id) == report
    again = deliveries.notes_pdf(lager, [delivery])
    assert reading.whole_text(again) == reading.whole_text(paper).replace(NEW, "[navn slettet]")
    assert check.run(year.context).findings == ()


@pytest.fixture
def karen_of_year(year: World) -> int:
    form = users.UserForm("karen", NEW, MAIL, frozenset({Grant(Role.WAREHOUSE, None)}))
    return users.save(year.person("admin"), form).id


def newest_delivery(world: World) -> list[int]:
    with world.context.read() as session:
        query = select(OrderLine.delivery_id).where(OrderLine.delivery_id.is_not(None))
        return [key for key in session.scalars(query.order_by(OrderLine.id.desc()).limit(1)) if key]


def order_note(world: World, delivery: int, words: str) -> None:
    def write(work: Work) -> None:
        query = select(Order).join(OrderLine).where(OrderLine.delivery_id == delivery)
        work.session.scalars(query).first().note = words  # type: ignore[union-attr]

    world.context.write("order.send", None, write)


def test_former_full_names_go_in_notes_of_others_too(world: World, karen: int) -> None:
    note(world, f"Aftalt med {OLD} i foråret")
    done = persons.anonymise(world.person("admin"), karen, version_of(world, karen))
    assert done.rows == 2
    assert "sørine" not in everything(world.context)


def test_who_logs_in_meanwhile_is_out_at_once(world: World, karen: int) -> None:
    """Her form, her window and her log-in are refused in plain words, and nothing is written."""
    hers, admin = world.person("karen"), world.person("admin")
    before = version_of(world, karen)
    persons.anonymise(admin, karen, before)
    with pytest.raises(Refused):
        hers.write("unit.edit", None, lambda _work: None)
    with pytest.raises(Refused):
        login.still_there(hers)
    with pytest.raises(Refused):
        login.log_in(world.context, "karen", "et eller andet")
    with pytest.raises(Refused):
        persons.anonymise(admin, karen, before)


def test_two_anonymise_the_same_person_and_one_does_it(world: World, karen: int) -> None:
    roles = frozenset({Grant(Role.ADMINISTRATOR, None)})
    other = users.save(world.person("admin"), users.UserForm("eva", "Eva Lund", "", roles)).id
    eva = world.context.as_actor(login.actor_of(world.context, other))
    version = version_of(world, karen)

    def tried(context: Context) -> str:
        try:
            persons.anonymise(context, karen, version)
        except Refused:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(tried, (eva, world.person("admin")))) == ["done", "refused"]
    assert check.run(world.context).findings == ()


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_server_s_restored_dump_brings_nobody_back_where_work_is_called(
    world: World,
    karen: int,
    clock: Clock,
    postgres_cluster: postgres.Cluster,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def erasings(context: Context) -> list[dict[str, str]]:
        clock.advance(minutes=10)
        done = routines.run_due(context, routines.place("command"))
        return [each.values for each in done if each.name == "erasings"]

    world.context.database.close()
    dump = postgres_cluster.create(str(world.context.database.url.database))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv(paths.HOME_VARIABLE, str(tmp_path / "another PC"))
        persons.anonymise(world.person("admin"), karen, version_of(world, karen))
    assert erasings(world.context) == []  # only written down
    restored = Context(Database(postgres_cluster.url(dump)), SYSTEM, clock=clock)
    (finding,) = check.run(restored).findings
    assert "anonymiseret, men er her igen" in check.text(finding)
    assert erasings(restored) == [{"count": "1"}]
    assert "karen" not in everything(restored)
    assert check.run(restored).findings == ()
    restored.database.close()
