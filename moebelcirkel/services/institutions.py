"""Institutions: department, EAN number, limit, cost bearers, and who leads and approves there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain import identifiers
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, required_text, short_text
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Action, Role
from moebelcirkel.services import registers
from moebelcirkel.services.context import Context, Work, writes
from moebelcirkel.storage.institutions import CostBearer, Institution
from moebelcirkel.storage.references import is_used
from moebelcirkel.storage.users import User, UserRole

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Bearer:
    """An account that can pay; without an id it is new."""

    code: str
    name: str = ""
    active: bool = True
    id: int | None = None


@dataclass(frozen=True, slots=True)
class InstitutionForm:
    """All that can be filled in. No limit means the municipality's; money is øre."""

    name: str
    department: str = ""
    kind: str = ""
    address: str = ""
    ean: str = ""
    cvr: str = ""
    legal: str = "own"
    limit_ore: int | None = None
    active: bool = True
    bearers: tuple[Bearer, ...] = ()


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One line of the register."""

    id: int
    name: str
    department: str
    kind: str
    ean: str
    legal: str
    limit_ore: int | None
    bearers: int
    active: bool
    sort_key: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """Someone who leads or approves for the institution."""

    user_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class InstitutionDetail:
    """An institution with its version, for the form, and those responsible."""

    id: int
    version: int
    form: InstitutionForm
    people: tuple[Responsible, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An institution to choose from."""

    id: int
    name: str


def find(
    context: Context, text: str = "", *, inactive: bool = True, limit: int = MOST_ROWS
) -> list[InstitutionRow]:
    """The register in Danish order, at most ``limit`` rows."""
    context.require(Action.SETTINGS)
    bearers = (
        select(func.count(CostBearer.id))
        .where(CostBearer.institution_id == Institution.id, CostBearer.active)
        .correlate(Institution)
        .scalar_subquery()
    )
    columns = (
        Institution.id, Institution.name, Institution.department, Institution.kind,
        Institution.ean, Institution.legal, Institution.limit_ore, bearers,
        Institution.active, Institution.sort_key,
    )  # fmt: skip
    query = (
        select(*columns)
        .where(*registers.matches(Institution.search_text, text))
        .order_by(Institution.sort_key, Institution.id)
        .limit(limit)
    )
    if not inactive:
        query = query.where(Institution.active)
    with context.read() as session:
        return [InstitutionRow(*row) for row in session.execute(query)]


def choices(context: Context) -> list[Choice]:
    """The active institutions, for those who only choose one."""
    query = (
        select(Institution.id, Institution.name)
        .where(Institution.active)
        .order_by(Institution.sort_key, Institution.id)
    )
    with context.read() as session:
        return [Choice(*row) for row in session.execute(query)]


def get(context: Context, institution_id: int) -> InstitutionDetail | None:
    """One institution as its form shows it."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        row = session.get(Institution, institution_id)
        if row is None:
            return None
        return InstitutionDetail(row.id, row.version, _form(session, row), _people(session, row.id))


def _form(session: Session, row: Institution) -> InstitutionForm:
    query = select(CostBearer).where(CostBearer.institution_id == row.id).order_by(CostBearer.id)
    bearers = (
        Bearer(each.code, each.name, each.active, each.id) for each in session.scalars(query)
    )
    return InstitutionForm(
        row.name, row.department, row.kind, row.address, row.ean, row.cvr, row.legal,
        row.limit_ore, row.active, tuple(bearers),
    )  # fmt: skip


def _people(session: Session, institution_id: int) -> tuple[Responsible, ...]:
    responsible = (Role.LEADER.value, Role.APPROVER.value)
    query = (
        select(User.id, User.name, UserRole.role)
        .join(User, User.id == UserRole.user_id)
        .where(
            UserRole.institution_id == institution_id, UserRole.role.in_(responsible), User.active
        )
        .order_by(UserRole.role.desc(), User.sort_key)
    )
    return tuple(
        Responsible(user_id, name, Role(role)) for user_id, name, role in session.execute(query)
    )


@writes("institution.save", Action.SETTINGS)
def save(
    work: Work,
    form: InstitutionForm,
    institution_id: int | None = None,
    version: int | None = None,
) -> dict[str, object]:
    """Make an institution, or correct one with the version its form was opened with."""
    row = Institution()
    if institution_id is not None:
        row = work.get(Institution, institution_id, version)
    _fill(work, row, form)
    if institution_id is None:
        work.session.add(row)
    registers.flush(work)
    if _save_bearers(work, row.id, form.bearers) and institution_id is not None:
        registers.touch(row)
    registers.flush(work)
    return {"id": row.id}


def _fill(work: Work, row: Institution, form: InstitutionForm) -> None:
    """Check everything before the row is touched, so that all errors are said at once."""
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    with fields.field("name"):
        values["name"] = required_text(form.name, 120)
        clash = registers.taken(work, Institution.name, str(values["name"]), row.id)
        if clash:
            raise clash
    for name, typed, most in (
        ("department", form.department, 120),
        ("kind", form.kind, 60),
        ("address", form.address, 200),
    ):
        with fields.field(name):
            values[name] = short_text(typed, most)
    with fields.field("ean"):
        values["ean"] = identifiers.ean_number(form.ean) if form.ean.strip() else ""
    with fields.field("cvr"):
        values["cvr"] = storable_cvr(form.cvr)
    with fields.field("legal"):
        values["legal"] = _legal(form.legal)
    with fields.field("limit_ore"):
        values["limit_ore"] = _limit(form.limit_ore)
    _check_bearers(fields, form.bearers)
    fields.finish()
    for name, value in values.items():
        setattr(row, name, value)


def storable_cvr(typed: str) -> str:
    """The CVR number as stored: an odd one is only warned of, but it must be up to 8 digits."""
    digits = identifiers.clean_cvr(typed)
    if digits and (not digits.isascii() or not digits.isdigit()):
        raise Refused(N_("The CVR number may only contain digits. Check what you have written."))
    if len(digits) > identifiers.CVR_DIGITS:
        raise Refused(
            N_("The CVR number must have 8 digits. You have written {count}."), count=len(digits)
        )
    return digits


def _legal(code: str) -> str:
    if code not in ("own", "other"):
        raise Refused(N_("Choose from the list."))
    return code


def _limit(ore: int | None) -> int | None:
    if ore is not None and not 0 <= ore <= MAX_PRICE_ORE:
        raise Refused(N_("The limit must be from 0 to 1 million kroner."))
    return ore


def _check_bearers(fields: Fields, bearers: Sequence[Bearer]) -> None:
    seen: set[str] = set()
    for number, bearer in enumerate(bearers):
        with fields.field(f"bearers.{number}"):
            code = identifiers.cost_bearer(bearer.code)
            short_text(bearer.name, 80)
            if code.casefold() in seen:
                raise Refused(N_("The cost bearer {code} is there twice."), code=code)
            seen.add(code.casefold())


def _save_bearers(work: Work, institution_id: int, bearers: Sequence[Bearer]) -> bool:
    """Bring the cost bearers in line; one that paid an order is kept as inactive."""
    query = select(CostBearer).where(CostBearer.institution_id == institution_id)
    known = {row.id: row for row in work.session.scalars(query.with_for_update())}
    changed = False
    for bearer in bearers:
        row = known.pop(bearer.id, None) if bearer.id is not None else None
        if row is None:
            row = CostBearer(institution_id=institution_id)
            work.session.add(row)
        row.code = identifiers.cost_bearer(bearer.code)
        row.name = short_text(bearer.name, 80)
        row.active = bearer.active
        changed = changed or row in work.session.new or work.session.is_modified(row)
    for row in known.values():
        changed = True
        if is_used(work.session, row):
            row.active = False
        else:
            work.session.delete(row)
    return changed


@writes("institution.delete", Action.SETTINGS)
def delete(work: Work, institution_id: int, version: int) -> dict[str, object]:
    """Delete an institution that nothing speaks of yet."""
    row = work.get(Institution, institution_id, version)
    query = select(CostBearer).where(CostBearer.institution_id == institution_id)
    bearers = list(work.session.scalars(query))
    if is_used(work.session, row, apart_from={"cost_bearer"}) or any(
        is_used(work.session, bearer) for bearer in bearers
    ):
        raise registers.in_use()
    for bearer in bearers:
        work.session.delete(bearer)
    registers.flush(work)
    work.session.delete(row)
    registers.flush(work)
    return {"id": institution_id}
