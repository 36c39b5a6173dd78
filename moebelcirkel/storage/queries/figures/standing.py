"""What of the books still stands."""

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from moebelcirkel.domain.figures import ChargeKind, LineKind
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine

_TAKEN_BACK, _GIVEN_BACK = aliased(FigureLine), aliased(Charge)


def stands(line: type[FigureLine]) -> ColumnElement[bool]:
    """Whether no reversal takes a figure line back."""
    reverses = _TAKEN_BACK.corrects_id == line.id, _TAKEN_BACK.kind == LineKind.REVERSAL
    return ~exists().where(*reverses)


def uncorrected() -> ColumnElement[bool]:
    """Whether no charge corrects another, by giving it back or by a price or a loan put right."""
    return ~exists().where(_GIVEN_BACK.corrects_id == Charge.id)


def not_given_back() -> ColumnElement[bool]:
    """Whether no reversal gives a charge back."""
    reverses = _GIVEN_BACK.corrects_id == Charge.id, _GIVEN_BACK.kind == ChargeKind.REVERSAL
    return ~exists().where(*reverses)
