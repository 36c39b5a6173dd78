"""What speaks of a row, by every foreign key that points to it, as the tables declare.

What speaks of a type that is merged into another one speaks of that one instead; figure lines keep
the type they were booked with, as they are written once.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ForeignKey, Table, exists, inspect, select
from sqlalchemy.orm import Session

from moebelcirkel.storage import undo
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.work import Work, chunks


def pointing_to(table: Table) -> list[ForeignKey]:
    """Every foreign key to the table, from other tables and from itself."""
    return [
        key
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is table
    ]


def is_used(session: Session, row: Base, *, apart_from: Collection[str] = ()) -> bool:
    """Whether any row points to this one; ``apart_from`` names tables that are part of it."""
    table: Any = type(row).__table__
    return any(
        session.scalar(select(exists().where(key.parent == getattr(row, key.column.key))))
        for key in pointing_to(table)
        if key.parent.table.name not in apart_from
    )


# --- types that become one -----------------------------------------------------------------------


def merge_types(work: Work, keys: Sequence[int], kept_id: int) -> None:
    """Let everything that speaks of the types speak of the kept one."""
    _move_pictures(work, kept_id, keys)
    for model, column in speaking_of_types():
        _move(work, model, column, keys, kept_id)


def speaking_of_types() -> Iterator[tuple[type[Base], str]]:
    """Every table with the column by which it speaks of a type, but those written once."""
    table: Any = Article.__table__
    for key in pointing_to(table):
        model = undo.model_of(key.parent.table.name)
        if model is not Photo and model.__undo__ != "append":
            yield model, key.parent.key


def _move(work: Work, model: type[Base], column: str, keys: Sequence[int], kept_id: int) -> None:
    key = inspect(model).primary_key[0]
    query = select(model).where(getattr(model, column).in_(keys)).order_by(key)
    for row in work.session.scalars(query):
        setattr(row, column, kept_id)
    work.session.flush()


def _move_pictures(work: Work, kept_id: int, keys: Sequence[int]) -> None:
    """The others' pictures come behind its own; what it has already stays where it is."""
    own = Photo.article_id == kept_id
    present = list(work.session.scalars(select(Photo).where(own)))
    seen = {photo.sha256 for photo in present}
    position = max((photo.position for photo in present), default=-1)
    order = (Photo.article_id, Photo.position, Photo.id)
    for photo in work.session.scalars(
        select(Photo).where(Photo.article_id.in_(keys)).order_by(*order)
    ):
        if photo.sha256 not in seen:
            seen.add(photo.sha256)
            position += 1
            photo.article_id, photo.position = kept_id, position
    work.session.flush()


def _follow(column: str, work: Work, events: Sequence[undo.Turned]) -> None:
    """What an undoing brought back to a type that was merged since, goes on to where it went."""
    work.session.flush()
    model = undo.model_of(events[0].entity)
    key = inspect(model).primary_key[0]
    for part in chunks(sorted({int(event.entity_id) for event in events})):
        query = (
            select(model, Article.merged_into_id)
            .join(Article, Article.id == getattr(model, column))
            .where(key.in_(part), Article.merged_into_id.is_not(None))
        )
        for row, merged_into_id in work.session.execute(query):
            setattr(row, column, merged_into_id)


for _model, _column in speaking_of_types():
    if _model is not Article:
        undo.AFTERWARDS[_model.__tablename__].append(partial(_follow, _column))
undo.AFTERWARDS[Photo.__tablename__].append(partial(_follow, "article_id"))
