"""What is asked of photos: whose they are, in which order, and their pixels."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moebelcirkel.storage.articles import Article
from moebelcirkel.storage.photos import Photo, PhotoBlob
from moebelcirkel.storage.units import Unit
from moebelcirkel.storage.work import chunks


def first_of_article() -> ColumnElement[str | None]:
    """The fingerprint of an article's first photo, as a subquery on ``Article``."""
    return _first(Photo.article_id == Article.id)


def first_of_unit() -> ColumnElement[str | None]:
    """The fingerprint of a unit's own first photo, else its article's, on ``Unit`` and that."""
    return func.coalesce(_first(Photo.unit_id == Unit.id), first_of_article())


def _first(owner: ColumnElement[bool]) -> ColumnElement[str | None]:
    return (
        select(Photo.sha256)
        .where(owner)
        .order_by(Photo.position, Photo.id)
        .limit(1)
        .correlate(Unit, Article)
        .scalar_subquery()
    )


def of_owner(
    session: Session, *, article_id: int | None = None, unit_id: int | None = None
) -> list[Photo]:
    """The photos of a unit or (without one) of an article, in their order."""
    owner = Photo.unit_id == unit_id if unit_id is not None else Photo.article_id == article_id
    query = select(Photo).where(owner).order_by(Photo.position, Photo.id)
    return list(session.scalars(query))


def thumbs(session: Session, fingerprints: Iterable[str]) -> dict[str, bytes]:
    """Thumbnails by fingerprint; erased ones are left out."""
    found: dict[str, bytes] = {}
    for part in chunks(sorted(set(fingerprints))):
        query = select(PhotoBlob.sha256, PhotoBlob.thumb).where(PhotoBlob.sha256.in_(part))
        found.update({key: thumb for key, thumb in session.execute(query) if thumb})
    return found
