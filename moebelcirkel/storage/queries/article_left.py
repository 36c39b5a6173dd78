"""Types that only what was undone made: they stay for their undone pieces, and are not shown.

An undone piece keeps what it was of, as its number is never given out again; so its type cannot be
deleted. Nothing is marked: pieces, batches and events say it, and a type that comes into use again,
or was corrected by anybody, is there as before.
"""

from sqlalchemy import ColumnElement, Select, String, and_, cast, exists, select
from sqlalchemy.orm import aliased

from moebelcirkel.domain.lifecycle import BatchState, IntakeKind, State
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.imports import ImportBatch
from moebelcirkel.storage.tables.units import Intake, Unit


def shown() -> ColumnElement[bool]:
    """The condition that a type is neither one of those nor merged into another one.

    They are few and found from the undone batches, so that a list of types is not read for them.
    """
    made, batch, later = aliased(Event), aliased(Event), aliased(Event)
    key = cast(Intake.article_id, String)
    by_the_batch = exists().where(
        made.entity == Article.__tablename__,
        made.entity_id == key,
        made.before.is_(None),
        batch.change_id == made.change_id,
        batch.entity == Intake.__tablename__,
        batch.entity_id == cast(Intake.id, String),
        batch.before.is_(None),
    )
    corrected = exists().where(
        later.entity == Article.__tablename__, later.entity_id == key, later.before.is_not(None)
    )
    in_use = exists().where(Unit.article_id == Intake.article_id, Unit.state != State.VOID)
    left = select(Intake.article_id).where(
        Intake.state == BatchState.VOID,
        Intake.kind == IntakeKind.INTAKE,
        Intake.article_id.is_not(None),
        ~in_use,
        by_the_batch,
        ~corrected,
    )
    return and_(
        Article.merged_into_id.is_(None),
        Article.id.not_in(left),
        Article.id.not_in(_left_by_imports()),
    )


def _left_by_imports() -> Select[int]:
    """The same of files that were imported and undone."""
    made, later = aliased(Article), aliased(Event)
    key = cast(made.id, String)
    corrected = exists().where(
        later.entity == Article.__tablename__, later.entity_id == key, later.before.is_not(None)
    )
    in_use = exists().where(Unit.article_id == made.id, Unit.state != "void")
    return (
        select(made.id)
        .join(ImportBatch, ImportBatch.id == made.import_id)
        .where(ImportBatch.state == BatchState.VOID, ~in_use, ~corrected)
    )
