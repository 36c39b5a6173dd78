"""Files of people: who they are and which roles they have where; never a password."""

from dataclasses import dataclass

from moebelcirkel.domain import identifiers, limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Role
from moebelcirkel.domain.users import login_name
from moebelcirkel.exchange.kinds.records import RecordField, one_of, optional, parts, text

_ROLES = {
    "medarbejder": "employee",
    "employee": "employee",
    "leder": "leader",
    "leader": "leader",
    "godkender": "approver",
    "approver": "approver",
    "lager": "warehouse",
    "lagermedarbejder": "warehouse",
    "warehouse": "warehouse",
    "værksted": "workshop",
    "workshop": "workshop",
    "økonomi": "controller",
    "controller": "controller",
    "administrator": "administrator",
}
_ROLE = one_of(_ROLES)


@dataclass(frozen=True, slots=True)
class UserRecord:
    """One person; ``institutions`` are names or EAN numbers."""

    line: int
    login: str
    name: str
    email: str
    roles: tuple[Role, ...]
    institutions: tuple[str, ...]
    password: str


def _roles(cell: str) -> tuple[Role, ...]:
    return tuple(Role(str(_ROLE(part))) for part in parts(cell))


def _password(cell: str) -> str:
    """A column of passwords is refused: whoever sees the file could log in as anybody in it."""
    if cell.strip():
        raise Refused(
            N_(
                "A password does not belong in a file. Take the column out; an administrator gives"
                " each person a password for one use."
            )
        )
    return ""


FIELDS = (
    RecordField(
        "login",
        N_("User name"),
        "brugernavn, login, bruger, initialer, user name, username, user",
        optional(login_name, ""),
        needed=True,
    ),
    RecordField("name", N_("Name"), "navn, fulde navn, name", text(limits.NAME), needed=True),
    RecordField(
        "email",
        N_("E-mail"),
        "e mail, email, mail, mailadresse",
        optional(identifiers.email_address, ""),
    ),
    RecordField(
        "roles", N_("Roles"), "rolle, roller, role, roles", _roles, needed=True, shared=True
    ),
    RecordField(
        "institutions",
        N_("Institutions"),
        "institution, institutioner, skole, enhed, ean, institutions",
        parts,
        shared=True,
    ),
    RecordField("password", N_("Password"), "adgangskode, kodeord, password", _password),
)
