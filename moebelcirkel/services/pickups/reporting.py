"""Reporting furniture that should go, correcting the report, and taking it back until accepted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, long_text, required_text, short_text, whole_number
from moebelcirkel.domain.pickups import (
    MOST_DAYS_AHEAD,
    MOST_LINES,
    MOST_PIECES,
    Access,
    GiftKind,
    PickupState,
    PickupStep,
    check,
    pickup_number,
)
from moebelcirkel.domain.prices import MAX_PRICE_ORE
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import photos
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.photos import Picture
from moebelcirkel.storage import registers
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPhoto
from moebelcirkel.storage.work import gone, not_allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedLine:
    """Alike pieces; ``id`` is that of a line that is corrected, ``pictures`` all it shall have."""

    category_key: str
    pieces: int
    condition: str
    name: str = ""
    article_id: int | None = None
    pictures: Sequence[Picture] = ()
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a giver says; either an institution or, written by the warehouse, a firm.

    ``value_ore`` is what a firm's ``gift`` is worth; ``answer`` is to the warehouse's question.
    """

    institution_id: int | None = None
    firm: str = ""
    value_ore: int | None = None
    gift: str = GiftKind.GOODS.value
    lines: Sequence[ReportedLine] = ()
    building: str = ""
    access: str = Access.UNKNOWN.value
    contact: str = ""
    earliest_on: dt.date | None = None
    latest_on: dt.date | None = None
    note: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class PickupReported(Done):
    """The report that was written."""

    pickup_id: int
    number: str
    pieces: int


@dataclass
class _Checked:
    """What was said, as it is stored."""

    columns: dict[str, object]
    lines: list[tuple[ReportedLine, dict[str, object]]] = field(default_factory=list)


@writes("pickup.report", Action.HAND_IN)
def report(work: Work, said: Report) -> PickupReported:
    """Tell the warehouse what should go, as one change."""
    return write_report(work, said)


def write_report(work: Work, said: Report, order_id: int | None = None) -> PickupReported:
    """Write a report within a change that is under way; of an order that is regretted."""
    _may(work, said.institution_id)
    if work.actor_id is None:
        raise not_allowed()
    checked = _checked(work, said, new=True)
    if said.institution_id is not None:
        _in_use(work, said.institution_id)
    pickup = Pickup(
        number=pickup_number(work.next_number("pickup")),
        institution_id=said.institution_id,
        firm="" if said.institution_id is not None else short_text(said.firm, limits.NAME),
        reporter_id=work.actor_id,
        reported_at=work.now,
        state=PickupState.REPORTED,
        order_id=order_id,
        **checked.columns,
    )
    work.session.add(pickup)
    work.session.flush()
    for line, values in checked.lines:
        _add_line(work, pickup, line, values)
    return _reported(pickup, said)


@writes("pickup.correct", Action.HAND_IN)
def correct(work: Work, pickup_id: int, said: Report, version: int | None = None) -> PickupReported:
    """Say it better, as long as the warehouse has not accepted it; a question is answered so."""
    pickup = work.get(Pickup, pickup_id)
    _may(work, pickup.institution_id)
    check(PickupStep.CORRECT, pickup.state, pickup.number)
    if repair_queries.of_pickup(work.session, pickup.id) is not None:
        raise Refused(
            N_("{number} is a repair. Take it back and ask for another."), number=pickup.number
        )
    work.get(Pickup, pickup_id, version)
    checked = _checked(work, said, new=False)
    for name, value in checked.columns.items():
        setattr(pickup, name, value)
    if pickup.state == PickupState.QUESTION:
        if not said.answer.strip():
            raise Refused(N_("Answer the question from the warehouse."), field="answer")
        pickup.state = PickupState.REPORTED
    _bring_in_line(work, pickup, checked)
    work.refuse_unchanged()
    if Pickup.__tablename__ not in work.recorder.kinds:
        registers.touch(work, pickup)
    return _reported(pickup, said)


@writes("pickup.withdraw", Action.HAND_IN)
def withdraw(work: Work, pickup_id: int, version: int | None = None) -> PickupReported:
    """Take the report back: the furniture stays where it is."""
    pickup = work.get(Pickup, pickup_id)
    _may(work, pickup.institution_id)
    repair = repair_queries.of_pickup(work.session, pickup.id)
    if repair is not None and repair.order_id is not None:
        raise Refused(
            N_("The repair {number} is ordered. Cancel the order instead."), number=pickup.number
        )
    check(PickupStep.WITHDRAW, pickup.state, pickup.number)
    work.get(Pickup, pickup_id, version)
    pickup.state = PickupState.WITHDRAWN
    pieces = sum(line.pieces for line in pickup_queries.line_rows(work.session, pickup.id))
    return PickupReported(pickup_id=pickup.id, number=pickup.number, pieces=pieces)


def _may(work: Work, institution_id: int | None) -> None:
    """An institution's reports are its own people's; those of firms are the warehouse's."""
    if institution_id is None:
        work.require(Action.PICKUP)
    else:
        work.require(Action.HAND_IN, institution_id)


def _in_use(work: Work, institution_id: int) -> None:
    institution = work.get(Institution, institution_id)
    if not institution.active:
        raise Refused(
            N_("{institution} is not in use any more, so nothing new can be reported for it."),
            institution=institution.name,
        )


def _reported(pickup: Pickup, said: Report) -> PickupReported:
    pieces = sum(line.pieces for line in said.lines)
    return PickupReported(pickup_id=pickup.id, number=pickup.number, pieces=pieces)


# --- what was said -------------------------------------------------------------------------------


def _checked(work: Work, said: Report, *, new: bool) -> _Checked:
    """Everything wrong at once; a line's fields are named ``lines.0.pieces`` and so on."""
    fields = Fields()
    found = _Checked({"earliest_on": said.earliest_on, "latest_on": said.latest_on})
    with fields.field("building"):
        found.columns["building"] = short_text(said.building, limits.NAME)
    with fields.field("contact"):
        found.columns["contact"] = short_text(said.contact, limits.NAME)
    with fields.field("access"):
        found.columns["access"] = _one_of(said.access, Access)
    for name in ("note", "answer"):
        with fields.field(name):
            found.columns[name] = long_text(getattr(said, name), limits.NOTE)
    _check_days(work, fields, said, new=new)
    _check_firm(fields, found, said, new=new)
    with fields.field("gift"):
        gift = _one_of(said.gift, GiftKind)
        found.columns["gift"] = gift if said.institution_id is None else None
    if not said.lines:
        fields.wrong("lines", Refused(N_("Say what should go: add at least one line.")))
    if len(said.lines) > MOST_LINES:
        fields.wrong(
            "lines",
            Refused(N_("At most {most} lines in one report. Make another one."), most=MOST_LINES),
        )
    for number, line in enumerate(said.lines[: MOST_LINES + 1]):
        found.lines.append((line, _line_values(work, fields, f"lines.{number}.", line)))
    fields.finish()
    return found


def _check_days(work: Work, fields: Fields, said: Report, *, new: bool) -> None:
    last = work.today + dt.timedelta(days=MOST_DAYS_AHEAD)
    for name, on in (("earliest_on", said.earliest_on), ("latest_on", said.latest_on)):
        if on is not None and new and on < work.today:
            fields.wrong(name, Refused(N_("The date lies in the past.")))
        if on is not None and on > last:
            fields.wrong(name, Refused(N_("The date is too far ahead.")))
    if said.earliest_on and said.latest_on and said.latest_on < said.earliest_on:
        fields.wrong("latest_on", Refused(N_("This day is before the first one.")))


def _check_firm(fields: Fields, found: _Checked, said: Report, *, new: bool) -> None:
    if new and said.institution_id is None:
        with fields.field("firm"):
            required_text(said.firm, limits.NAME)
    value = said.value_ore
    if value is not None and not 0 <= value <= MAX_PRICE_ORE * MOST_PIECES:
        fields.wrong("value_ore", Refused(N_("The value is too large.")))
    found.columns["value_ore"] = value if said.institution_id is None else None


def _one_of(code: str, codes: type[Access | Condition | GiftKind]) -> str:
    if code not in {each.value for each in codes}:
        raise Refused(N_("Choose from the list."))
    return code


def _line_values(work: Work, fields: Fields, at: str, line: ReportedLine) -> dict[str, object]:
    values: dict[str, object] = {"article_id": line.article_id}
    article = None
    if line.article_id is not None:
        article = work.session.get(Article, line.article_id)
        if article is None or not article.active:
            fields.wrong(f"{at}name", Refused(N_("Choose a furniture type, or write a new one.")))
    with fields.field(f"{at}name"):
        typed = line.name or (article.name if article else "")
        values["name"] = required_text(typed, limits.ARTICLE_NAME)
    with fields.field(f"{at}category"):
        values["category_key"] = _category(work, article.category_key if article else line)
    with fields.field(f"{at}pieces"):
        values["pieces"] = whole_number(line.pieces, 1, MOST_PIECES)
    with fields.field(f"{at}condition"):
        values["condition"] = _one_of(line.condition, Condition)
    return values


def _category(work: Work, said: ReportedLine | str) -> str:
    key = said if isinstance(said, str) else said.category_key
    if work.session.get(Category, key) is None:
        raise Refused(N_("Choose a category."))
    return key


# --- lines and their pictures --------------------------------------------------------------------


def _add_line(work: Work, pickup: Pickup, line: ReportedLine, values: Mapping[str, object]) -> None:
    row = PickupLine(pickup_id=pickup.id, **values)
    work.session.add(row)
    work.session.flush()
    _show(work, row, line.pictures)


def _bring_in_line(work: Work, pickup: Pickup, checked: _Checked) -> None:
    """Known lines are corrected where they stand, so that history can tell what they were."""
    known = {row.id: row for row in pickup_queries.line_rows(work.session, pickup.id)}
    for line, values in checked.lines:
        if line.id is None:
            _add_line(work, pickup, line, values)
            continue
        row = known.pop(line.id, None)
        if row is None:
            raise gone()
        for name, value in values.items():
            setattr(row, name, value)
        work.session.flush()
        _show(work, row, line.pictures)
    for row in known.values():
        _show(work, row, ())
        work.session.delete(row)
        work.session.flush()


def _show(work: Work, row: PickupLine, pictures: Sequence[Picture]) -> None:
    """Link exactly these pictures to the line."""
    there = {photo.sha256: photo for photo in pickup_queries.photo_rows(work.session, row.id)}
    for position, picture in enumerate(pictures):
        if there.pop(picture.sha256, None) is None:
            photos.store(work, picture)
            work.session.add(PickupPhoto(line_id=row.id, sha256=picture.sha256, position=position))
    for photo in there.values():
        work.session.delete(photo)
    work.session.flush()
