"""People and their roles; the last active administrator can neither go nor lose the role."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain import identifiers, limits
from moebelcirkel.domain import users as rules
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, required_text, storable, whole
from moebelcirkel.domain.roles import Action, Grant, Role
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.services.institutions import limit
from moebelcirkel.services.start import passwords
from moebelcirkel.storage import beginning, messages, registers, undo
from moebelcirkel.storage.kinds import Kind, declare
from moebelcirkel.storage.queries import users as user_queries
from moebelcirkel.storage.queries.shop import own as shop_queries
from moebelcirkel.storage.queries.users import RoleRow as RoleRow
from moebelcirkel.storage.queries.users import UserRow
from moebelcirkel.storage.references import is_used
from moebelcirkel.storage.tables.badges import UserBadge
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.users import User, UserRole

PASSWORD_KIND = beginning.PASSWORD_KIND
#: The same password, hashed again.
REHASH_KIND = "user.rehash"
#: A password is known to nobody, so that no former one can be brought back.
PASSWORD = Kind(stays="no former password is known", stands_alone=True)
declare(REHASH_KIND, Kind(stays="the password is the same", stands_alone=True))
#: What goes with somebody who has never done anything.
_FORGOTTEN = frozenset({"user_role", "user_badge", "message", "shop_seen"})


@dataclass(frozen=True, slots=True)
class UserForm:
    """All that can be filled in; ``password`` only for a new user, empty means none yet."""

    login: str
    name: str
    email: str = ""
    grants: frozenset[Grant] = frozenset()
    active: bool = True
    os_login: str = ""
    password: str = ""
    password_once: bool = False
    limit_ore: int | None = None


def find(context: Context, text: str = "", *, inactive: bool = True) -> list[UserRow]:
    """The register in the order of the names."""
    context.require(Action.USERS)
    with context.read() as session:
        return user_queries.find(session, text, inactive=inactive)


def get(context: Context, user_id: int) -> UserRow | None:
    """One person as the form shows it."""
    context.require(Action.USERS)
    with context.read() as session:
        row = session.get(User, user_id)
        return None if row is None else user_queries.rows(session, [row])[0]


@writes("user.save", Action.USERS)
def save(
    work: Work, form: UserForm, user_id: int | None = None, version: int | None = None
) -> Saved:
    """Make a user, or correct one with the version the form was opened with."""
    before = user_queries.administrators(work.session)
    person = User(created_at=work.now)
    if user_id is not None:
        person = work.get(User, user_id, version)
    grants = _fill(work, person, form, new=user_id is None)
    if user_id is not None and user_id == work.actor_id and not form.active:
        raise Refused(N_("You cannot make yourself inactive."), field="active")
    work.session.add(person)
    work.session.flush()
    if _save_grants(work, person.id, grants) and user_id is not None:
        registers.touch(work, person)
    work.session.flush()
    _keep_an_administrator(work, before)
    _need_role(form, grants)
    return Saved(id=person.id)


def _need_role(form: UserForm, grants: frozenset[Grant]) -> None:
    """Someone without a role could log in and would find nothing."""
    if form.active and not grants:
        raise Refused(
            N_("Choose at least one role. Without one, nothing can be seen here."), field="grants"
        )


def _fill(work: Work, person: User, form: UserForm, *, new: bool) -> frozenset[Grant]:
    """Check everything before the row is touched, so that all errors are said at once."""
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    grants: frozenset[Grant] = frozenset()
    with fields.field("login"):
        values["login"] = rules.login_name(form.login)
        registers.refuse_taken(work, User.login, str(values["login"]), person.id)
    with fields.field("name"):
        values["name"] = required_text(form.name, limits.NAME)
    with fields.field("email"):
        values["email"] = identifiers.email_address(form.email) if form.email.strip() else ""
    with fields.field("os_login"):
        values["os_login"] = _os_login(work, form.os_login, person.id)
    with fields.field("limit_ore"):
        values["limit_ore"] = limit(form.limit_ore)
    with fields.field("grants"):
        grants = rules.checked_grants(form.grants)
        _choose_institutions(work, person.id, grants)
        if new:
            _need_role(form, grants)
    if new and form.password:
        with fields.field("password"):
            secret = rules.good_password(form.password, form.login, form.name)
            values["password_hash"] = passwords.hashed(secret)
            values["password_once"] = form.password_once
    fields.finish()
    for name, value in values.items():
        setattr(person, name, value)
    return grants


def _choose_institutions(work: Work, user_id: int | None, wanted: frozenset[Grant]) -> None:
    """Nobody begins where nothing goes on; roles of before are kept."""
    known = {row.institution_id for row in user_queries.roles_of(work.session, user_id or 0)}
    for key in sorted({each.institution_id or 0 for each in wanted} - known - {0}):
        work.choose(Institution, key)


def _os_login(work: Work, typed: str, own_id: int | None) -> str | None:
    value = system_name(typed)
    if not value:
        return None
    storable(value, code=True)
    if len(value) > limits.NAME or any(char.isspace() for char in value):
        raise Refused(N_("Write the name the person logs in to the machine with, without spaces."))
    other = user_queries.linked_to(work.session, value)
    if other is not None and other != own_id:
        raise Refused(N_("Another user is linked to that name. Remove it there first."))
    return value


def system_name(typed: str) -> str:
    """A system's user name as it is stored; Windows does not tell its capitals apart."""
    return whole(typed).strip().lower()


def _save_grants(work: Work, user_id: int, wanted: frozenset[Grant]) -> bool:
    rows = user_queries.roles_of(work.session, user_id)
    known = {Grant(row.role, row.institution_id): row for row in rows}
    for grant, row in known.items():
        if grant not in wanted:
            work.session.delete(row)
    for grant in sorted(
        wanted - set(known), key=lambda each: (each.role, each.institution_id or 0)
    ):
        work.session.add(
            UserRole(user_id=user_id, role=grant.role, institution_id=grant.institution_id)
        )
    return set(known) != set(wanted)


@writes("user.delete", Action.USERS)
def delete(work: Work, user_id: int, version: int) -> Saved:
    """Delete someone who has never done anything; others are made inactive."""
    before = user_queries.administrators(work.session)
    person = work.get(User, user_id, version)
    if user_id == work.actor_id:
        raise Refused(N_("You cannot delete yourself."))
    acted = user_queries.has_acted(work.session, user_id)
    if acted or is_used(work.session, person, apart_from=_FORGOTTEN):
        raise registers.in_use()
    _save_grants(work, user_id, frozenset())
    badge = work.session.get(UserBadge, user_id)
    if badge is not None:
        work.session.delete(badge)
    work.session.flush()
    messages.erase(work.session, user_id, None, "")  # told to nobody any more, and no history
    shop_queries.forget_seen(work.session, user_id)
    work.session.delete(person)
    work.session.flush()
    _keep_an_administrator(work, before)
    return Saved(id=user_id)


@writes(PASSWORD_KIND, Action.USERS, PASSWORD)
def set_password(work: Work, user_id: int, password: str, *, once: bool = False) -> Saved:
    """Give someone a new password; with ``once`` it only lets the person choose another."""
    put_password(work, work.get(User, user_id), password, once=once)
    return Saved(id=user_id)


def put_password(work: Work, person: User, password: str, *, once: bool = False) -> None:
    """Store a good password; the event proves which hash it came to, and tells nothing of it."""
    fields = Fields()
    with fields.field("password"):
        secret = rules.good_password(password, person.login, person.name)
    fields.finish()
    person.password_hash = passwords.hashed(secret)
    person.password_once = once
    work.session.flush()


# --- the last administrator --------------------------------------------------------------------


def _keep_an_administrator(work: Work, before: Collection[int] = (0,)) -> None:
    """Refuse when those who were there before are all gone."""
    if before and not user_queries.administrators(work.session):
        raise Refused(
            N_("There must be at least one active administrator. Give someone else the role first.")
        )


def _after_undoing_people(work: Work, events: Sequence[undo.Turned]) -> None:
    """An undone registration must not orphan what the person did, nor leave no administrator."""
    for event in events:
        if event.before is None and user_queries.has_acted(work.session, int(event.entity_id)):
            raise Refused(N_("It cannot be undone, because the person has used the program since."))
    if any("active" in (event.before or {}) for event in events):
        _keep_an_administrator(work)


def _after_undoing_roles(work: Work, events: Sequence[undo.Turned]) -> None:
    """Forms opened on the old roles are stale now."""
    for user_id in {int(_about(event)["user_id"]) for event in events}:
        person = work.session.get(User, user_id)
        if person is not None:
            registers.touch(work, person)
    work.session.flush()
    if any(_about(event)["role"] == Role.ADMINISTRATOR for event in events):
        _keep_an_administrator(work)


def _about(event: undo.Turned) -> dict[str, Any]:
    return event.before or event.after or {}


# No other change of a person writes the password, so none has to be kept for its sake.
undo.AFTERWARDS["app_user"].append(_after_undoing_people)
undo.AFTERWARDS["user_role"].append(_after_undoing_roles)
