"""The first start on an empty database: the municipality and its first administrator."""

from dataclasses import dataclass

from moebelcirkel.domain import identifiers, limits
from moebelcirkel.domain import users as rules
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.fields import Fields, required_text
from moebelcirkel.domain.identifiers import storable_cvr
from moebelcirkel.domain.parameters import PARAMETERS
from moebelcirkel.domain.roles import Role
from moebelcirkel.services.context import Context, Saved, Work
from moebelcirkel.services.start import passwords, setup
from moebelcirkel.services.users import system_name
from moebelcirkel.storage import registers
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.parameters import ParameterRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User, UserRole
from moebelcirkel.storage.work import Session, not_allowed


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What the first start asks for; ``os_login`` links the administrator to the system's user.

    ``receives`` gives the administrator the warehouse's and the workshop's role as well.
    """

    municipality: str
    name: str
    login: str
    password: str
    cvr: str = ""
    email: str = ""
    os_login: str = ""
    receives: bool = False


def is_needed(context: Context) -> bool:
    """Whether nobody and nothing is in the database yet."""
    with context.read() as session:
        return _is_empty(session)


def _is_empty(session: Session) -> bool:
    return not registers.any_rows(session, User, Institution, Unit)


def begin(context: Context, form: FirstStart) -> Saved:
    """Fill the reference data in and make the first administrator; only on an empty database."""
    if context.actor.grants is not None:
        raise not_allowed()
    _values(form)
    if not is_needed(context):
        raise _not_empty()

    def body(work: Work) -> Saved:
        return _begin(work, form)

    return context.write("setup", None, body)


#: The roles of who also works in the hall.
_HALL = (Role.WAREHOUSE, Role.WORKSHOP)


def _begin(work: Work, form: FirstStart) -> Saved:
    if not _is_empty(work.session):
        raise _not_empty()
    setup.fill_reference(work)
    values = _values(form)
    for key in ("municipality", "municipality_cvr"):
        if values[key]:
            work.session.add(ParameterRow(key=key, value=values[key]))
    person = User(
        login=values["login"],
        name=values["name"],
        email=values["email"],
        os_login=system_name(form.os_login) or None,
        password_hash=passwords.hashed(values["password"]),
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    for role in (Role.ADMINISTRATOR, *(_HALL if form.receives else ())):
        work.session.add(UserRole(user_id=person.id, role=role))
    work.session.flush()
    return Saved(id=person.id)


def wrong(form: FirstStart) -> dict[str, Refused]:
    """What ``begin`` would refuse of the form itself, by field."""
    try:
        _values(form)
    except Invalid as error:
        return dict(error.errors)
    return {}


def _values(form: FirstStart) -> dict[str, str]:
    fields = Fields()
    values: dict[str, str] = {}
    with fields.field("municipality"):
        values["municipality"] = required_text(form.municipality, limits.NAME)
        PARAMETERS["municipality"].check(values["municipality"])
    with fields.field("cvr"):
        values["municipality_cvr"] = storable_cvr(form.cvr)
    with fields.field("name"):
        values["name"] = required_text(form.name, limits.NAME)
    with fields.field("login"):
        values["login"] = rules.login_name(form.login)
    with fields.field("email"):
        values["email"] = identifiers.email_address(form.email) if form.email.strip() else ""
    with fields.field("password"):
        values["password"] = rules.good_password(form.password, form.login, form.name)
    fields.finish()
    return values


def _not_empty() -> Refused:
    return Refused(N_("The database is in use already. Log in instead."))
