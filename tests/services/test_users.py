"""People and roles: fields, the last administrator, no personal text in events, undo."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused, Stale
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import changes, users
from moebelcirkel.services.context import Actor, Context
from moebelcirkel.services.start import login
from moebelcirkel.services.users import UserForm, UserRow
from moebelcirkel.storage.tables.changes import ChangeResult, Event, PersonText
from moebelcirkel.storage.tables.users import User
from tests.services.undoing import assert_undone
from tests.world import World

PASSWORD = "blå stol i hallen"
FORM = UserForm(
    "bodil",
    "Bodil Bentsen",
    "bodil@kommune.dk",
    frozenset({Grant(Role.WAREHOUSE)}),
    os_login="BODILB",
    password=PASSWORD,
)


def _row(admin: Context, name: str) -> UserRow:
    return next(row for row in users.find(admin) if row.login == name)


def _form(row: UserRow) -> UserForm:
    grants = frozenset(Grant(role.role, role.institution_id) for role in row.roles)
    return UserForm(row.login, row.name, row.email, grants, row.active, row.os_login)


def test_a_new_user_is_found_and_can_log_in(world: World, admin: Context) -> None:
    tied = Grant(Role.LEADER, world.school)
    form = replace(FORM, grants=frozenset({tied, Grant(Role.WAREHOUSE)}))
    users.save(admin, form)
    row = users.find(admin, "bents")[0]
    assert [(role.role, role.institution) for role in row.roles] == [
        (Role.LEADER, "Søndervangskolen"),
        (Role.WAREHOUSE, ""),
    ]
    assert row.has_password
    assert row.os_login == "bodilb"
    assert login.log_in(world.context, "Bodil ", PASSWORD).grants == form.grants


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("login", {"login": "b b"}),
        ("login", {"login": "LEADER"}),
        ("name", {"name": ""}),
        ("email", {"email": "bodil"}),
        ("os_login", {"os_login": "bo dil"}),
        ("grants", {"grants": frozenset({Grant(Role.EMPLOYEE)})}),
        ("grants", {"grants": frozenset()}),
        ("password", {"password": "kort"}),
        ("password", {"password": "Bodil Bentsen"}),
    ],
)
def test_a_wrong_field_is_named(admin: Context, field: str, change: dict[str, object]) -> None:
    with pytest.raises(Invalid) as caught:
        users.save(admin, replace(FORM, **change))  # type: ignore[arg-type]
    assert list(caught.value.errors) == [field]


def test_a_system_user_is_linked_to_one_only(admin: Context) -> None:
    users.save(admin, FORM)
    with pytest.raises(Invalid) as caught:
        users.save(admin, replace(FORM, login="other", os_login="bodilb"))
    assert "os_login" in caught.value.errors


def test_the_last_role_is_not_taken_from_someone_active(admin: Context) -> None:
    row = _row(admin, "lager")
    with pytest.raises(Refused, match="at least one role") as caught:
        users.save(admin, replace(_form(row), grants=frozenset()), row.id, row.version)
    assert caught.value.field == "grants"
    gone = replace(_form(row), grants=frozenset(), active=False)
    users.save(admin, gone, row.id, row.version)


def test_two_administrators_who_change_the_same_roles(admin: Context) -> None:
    row = _row(admin, "lager")
    more = replace(_form(row), grants=frozenset({Grant(Role.WAREHOUSE), Grant(Role.WORKSHOP)}))
    users.save(admin, more, row.id, row.version)
    with pytest.raises(Stale, match="changed by Admin"):
        users.save(admin, _form(row), row.id, row.version)


def test_undone_roles_make_open_forms_stale(admin: Context) -> None:
    row = _row(admin, "lager")
    more = replace(_form(row), grants=frozenset({Grant(Role.WAREHOUSE), Grant(Role.WORKSHOP)}))
    done = users.save(admin, more, row.id, row.version)
    opened = _row(admin, "lager")
    changes.undo(admin, done.change_id or 0)
    with pytest.raises(Stale):
        users.save(admin, more, opened.id, opened.version)


@pytest.mark.parametrize("change", [{"active": False}, {"grants": frozenset()}])
def test_the_last_administrator_stays(
    world: World, admin: Context, change: dict[str, object]
) -> None:
    row = _row(admin, "admin")
    with pytest.raises(Refused, match="administrator"):
        users.save(world.context, replace(_form(row), **change), row.id, row.version)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        users.delete(world.context, row.id, row.version)
    assert _row(admin, "admin").active


def test_two_administrators_dismiss_each_other_at_once(world: World, admin: Context) -> None:
    users.save(admin, replace(FORM, grants=frozenset({Grant(Role.ADMINISTRATOR)})))
    rows = {name: _row(admin, name) for name in ("admin", "bodil")}
    ready = threading.Barrier(2)

    def dismiss(name: str, other: str) -> bool:
        own = admin.as_actor(Actor(rows[name].id, name, world.people["admin"].grants))
        form = replace(_form(rows[other]), grants=frozenset({Grant(Role.WORKSHOP)}))
        ready.wait()
        try:
            users.save(own, form, rows[other].id, rows[other].version)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(dismiss, ["admin", "bodil"], ["bodil", "admin"]))
    assert sorted(done) == [False, True]
    found = users.find(world.context)
    left = [row.login for row in found if Role.ADMINISTRATOR in {each.role for each in row.roles}]
    assert len({"admin", "bodil"} & set(left)) == 1


def test_nobody_makes_oneself_inactive(admin: Context) -> None:
    users.save(admin, replace(FORM, grants=frozenset({Grant(Role.ADMINISTRATOR)})))
    row = _row(admin, "admin")
    with pytest.raises(Refused, match="yourself"):
        users.save(admin, replace(_form(row), active=False), row.id, row.version)
    with pytest.raises(Refused, match="yourself"):
        users.delete(admin, row.id, row.version)


def test_undo_never_takes_the_last_administrator(world: World, admin: Context) -> None:
    row = _row(admin, "lager")
    both = replace(_form(row), grants=frozenset({Grant(Role.WAREHOUSE), Grant(Role.ADMINISTRATOR)}))
    promoted = users.save(admin, both, row.id, row.version)
    dismissed = _row(admin, "admin")
    less = replace(_form(dismissed), grants=frozenset({Grant(Role.WORKSHOP)}))
    users.save(world.person("lager"), less, dismissed.id, dismissed.version)
    with pytest.raises(Refused, match="at least one active administrator"):
        changes.undo(world.context, promoted.change_id or 0)


def test_someone_who_has_worked_is_neither_deleted_nor_undone(world: World, admin: Context) -> None:
    form = replace(FORM, grants=frozenset({Grant(Role.ADMINISTRATOR)}))
    made = users.save(admin, form)
    actor = login.log_in(world.context, "bodil", PASSWORD)
    users.set_password(world.context.as_actor(actor), actor.user_id or 0, "en anden lang kode")
    row = _row(admin, "bodil")
    with pytest.raises(Refused, match="Make it inactive"):
        users.delete(admin, row.id, row.version)
    with pytest.raises(Refused):
        changes.undo(admin, made.change_id or 0)


def test_each_change_is_undone(world: World, admin: Context) -> None:
    assert_undone(admin, lambda: users.save(admin, FORM))
    row = _row(admin, "employee")
    tied = frozenset({Grant(Role.LEADER, world.home), Grant(Role.CONTROLLER)})
    form = UserForm("medarbejder", "Nyt Navn", "ny@kommune.dk", tied, active=False)
    assert_undone(admin, lambda: users.save(admin, form, row.id, row.version))
    new = users.save(admin, replace(FORM, password="")).id
    assert_undone(admin, lambda: users.delete(admin, new, 1))


def test_a_password_is_never_undone(admin: Context) -> None:
    row = _row(admin, "lager")
    done = users.set_password(admin, row.id, PASSWORD)
    with pytest.raises(Refused, match="cannot be undone"):
        changes.undo(admin, done.change_id or 0)
    assert done.kinds == {"app_user"}


@pytest.mark.parametrize("once", [True, False])
def test_an_earlier_change_is_undone_although_the_password_changed(
    world: World, admin: Context, once: bool
) -> None:
    row = _row(admin, "lager")
    renamed = users.save(admin, replace(_form(row), name="Lene Lager"), row.id, row.version)
    users.set_password(admin, row.id, PASSWORD, once=once)
    changes.undo(admin, renamed.change_id or 0)
    assert _row(admin, "lager").name == "Lager"
    fresh = "en anden lang kode" if once else None
    assert login.log_in(world.context, "lager", PASSWORD, new_password=fresh).name == "Lager"


def test_what_changed_the_same_person_since_still_refuses_the_undo(admin: Context) -> None:
    row = _row(admin, "lager")
    renamed = users.save(admin, replace(_form(row), name="Lene Lager"), row.id, row.version)
    users.set_password(admin, row.id, PASSWORD)
    row = _row(admin, "lager")
    users.save(admin, replace(_form(row), name="Line Lager"), row.id, row.version)
    with pytest.raises(Refused, match="changed since"):
        changes.undo(admin, renamed.change_id or 0)


def test_a_new_user_who_has_chosen_a_password_stays(world: World, admin: Context) -> None:
    made = users.save(admin, FORM)
    users.set_password(admin, made.id, "en anden lang kode")
    changes.undo(admin, made.change_id or 0)
    made = users.save(admin, replace(FORM, password_once=True))
    login.log_in(world.context, "bodil", PASSWORD, new_password="en anden lang kode")
    with pytest.raises(Refused, match="used the program since"):
        changes.undo(admin, made.change_id or 0)


def test_names_and_hashes_never_reach_an_event(world: World, admin: Context) -> None:
    users.save(admin, FORM)
    row = _row(admin, "bodil")
    renamed = replace(_form(row), name="Bodil Bruun", email="bb@kommune.dk", login="bobo")
    users.save(admin, renamed, row.id, row.version)
    users.set_password(admin, row.id, "en anden lang kode", once=True)
    new = users.save(admin, replace(FORM, os_login="os-9", password="")).id
    users.delete(admin, new, 1)
    with world.context.read() as session:
        payloads = json.dumps(
            [[event.before, event.after] for event in session.scalars(select(Event))]
            + [result.data for result in session.scalars(select(ChangeResult))]
        )
        texts = set(session.scalars(select(PersonText.body)))
        stored = session.scalars(select(User.password_hash).where(User.id == row.id)).one()
    secrets = ("Bodil", "bodil", "Bruun", "bobo", "kommune.dk", "os-9", "argon2", PASSWORD, "kode")
    assert [secret for secret in secrets if secret in payloads] == []
    assert {"Bodil Bentsen", "Bodil Bruun", "bb@kommune.dk", "bodilb"} <= texts
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert not any("argon2" in (text or "") for text in texts)
