"""Logging in: the same answer for every wrong try, waits, one-time passwords, the system's user."""

import os
import platform
import sys
from concurrent.futures import ThreadPoolExecutor

import argon2
import pytest
from sqlalchemy import select, update

from moebelcirkel import language
from moebelcirkel.domain import users as rules
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import login, passwords, system_user
from moebelcirkel.storage.queries import users as user_queries
from moebelcirkel.storage.tables.users import LoginTry, User
from tests import hashing, templates
from tests.clock import Clock
from tests.world import World

PASSWORD = "blå stol i hallen"


@templates.prepared
def world(world: World, _clock: Clock) -> None:
    leader = world.people["leader"]
    users.set_password(world.person("admin"), leader.user_id or 0, PASSWORD)


@pytest.fixture
def door(world: World) -> Context:
    """The program before anyone has logged in."""
    return world.context


def test_login_and_password_give_the_person_with_roles(world: World, door: Context) -> None:
    actor = login.log_in(door, " Leader ", PASSWORD)
    assert actor == world.people["leader"]
    assert actor.grants == frozenset({Grant(Role.LEADER, world.school)})


def _answer(door: Context, name: str, password: str) -> str:
    with pytest.raises(Refused) as caught:
        login.log_in(door, name, password)
    return str(caught.value)


def test_unknown_inactive_without_password_and_wrong_are_told_alike(
    world: World, door: Context
) -> None:
    admin = world.person("admin")
    row = next(row for row in users.find(admin) if row.login == "employee")
    users.set_password(admin, row.id, PASSWORD)
    row = next(row for row in users.find(admin) if row.login == "employee")
    form = users.UserForm("employee", row.name, active=False)
    users.save(admin, form, row.id, row.version)
    answers = {
        _answer(door, "leader", "forkert kode"),
        _answer(door, "nobody", PASSWORD),
        _answer(door, "employee", PASSWORD),
        _answer(door, "lager", ""),
        _answer(door, "", ""),
    }
    assert len(answers) == 1


def test_the_same_work_is_done_for_someone_unknown(
    door: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = passwords_tried(monkeypatch)
    for name in ("nobody", "leader", "lager"):
        _answer(door, name, "forkert kode")
    assert len(checked) == 3
    costs = {stored.rsplit("$", 2)[0] for stored in checked}
    lengths = {len(stored) for stored in checked}
    assert len(costs) == len(lengths) == 1


def test_the_first_unknown_name_costs_one_hash_as_a_known_one_does(
    door: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hashed(_hasher: object, _password: str) -> str:
        raise AssertionError("something was hashed")

    monkeypatch.setattr(argon2.PasswordHasher, "hash", hashed)
    assert "not right" in _answer(door, "nobody", "forkert kode")


@pytest.mark.parametrize("name", ["leader", "nobody"])
def test_after_five_wrong_tries_the_wait_grows(door: Context, clock: Clock, name: str) -> None:
    wrong = [_answer(door, name, "forkert kode") for _try in range(5)]
    assert len(set(wrong)) == 1
    assert "Wait 5 seconds" in _answer(door, name, PASSWORD)
    clock.advance(seconds=4.2)
    assert "Wait 1 seconds" in _answer(door, name, PASSWORD)
    clock.advance(seconds=1)
    assert _answer(door, name, "forkert kode") == wrong[0]
    assert "Wait 10 seconds" in _answer(door, name, PASSWORD)
    assert "Wait" not in _answer(door, "other", "forkert kode")


def test_of_sixty_tries_at_once_no_more_are_tested_than_one_after_the_other(
    door: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    tested = passwords_tried(monkeypatch)
    with ThreadPoolExecutor(8) as several:
        answers = list(several.map(lambda _try: _answer(door, "leader", "forkert"), range(60)))
    assert len(tested) == rules.OF_A_LOGIN.free
    assert sum("Wait" in answer for answer in answers) == 60 - len(tested)


def passwords_tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is tested from now on, at once instead of after the tenth of a second it takes."""
    tested: list[str] = []

    def verify(_hasher: object, stored: str, password: str) -> bool:
        tested.append(stored)
        if password != PASSWORD or stored == passwords._NOBODY:
            raise argon2.exceptions.VerifyMismatchError
        return True

    monkeypatch.setattr(argon2.PasswordHasher, "verify", verify)
    return tested


def test_one_password_on_many_names_has_to_wait_too(
    door: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    tested = passwords_tried(monkeypatch)
    answers = [_answer(door, f"nobody{name}", PASSWORD) for name in range(60)]
    assert len(tested) == rules.OF_A_STATION.free
    assert "Wait" in answers[-1]
    assert "Wait" not in answers[len(tested) - 1]


def test_nobody_is_kept_out_from_another_workstation(
    door: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords_tried(monkeypatch)
    for station in range(5):
        monkeypatch.setattr(platform, "node", lambda station=station: f"pc-{station}")
        for _try in range(5):
            _answer(door, "leader", "forkert kode")
    monkeypatch.setattr(platform, "node", lambda: "the owner's")
    assert "Wait" in _answer(door, "leader", PASSWORD)
    clock.advance(seconds=rules.OF_A_NAME.longest.total_seconds())
    assert login.log_in(door, "leader", PASSWORD).login == "leader"


def test_the_longest_wait_ends(
    door: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords_tried(monkeypatch)
    for _try in range(20):
        _answer(door, "leader", "forkert kode")
        clock.advance(seconds=rules.OF_A_LOGIN.longest.total_seconds())
    assert login.log_in(door, "leader", PASSWORD).login == "leader"


def test_a_shared_pc_forgets_the_tries_of_others_after_an_hour(
    door: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords_tried(monkeypatch)
    for name in range(29):
        _answer(door, f"nobody{name}", "forkert kode")
    clock.advance(hours=1, seconds=1)
    for name in range(20):
        assert "Wait" not in _answer(door, f"nobody{name}", "forkert kode")


def test_the_old_password_is_not_guessed_at_an_open_window(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    passwords_tried(monkeypatch)
    leader = world.person("leader")
    for _try in range(5):
        with pytest.raises(Refused, match="old password"):
            login.change_own_password(leader, "forkert kode her", "en anden lang kode")
    with pytest.raises(Refused, match="Too many wrong tries"):
        login.change_own_password(leader, PASSWORD, "en anden lang kode")


def test_a_right_password_forgets_the_wrong_ones(door: Context, clock: Clock) -> None:
    for _try in range(6):
        _answer(door, "leader", "forkert kode")
        clock.advance(minutes=1)
    login.log_in(door, "leader", PASSWORD)
    for _try in range(5):
        assert "Wait" not in _answer(door, "leader", "forkert kode")


def test_wrong_tries_are_forgotten_after_a_day(door: Context, clock: Clock) -> None:
    for _try in range(7):
        _answer(door, "nobody", "forkert kode")
        clock.advance(minutes=1)
    clock.advance(days=2)
    _answer(door, "leader", "forkert kode")
    with door.read() as session:
        assert {each.failures for each in session.scalars(select(LoginTry))} == {1}


@pytest.mark.parametrize("back", [{"days": 3000}, {"minutes": 25}], ids=str)
def test_a_clock_that_went_back_begins_the_wait_anew_and_closes_no_one_out(
    door: Context, clock: Clock, back: dict[str, float]
) -> None:
    for _try in range(8):
        _answer(door, "leader", "forkert kode")
        clock.advance(minutes=20)
    clock.advance(**{name: -value for name, value in back.items()})
    assert "Wait 40 seconds" in _answer(door, "leader", PASSWORD)
    clock.advance(seconds=40)
    assert login.log_in(door, "leader", PASSWORD).login == "leader"


def test_what_was_typed_as_login_is_not_stored(door: Context) -> None:
    _answer(door, PASSWORD, "")
    with door.read() as session:
        assert PASSWORD not in repr([each.key for each in session.scalars(select(LoginTry))])


def test_the_program_s_own_hash_costs_what_rfc_9106_asks_for() -> None:
    own, least = hashing.PROGRAM, argon2.profiles.RFC_9106_LOW_MEMORY
    assert own.type is argon2.Type.ID
    assert (own.memory_cost, own.time_cost) == (least.memory_cost, least.time_cost)
    stored = own.hash(PASSWORD)
    assert own.verify(stored, PASSWORD)
    assert own.check_needs_rehash(
        argon2.PasswordHasher(memory_cost=least.memory_cost // 2).hash("x")
    )


def test_a_password_that_everybody_is_told_is_hashed_once_and_any_other_each_time() -> None:
    with passwords.known_to_all():
        first, second = passwords.hashed(PASSWORD), passwords.hashed(PASSWORD)
        other = passwords.hashed("en anden kode")
        with ThreadPoolExecutor(1) as beside:
            elsewhere = beside.submit(passwords.hashed, PASSWORD).result()
    later = [passwords.hashed(PASSWORD) for _turn in range(2)]
    assert first == second
    assert len({first, other, elsewhere, *later}) == 5
    assert all(passwords.matches(each, PASSWORD) for each in (first, elsewhere, *later))
    assert passwords.matches(other, "en anden kode")
    assert not passwords.matches(other, PASSWORD)


@pytest.fixture
def weak_hash() -> str:
    return argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def test_a_weak_hash_is_made_anew_and_no_form_grows_stale(
    world: World, door: Context, weak_hash: str
) -> None:
    def stored() -> tuple[str | None, int]:
        with door.read() as session:
            query = select(User.password_hash, User.version).where(User.login == "leader")
            return tuple(session.execute(query).one())  # type: ignore[return-value]

    with door.database.write() as session:
        session.execute(update(User).where(User.login == "leader").values(password_hash=weak_hash))
    version = stored()[1]
    login.log_in(door, "leader", PASSWORD)
    fresh, same = stored()
    assert fresh is not None
    assert fresh != weak_hash
    assert not passwords.outdated(fresh)
    assert same == version
    assert login.log_in(door, "leader", PASSWORD).login == "leader"


def test_a_lost_password_is_replaced_by_one_that_works_once(world: World, door: Context) -> None:
    once = login.reset_password(door, "Admin")
    with pytest.raises(login.NewPasswordNeeded):
        login.log_in(door, "admin", once)
    with pytest.raises(Invalid):
        login.log_in(door, "admin", once, new_password="kort")
    with pytest.raises(Refused, match="another password"):
        login.log_in(door, "admin", once, new_password=once)
    assert login.log_in(door, "admin", once, new_password="en helt ny kode").login == "admin"
    assert "not right" in _answer(door, "admin", once)
    assert login.log_in(door, "admin", "en helt ny kode").login == "admin"


def test_a_reset_opens_a_login_that_was_closed(door: Context) -> None:
    for _try in range(5):
        _answer(door, "admin", "forkert kode")
    once = login.reset_password(door, "admin")
    assert login.log_in(door, "admin", once, new_password="en helt ny kode").login == "admin"


def test_a_reset_is_refused_where_it_cannot_be(world: World, door: Context) -> None:
    with pytest.raises(Refused, match="no user"):
        login.reset_password(door, "nobody")
    with pytest.raises(Refused, match="right to do this"):
        login.reset_password(world.person("admin"), "leader")
    admin = world.person("admin")
    row = next(row for row in users.find(admin) if row.login == "leader")
    users.save(admin, users.UserForm("leader", "L", active=False), row.id, row.version)
    with pytest.raises(Refused, match="inactive"):
        login.reset_password(door, "leader")


def test_the_systems_user_logs_in_where_linked(world: World, door: Context) -> None:
    admin = world.person("admin")
    row = next(row for row in users.find(admin) if row.login == "lager")
    form = users.UserForm("lager", row.name, grants=frozenset({Grant(Role.WAREHOUSE)}))
    linked = users.UserForm(form.login, form.name, grants=form.grants, os_login=r"RANDERS\lager1")
    users.save(admin, linked, row.id, row.version)
    actor = login.log_in_by_system(door, [r"Randers\LAGER1"])
    assert (actor.login, actor.grants) == ("lager", form.grants)
    for other in ("lager1", "", "root"):
        with pytest.raises(Refused, match="linked to nobody"):
            login.log_in_by_system(door, [other])


@pytest.mark.skipif(sys.platform == "win32", reason="the system is asked in another way there")
def test_the_environment_cannot_say_who_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    monkeypatch.setenv("USER", "admin")
    monkeypatch.setenv("LOGNAME", "admin")
    assert system_user.names() == (pwd.getpwuid(os.getuid()).pw_name,)


def test_someone_made_inactive_is_out_at_the_next_action(world: World, door: Context) -> None:
    actor = login.log_in(door, "leader", PASSWORD)
    admin = world.person("admin")
    row = next(row for row in users.find(admin) if row.login == "leader")
    users.save(admin, users.UserForm("leader", "L", active=False), row.id, row.version)
    with pytest.raises(Refused, match="no longer active"):
        login.actor_of(door, actor.user_id or 0)
    assert door.actor == SYSTEM


def test_one_changes_ones_own_password_knowing_the_old(world: World) -> None:
    lager = world.person("lager")
    users.set_password(world.person("admin"), lager.actor.user_id or 0, PASSWORD)
    with pytest.raises(Refused, match="old password"):
        login.change_own_password(lager, "forkert kode her", "en anden lang kode")
    with pytest.raises(Invalid) as caught:
        login.change_own_password(lager, PASSWORD, "kort")
    assert "password" in caught.value.errors
    login.change_own_password(lager, PASSWORD, "en anden lang kode")
    assert login.log_in(world.context, "lager", "en anden lang kode").login == "lager"


def test_who_has_no_role_is_told_whom_to_ask(world: World, door: Context) -> None:
    admin = world.person("admin")
    row = next(row for row in users.find(admin) if row.login == "lager")
    users.set_password(admin, row.id, PASSWORD)
    with world.context.database.write() as session:
        for role in user_queries.roles_of(session, row.id):
            session.delete(role)
    with pytest.raises(Refused, match="no role") as caught:
        login.log_in(door, "lager", PASSWORD)
    assert language.refusal(caught.value) == (
        "Du har endnu ingen rolle i programmet. Bed en administrator om at give dig en."
    )
