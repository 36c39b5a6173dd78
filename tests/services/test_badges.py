"""Badges: who takes over by one, with which PIN, and what is kept of it."""

import re

import pytest
from sqlalchemy import select, text

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.users import badges as rules
from moebelcirkel.services import badges, check, users
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import login
from moebelcirkel.storage.events import digest
from moebelcirkel.storage.tables.badges import UserBadge
from tests.clock import Clock
from tests.documents.reading import texts
from tests.world import World

SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
OTHER = SECRET[::-1]
PIN = "2580"


@pytest.fixture
def lager(world: World) -> int:
    return world.people["lager"].user_id or 0


def given(world: World, user_id: int, secret: str = SECRET, pin: str = "") -> None:
    badges.store(world.person("admin"), user_id, digest(secret), pin)


def refused(context: Context, code: str, pin: str | None = None) -> str:
    with pytest.raises(Refused) as caught:
        login.log_in_by_badge(context, code, pin)
    return str(caught.value)


def test_a_badge_tells_who_it_is_however_the_scanner_writes_capitals(
    world: World, lager: int
) -> None:
    given(world, lager)
    for code in (rules.code(SECRET), rules.code(SECRET).lower(), f" {rules.code(SECRET)} "):
        assert login.log_in_by_badge(world.context, code) == world.people["lager"]


def test_the_database_holds_no_badge_and_the_check_is_clean(world: World, lager: int) -> None:
    given(world, lager, pin=PIN)
    with world.context.read() as session:
        kept = repr(session.execute(text("SELECT * FROM user_badge")).all())
        kept += repr(session.execute(text("SELECT before, after FROM event")).all())
        kept += repr(session.execute(text("SELECT data FROM change_result")).all())
    assert SECRET not in kept
    assert PIN not in re.sub(r"[0-9a-f]{64}|\$argon2\S+", "", kept.split("user_badge")[0])
    assert check.run(world.context).findings == ()


def test_a_new_badge_ends_the_one_before_and_one_taken_back_is_worth_nothing(
    world: World, lager: int
) -> None:
    given(world, lager)
    given(world, lager, OTHER)
    assert "not in use" in refused(world.context, rules.code(SECRET))
    assert login.log_in_by_badge(world.context, rules.code(OTHER)).name == "Lager"
    badges.revoke(world.person("admin"), lager)
    assert "not in use" in refused(world.context, rules.code(OTHER))
    assert check.run(world.context).findings == ()


def test_a_pin_is_asked_for_and_wrong_ones_make_one_wait_as_passwords_do(
    world: World, lager: int, clock: Clock
) -> None:
    given(world, lager, pin=PIN)
    code = rules.code(SECRET)
    with pytest.raises(login.PinNeeded):
        login.log_in_by_badge(world.context, code)
    for _try in range(6):
        said = refused(world.context, code, "1111")
    assert "Too many wrong tries" in said
    (row,) = [each for each in users.find(world.person("admin")) if each.id == lager]
    assert row.wrong_tries == 5
    clock.advance(minutes=20)
    assert login.log_in_by_badge(world.context, code, PIN).name == "Lager"
    (row,) = [each for each in users.find(world.person("admin")) if each.id == lager]
    assert (row.wrong_tries, row.has_badge) == (0, True)


def test_unknown_badges_and_half_read_ones_are_told_alike_and_counted(world: World) -> None:
    said = {refused(world.context, rules.code(OTHER)), refused(world.context, "MCIDABC")}
    assert len(said) == 1
    for _try in range(40):
        last = refused(world.context, rules.code(OTHER))
    assert "Too many wrong tries" in last


def test_somebody_inactive_neither_uses_nor_gets_a_badge(world: World, lager: int) -> None:
    given(world, lager)
    admin = world.person("admin")
    row = users.get(admin, lager)
    assert row is not None
    users.save(admin, users.UserForm(row.login, row.name, active=False), lager, row.version)
    assert "not in use" in refused(world.context, rules.code(SECRET))
    with pytest.raises(Refused, match="active"):
        given(world, lager)


@pytest.mark.parametrize("pin", ["12", "123456789", "12a4", "1111", "1234", "4321"])
def test_a_pin_that_is_no_secret_is_refused_by_its_field(
    world: World, lager: int, pin: str
) -> None:
    with pytest.raises(Invalid) as caught:
        given(world, lager, pin=pin)
    assert "pin" in caught.value.errors


def test_the_paper_has_the_name_and_the_code_only_as_picture(world: World, lager: int) -> None:
    paper = badges.make(world.person("admin"), lager, PIN)
    words = " ".join(texts(paper))
    assert "Lager" in words
    assert rules.PREFIX not in words
    assert PIN not in words
    with world.context.read() as session:
        assert session.scalars(select(UserBadge.user_id)).all() == [lager]


def test_who_never_did_anything_is_deleted_with_the_badge(world: World) -> None:
    admin = world.person("admin")
    form = users.UserForm("ny", "Ny", grants=frozenset(world.people["lager"].grants or ()))
    made = users.save(admin, form).id
    given(world, made)
    users.delete(admin, made, 1)
    with world.context.read() as session:
        assert session.scalars(select(UserBadge)).all() == []
