"""What people write about one piece: its note, the year it was bought new, other codes on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import facts, limits
from moebelcirkel.domain.cpr import without_cpr
from moebelcirkel.domain.days import year_bought
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.facts import PieceFacts
from moebelcirkel.domain.fields import Fields, long_text, storable, too_long
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Saved, Work, writes
from moebelcirkel.storage import registers, undo
from moebelcirkel.storage.queries import units as unit_queries
from moebelcirkel.storage.tables.units import Unit, UnitCode

MOST_CODES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValues(PieceFacts):
    """All that can be filled in about a piece."""

    note: str = ""
    acquired_year: int | None = None
    codes: tuple[str, ...] = ()


@writes("unit.edit", Action.STOCK)
def save(work: Work, unit_id: int, values: UnitValues, version: int) -> Saved:
    """Correct a piece, with the version the form was opened with."""
    unit = work.get(Unit, unit_id, version)
    if unit.state == State.VOID:
        raise Refused(N_("The registration of {number} is undone."), number=unit.number)
    fields = Fields()
    note, codes = unit.note, []
    with fields.field("note"):
        note = long_text(values.note, limits.UNIT_NOTE)
    with fields.field("acquired_year"):
        _check_year(work, unit, values.acquired_year)
    with fields.field("codes"):
        codes = _checked_codes(work, unit, values.codes)
    fields.finish()
    unit.note, unit.acquired_year = note, values.acquired_year
    for column, kept in facts.checked(values).items():
        setattr(unit, column, kept)
    if _save_codes(work, unit, codes):
        registers.touch(work, unit)
    work.refuse_unchanged()
    return Saved(id=unit.id)


def _check_year(work: Work, unit: Unit, year: int | None) -> None:
    """A year that has been wrong since the registration does not stop another correction."""
    if year is None or year == unit.acquired_year:
        return
    year_bought(year, work.today.year)
    if year > unit.received_on.year:
        raise Refused(
            N_("The piece was received in {year}, so it was not bought new later than that."),
            year=unit.received_on.year,
        )


def _checked_codes(work: Work, unit: Unit, typed: Sequence[str]) -> list[str]:
    codes = list(dict.fromkeys(" ".join(code.split()) for code in typed if code.strip()))
    if len(codes) > MOST_CODES:
        raise Refused(N_("A piece may carry at most {most} other codes."), most=MOST_CODES)
    prefix = str(work.parameter("label_prefix"))
    for code in codes:
        if len(code) > limits.UNIT_CODE:
            raise too_long(limits.UNIT_CODE, len(code))
        without_cpr(storable(code, code=True), code=True)
        if parse_label(code, prefix) is not None:
            raise Refused(
                N_("{code} is a label number. Here are only codes that others have put on it."),
                code=code,
            )
        carrier = unit_queries.carrier(work.session, code)
        if carrier is not None and carrier.id != unit.id:
            raise Refused(
                N_("{code} is already on {number}. A code belongs to one piece only."),
                code=code,
                number=carrier.number,
            )
    return codes


def _save_codes(work: Work, unit: Unit, codes: Sequence[str]) -> bool:
    known = {row.code: row for row in unit_queries.codes(work.session, unit.id)}
    for code, row in known.items():
        if code not in codes:
            work.session.delete(row)
    # Written together, new rows come before old ones go, so no row gets an id that was taken.
    added = [code for code in codes if code not in known]
    work.session.add_all(UnitCode(unit_id=unit.id, code=code) for code in added)
    return set(known) != set(codes)


def _after_undoing_codes(work: Work, events: Sequence[undo.Turned]) -> None:
    """Forms opened on the old codes are stale now."""
    abouts = [event.before or event.after or {} for event in events]
    registers.touch_pieces(work, {int(about["unit_id"]) for about in abouts})


undo.AFTERWARDS["unit_code"].append(_after_undoing_codes)
