"""What is asked of imports: numbers that are taken already, and files that came in before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, and_, cast, exists, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import BatchState, State
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries import article_left
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change, ChangeResult, Event
from moebelcirkel.storage.tables.imports import ImportBatch
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.units import Unit, UnitCode
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One file that was imported; ``change_id`` is what undoing it needs."""

    id: int
    kind: str
    file_name: str
    taken: int
    refused: int
    at: dt.datetime
    by: str
    active: bool
    change_id: int


def taken_keys(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Which article numbers exist, with the names they have; those left over are free."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(keys))):
        query = select(Article.key, Article.name).where(Article.key.in_(part), ~_left_over())
        found.update({key: name for key, name in session.execute(query) if key is not None})
    return found


def left_over(session: Session, keys: Iterable[str]) -> dict[str, Article]:
    """By number, the articles that only stay for undone registrations after an undone import."""
    found: dict[str, Article] = {}
    if not session.scalar(_ANY_UNDONE):
        return found
    for part in chunks(sorted(set(keys))):
        for article in session.scalars(select(Article).where(Article.key.in_(part), _left_over())):
            found[str(article.key)] = article
    return found


_ANY_UNDONE = select(exists().where(ImportBatch.state == BatchState.VOID))


def _left_over() -> ColumnElement[bool]:
    undone = exists().where(
        ImportBatch.id == Article.import_id, ImportBatch.state == BatchState.VOID
    )
    in_use = exists().where(Unit.article_id == Article.id, Unit.state != State.VOID)
    return and_(undone, ~in_use)


def same_file(session: Session, kind: str, sha256: str) -> ImportBatch | None:
    """An import of the same bytes as the same kind that has not been undone."""
    query = select(ImportBatch).where(
        ImportBatch.sha256 == sha256, ImportBatch.kind == kind, ImportBatch.state == "active"
    )
    return session.scalars(query).first()


@dataclass(frozen=True, slots=True)
class AlikeImport:
    """An earlier import of a file with the same columns, and what was chosen for them."""

    file_name: str
    at: dt.datetime
    choices: str


def alike(session: Session, kind: str, headers: str) -> AlikeImport | None:
    """The newest one in force; imports are few enough to look through the latest hundreds."""
    query = (
        select(ImportBatch.file_name, ImportBatch.created_at, ChangeResult.data)
        .join(ChangeResult, ChangeResult.change_id == _first_change())
        .where(ImportBatch.kind == kind, ImportBatch.state == "active")
        .order_by(ImportBatch.id.desc())
        .limit(_LOOKED_THROUGH)
    )
    for file_name, at, answer in session.execute(query):
        if answer.get("headers") == headers and answer.get("choices"):
            return AlikeImport(file_name=file_name, at=at, choices=str(answer["choices"]))
    return None


_LOOKED_THROUGH = 300


def _first_change() -> ScalarSelect[int]:
    """The change that made an import."""
    query = select(func.min(Event.change_id)).where(
        Event.entity == ImportBatch.__tablename__,
        Event.entity_id == cast(ImportBatch.id, Event.entity_id.type),
    )
    return query.correlate(ImportBatch).scalar_subquery()


def latest(session: Session, limit: int) -> list[ImportRow]:
    """The latest imports, newest first."""
    query = (
        rows.query(
            ImportRow,
            ImportBatch,
            at=ImportBatch.created_at,
            by=func.coalesce(User.name, ""),
            active=ImportBatch.state == "active",
            change_id=Change.id,
        )
        .select_from(ImportBatch)
        .join(Change, Change.id == _first_change())
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(ImportBatch.id.desc())
        .limit(limit)
    )
    return rows.fill(ImportRow, session, query)


@dataclass(frozen=True, slots=True)
class KnownType:
    """A type that lines of a file may name."""

    id: int
    key: str | None
    name: str
    maker: str
    category_key: str
    new_price_ore: int | None
    new_price_on: dt.date | None


def known_types(session: Session) -> list[KnownType]:
    """Every type that is shown, in the order they were made."""
    query = (
        rows.query(KnownType, Article)
        .where(article_left.shown(), ~_left_over())
        .order_by(Article.id)
    )
    return rows.fill(KnownType, session, query)


def merged_keys(session: Session) -> dict[str, int]:
    """By its own number, the type that a merged one became."""
    query = select(Article.key, Article.merged_into_id).where(
        Article.key.is_not(None), Article.merged_into_id.is_not(None)
    )
    return {key: kept for key, kept in session.execute(query) if key and kept}


@dataclass(frozen=True, slots=True)
class KnownInstitution:
    """An institution that lines of a file may name, in use or not."""

    id: int
    name: str
    ean: str
    active: bool


def known_institutions(session: Session) -> list[KnownInstitution]:
    """All institutions, in the order they were made."""
    query = rows.query(KnownInstitution, Institution)
    return rows.fill(KnownInstitution, session, query.order_by(Institution.id))


def known_logins(session: Session) -> dict[str, str]:
    """By login, whose it is."""
    found: dict[str, str] = {}
    found.update((login, name) for login, name in session.execute(select(User.login, User.name)))
    return found


def carried(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """By code on a piece, the number of the piece that carries it."""
    found: dict[str, str] = {}
    for part in chunks(sorted(set(codes))):
        query = (
            select(UnitCode.code, Unit.number)
            .join(Unit, Unit.id == UnitCode.unit_id)
            .where(UnitCode.code.in_(part))
        )
        found.update((code, number) for code, number in session.execute(query))
    return found
