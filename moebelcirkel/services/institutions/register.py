"""Institutions: department, EAN number, limit, cost bearers, and who leads and approves there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import identifiers, limits
from moebelcirkel.domain.ceilings import Ceiling, passed_by
from moebelcirkel.domain.days import WEEKDAYS
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, short_text
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import closing_weeks, spelled_weeks
from moebelcirkel.domain.settlement import Legal
from moebelcirkel.services import ceilings
from moebelcirkel.services.ceilings import Used
from moebelcirkel.services.context import Context, Saved, Work, writes
from moebelcirkel.services.institutions.closing import refuse_while_open
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import institutions as institution_queries
from moebelcirkel.storage.queries.institutions import InstitutionChoice, InstitutionRow, Responsible
from moebelcirkel.storage.queries.institutions import merging as merging_queries
from moebelcirkel.storage.queries.users import institution_name
from moebelcirkel.storage.references import is_used
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.work import ZONE, Session


@dataclass(frozen=True, slots=True)
class CostBearerForm:
    """An account that can pay; without an id it is new."""

    code: str
    name: str = ""
    active: bool = True
    id: int | None = None


@dataclass(frozen=True, slots=True)
class InstitutionForm:
    """All that can be filled in. No limit means the municipality's; money is øre.

    ``contact`` is a function that is asked for there, not a person.
    """

    name: str
    department: str = ""
    kind: str = ""
    address: str = ""
    ean: str = ""
    cvr: str = ""
    legal: str = Legal.OWN
    limit_ore: int | None = None
    active: bool = True
    bearers: tuple[CostBearerForm, ...] = ()
    postcode: str = ""
    coordinates: str = ""
    weekday: int | None = None
    closed_weeks: str = ""
    ceilings: tuple[Ceiling, ...] = ()
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class InstitutionDetail:
    """An institution for the form, those responsible, and what is used of its ceilings.

    ``merged_into`` is what it became, with the day, and ``became`` the names of those that became
    this one.
    """

    id: int
    version: int
    form: InstitutionForm
    people: tuple[Responsible, ...]
    used: tuple[Used, ...] = ()
    merged_into: str = ""
    merged_on: dt.date | None = None
    became: tuple[str, ...] = ()


def find(context: Context, text: str = "") -> list[InstitutionRow]:
    """The register in Danish order."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        return institution_queries.find(session, text)


def choices(context: Context) -> list[InstitutionChoice]:
    """The active institutions, for those who only choose one."""
    context.require_role()
    with context.read() as session:
        return institution_queries.choices(session)


def get(context: Context, institution_id: int) -> InstitutionDetail | None:
    """One institution as its form shows it."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        row = session.get(Institution, institution_id)
        if row is None:
            return None
        people = institution_queries.responsible(session, row.id)
        used = ceilings.used(session, row.id, context.today())
        return InstitutionDetail(
            row.id,
            row.version,
            _form(session, row),
            people,
            used,
            institution_name(session, row.merged_into_id or 0),
            row.merged_at and row.merged_at.astimezone(ZONE).date(),
            tuple(each.name for each in merging_queries.merged_into(session, row.id)),
        )


def _form(session: Session, row: Institution) -> InstitutionForm:
    bearers = (
        CostBearerForm(each.code, each.name, each.active, each.id)
        for each in institution_queries.bearers(session, row.id)
    )
    return InstitutionForm(
        row.name,
        row.department,
        row.kind,
        row.address,
        row.ean,
        row.cvr,
        row.legal,
        row.limit_ore,
        row.active,
        tuple(bearers),
        row.postcode or "",
        _coordinates(row),
        row.weekday,
        row.closed_weeks or "",
        ceilings.forms(session, row.id),
        row.contact or "",
        row.phone or "",
    )


def _coordinates(row: Institution) -> str:
    if row.latitude is None or row.longitude is None:
        return ""
    return f"{row.latitude}, {row.longitude}"


@dataclass(frozen=True, slots=True)
class InstitutionSaved(Saved):
    """The institution, and each ceiling that is passed now, as ``Standing.written``."""

    passed: tuple[str, ...] = ()


@writes("institution.save", Action.SETTINGS)
def save(
    work: Work, form: InstitutionForm, institution_id: int | None = None, version: int | None = None
) -> InstitutionSaved:
    """Make an institution, or correct one with the version its form was opened with."""
    row = Institution()
    if institution_id is not None:
        row = work.get(Institution, institution_id, version)
        if row.active and not form.active:
            refuse_while_open(work, row)
        _refuse_merged(work, row, form)
    _fill(work, row, form)
    if institution_id is None:
        work.session.add(row)
    work.session.flush()
    before = ceilings.used(work.session, row.id, work.today)
    changed = _save_bearers(work, row.id, form.bearers)
    changed = ceilings.save(work, row.id, form.ceilings) or changed
    if changed and institution_id is not None:
        registers.touch(work, row)
    work.session.flush()
    after = ceilings.used(work.session, row.id, work.today)
    passed = passed_by([each.standing for each in before], [each.standing for each in after])
    return InstitutionSaved(id=row.id, passed=tuple(each.written() for each in passed))


def _refuse_merged(work: Work, row: Institution, form: InstitutionForm) -> None:
    if form.active and row.merged_into_id is not None:
        raise Refused(
            N_("{institution} was merged into {other}. Undo that in the history instead."),
            field="active",
            institution=row.name,
            other=work.get(Institution, row.merged_into_id).name,
        )


def _fill(work: Work, row: Institution, form: InstitutionForm) -> None:
    """Check everything before the row is touched, so that all errors are said at once."""
    fields = Fields()
    values: dict[str, object] = {"active": form.active}
    with fields.field("name"):
        values["name"] = registers.free_name(work, Institution.name, form.name, row.id)
    for name, typed, most in (
        ("department", form.department, limits.NAME),
        ("kind", form.kind, limits.INSTITUTION_KIND),
        ("address", form.address, limits.ADDRESS),
    ):
        with fields.field(name):
            values[name] = short_text(typed, most)
    with fields.field("ean"):
        values["ean"] = identifiers.ean_number(form.ean) if form.ean.strip() else ""
    with fields.field("cvr"):
        values["cvr"] = identifiers.storable_cvr(form.cvr)
    with fields.field("legal"):
        values["legal"] = _legal(form.legal)
    with fields.field("limit_ore"):
        values["limit_ore"] = limit(form.limit_ore)
    with fields.field("postcode"):
        values["postcode"] = identifiers.postcode(form.postcode) or None
    with fields.field("coordinates"):
        values["latitude"], values["longitude"] = identifiers.coordinates(form.coordinates)
    with fields.field("weekday"):
        values["weekday"] = _weekday(form.weekday)
    with fields.field("closed_weeks"):
        values["closed_weeks"] = spelled_weeks(closing_weeks(form.closed_weeks)) or None
    with fields.field("contact"):
        values["contact"] = short_text(form.contact, limits.NAME) or None
    with fields.field("phone"):
        values["phone"] = identifiers.telephone(form.phone) or None
    _check_bearers(fields, form.bearers)
    with fields.field("ceilings"):
        ceilings.check(work.session, form.ceilings)
    fields.finish()
    for name, value in values.items():
        setattr(row, name, value)


def _legal(code: str) -> Legal:
    if code not in tuple(Legal):
        raise Refused(N_("Choose from the list."))
    return Legal(code)


def _weekday(day: int | None) -> int | None:
    if day is not None and day not in WEEKDAYS:
        raise Refused(N_("Choose from the list."))
    return day


def limit(ore: int | None) -> int | None:
    """The limit of an institution or a person, where it has one of its own."""
    if ore is not None and not 0 <= ore <= MAX_PRICE_ORE:
        raise Refused(N_("The limit must be from 0 to 1 million kroner."))
    return ore


def _check_bearers(fields: Fields, bearers: Sequence[CostBearerForm]) -> None:
    seen: set[str] = set()
    for number, bearer in enumerate(bearers):
        with fields.field(f"bearers.{number}"):
            code = identifiers.cost_bearer(bearer.code)
            short_text(bearer.name, limits.BEARER_NAME)
            if code.casefold() in seen:
                raise Refused(N_("The cost bearer {code} is there twice."), code=code)
            seen.add(code.casefold())


def _save_bearers(work: Work, institution_id: int, bearers: Sequence[CostBearerForm]) -> bool:
    """Bring the cost bearers in line; one that paid an order is kept as inactive."""
    rows = institution_queries.bearers(work.session, institution_id)
    known = {row.id: row for row in rows}
    changed = False
    for bearer in bearers:
        row = known.pop(bearer.id, None) if bearer.id is not None else None
        if row is None:
            row = CostBearer(institution_id=institution_id)
            work.session.add(row)
        row.code = identifiers.cost_bearer(bearer.code)
        row.name = short_text(bearer.name, limits.BEARER_NAME)
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
def delete(work: Work, institution_id: int, version: int) -> Saved:
    """Delete an institution that nothing speaks of yet."""
    row = work.get(Institution, institution_id, version)
    bearers = institution_queries.bearers(work.session, institution_id)
    if is_used(work.session, row, apart_from={"cost_bearer", "ceiling"}) or any(
        is_used(work.session, bearer) for bearer in bearers
    ):
        raise registers.in_use()
    for bearer in bearers:
        work.session.delete(bearer)
    ceilings.save(work, institution_id, ())
    work.session.flush()
    work.session.delete(row)
    work.session.flush()
    return Saved(id=institution_id)
