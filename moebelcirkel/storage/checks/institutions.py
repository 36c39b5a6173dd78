"""Institutions that were merged: nothing goes on there, and each leads to one that is in use."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.checks.asking import Question, asks
from moebelcirkel.storage.queries.institutions.merging import OPEN
from moebelcirkel.storage.tables.institutions import Institution


@asks
def merged_institutions_are_over() -> Iterator[Question]:
    """A merged one is closed, nothing of it is open, and what it became was not merged itself."""
    heir = aliased(Institution)
    name = select(Institution.name).where(Institution.merged_into_id.is_not(None))
    astray = name.join(heir, heir.id == Institution.merged_into_id).where(
        or_(Institution.active, Institution.merged_at.is_(None), heir.merged_into_id.is_not(None))
    )
    yield astray, N_("{key} is said to be merged, but is in use, or leads to another merged one.")
    timed = select(Institution.name).where(
        Institution.merged_into_id.is_(None), Institution.merged_at.is_not(None)
    )
    yield timed, N_("{key} is said to be merged, but not into what.")
    for model, condition in OPEN.items():
        left = name.join(model, model.institution_id == Institution.id).where(condition).distinct()
        yield left, N_("{key} was merged into another institution, but something there is open.")
