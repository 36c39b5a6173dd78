"""People from a file: new ones with their roles and without a password.

Nobody can log in as one of them before an administrator has given a password for one use.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import users as rules
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import INSTITUTION_ROLES, Action, Grant
from moebelcirkel.exchange.kinds.users import FIELDS, UserRecord
from moebelcirkel.services.context import Work
from moebelcirkel.services.imports.records import (
    FileKind,
    ImportPlan,
    TakenNames,
    chunked,
    declared,
)
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.queries.imports import KnownInstitution
from moebelcirkel.storage.tables.users import User, UserRole
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class PlannedUser:
    """A person with the roles the line gives; ``where`` names the institutions."""

    line: int
    login: str
    name: str
    email: str
    grants: tuple[Grant, ...]
    where: str


def _plan(
    session: Session, records: Sequence[UserRecord], plan: ImportPlan[PlannedUser], _today: dt.date
) -> None:
    logins = TakenNames(import_queries.known_logins(session))
    institutions = _by_name(import_queries.known_institutions(session))
    for record in records:
        with plan.line(record):
            logins.refuse(record.login, record.line, "login", plan)
            where = [_institution(institutions, text) for text in record.institutions]
            grants = _grants(record, where)
            logins.take(record.login, record.line)
            plan.lines.append(
                PlannedUser(
                    line=record.line,
                    login=record.login,
                    name=record.name,
                    email=record.email,
                    grants=grants,
                    where=", ".join(each.name for each in where),
                )
            )


def _by_name(registered: Sequence[KnownInstitution]) -> dict[str, KnownInstitution]:
    found = {known.name.casefold(): known for known in registered}
    return {known.ean: known for known in registered if known.ean} | found


def _institution(registered: Mapping[str, KnownInstitution], text: str) -> KnownInstitution:
    known = registered.get(text.casefold())
    if known is None:
        raise Refused(
            N_(
                "There is no institution “{text}”. Make it first, by hand or by a file of"
                " institutions."
            ),
            text=text,
            field="institutions",
        )
    if not known.active:
        raise Refused(
            N_("{name} is closed. Choose another institution, or take it into use again."),
            name=known.name,
            field="institutions",
        )
    return known


def _grants(record: UserRecord, where: Sequence[KnownInstitution]) -> tuple[Grant, ...]:
    tied: list[int | None] = [each.id for each in where]
    grants = [
        Grant(role, place)
        for role in record.roles
        for place in (tied if tied and role in INSTITUTION_ROLES else [None])
    ]
    try:
        checked = rules.checked_grants(grants)
    except Refused as error:
        raise Refused(error.message, field="institutions", **error.values) from None
    return tuple(sorted(checked, key=lambda grant: (grant.role, grant.institution_id or 0)))


def _write(work: Work, lines: Sequence[PlannedUser], _import_id: int) -> Iterator[int]:
    for part in chunked(lines):
        people = [
            {"login": line.login, "name": line.name, "email": line.email, "created_at": work.now}
            for line in part
        ]
        ids = work.bulk_insert(User, people)
        roles = [
            {"user_id": key, "role": grant.role, "institution_id": grant.institution_id}
            for key, line in zip(ids, part, strict=True)
            for grant in line.grants
        ]
        work.bulk_insert(UserRole, roles)
        yield len(part)


USERS = declared(FileKind("users", FIELDS, UserRecord, _plan, _write, right=Action.USERS))
