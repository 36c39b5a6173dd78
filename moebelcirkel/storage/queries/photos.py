"""What is asked of photos: whose they are, in which order, and their pixels."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.complaints import ComplaintPhoto
from moebelcirkel.storage.tables.photos import Photo, PhotoBlob
from moebelcirkel.storage.tables.pickups import PickupPhoto
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

Link = Photo | PickupPhoto | ComplaintPhoto
#: What a picture can hang on.
LINKS: tuple[type[Link], ...] = (Photo, PickupPhoto, ComplaintPhoto)

#: A picture takes up to some hundred KB.
_AT_ONCE = 20


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


def there(session: Session, fingerprints: Iterable[str]) -> list[str]:
    """Those of the pictures that are not erased."""
    found: list[str] = []
    for part in chunks(sorted(set(fingerprints))):
        kept = PhotoBlob.sha256.in_(part), PhotoBlob.jpeg.is_not(None)
        found.extend(session.scalars(select(PhotoBlob.sha256).where(*kept)))
    return sorted(found)


def jpegs(session: Session, fingerprints: Iterable[str]) -> dict[str, bytes]:
    """Whole pictures by fingerprint; erased ones are left out. Ask for few at a time."""
    query = select(PhotoBlob.sha256, PhotoBlob.jpeg).where(PhotoBlob.sha256.in_(list(fingerprints)))
    return {key: jpeg for key, jpeg in session.execute(query) if jpeg}


@dataclass(frozen=True, slots=True)
class WholePicture:
    """A picture with all that is kept of it."""

    sha256: str
    jpeg: bytes
    thumb: bytes | None
    width: int
    height: int
    created_at: dt.datetime


def whole(session: Session) -> Iterator[WholePicture]:
    """Every picture that is not erased, with all that is kept of it, a few at a time."""
    page = select(PhotoBlob.__table__).where(PhotoBlob.jpeg.is_not(None))
    page = page.order_by(PhotoBlob.sha256).limit(_AT_ONCE)
    after = page
    while found := rows.fill(WholePicture, session, after):
        yield from found
        after = page.where(PhotoBlob.sha256 > found[-1].sha256)


def lost(session: Session) -> list[str]:
    """Fingerprints of pictures in use that are there no more, though no change has erased them."""
    used = or_(*(exists().where(link.sha256 == PhotoBlob.sha256) for link in LINKS))
    said = exists().where(
        Event.entity == PhotoBlob.__tablename__, Event.entity_id == PhotoBlob.sha256
    )
    query = select(PhotoBlob.sha256).where(PhotoBlob.jpeg.is_(None), used, ~said)
    return list(session.scalars(query.order_by(PhotoBlob.sha256)))


def cause_of_erasing(session: Session, fingerprint: str) -> str:
    """The code of why a picture was erased for good; empty where it was not."""
    query = select(Event.after).where(
        Event.entity == PhotoBlob.__tablename__, Event.entity_id == fingerprint
    )
    causes = (str((after or {}).get("cause", "")) for after in session.scalars(query))
    return next(filter(None, causes), "")


def links(session: Session, fingerprint: str) -> list[Link]:
    """Where a picture hangs."""
    found: list[Link] = []
    for link in LINKS:
        query = select(link).where(link.sha256 == fingerprint).order_by(link.id)
        found.extend(session.scalars(query))
    return found


def last_position(session: Session, link: Link) -> int:
    """The last position among the pictures that hang where this one does."""
    if isinstance(link, PickupPhoto):
        owner = PickupPhoto.line_id == link.line_id
    elif isinstance(link, ComplaintPhoto):
        owner = ComplaintPhoto.complaint_id == link.complaint_id
    elif link.unit_id is not None:
        owner = Photo.unit_id == link.unit_id
    else:
        owner = Photo.article_id == link.article_id
    return session.scalar(select(func.max(type(link).position)).where(owner)) or 0


def first_linked(session: Session) -> dict[str, dt.datetime]:
    """When each picture came first, by fingerprint, as the events of its links tell."""
    query = (
        select(Event.after, Change.at)
        .join(Change, Change.id == Event.change_id)
        .where(Event.entity.in_([link.__tablename__ for link in LINKS]))
        .order_by(Event.id)
    )
    came: dict[str, dt.datetime] = {}
    for after, at in session.execute(query):
        if after and "sha256" in after:
            came.setdefault(after["sha256"], at)
    return came


def first_of_articles(session: Session, article_ids: Iterable[int]) -> dict[int, str]:
    """Fingerprint of each article's first photo."""
    found = session.execute(_PHOTOS_OF_TYPES, {"ids": sorted(set(article_ids))})
    return {row.article_id: row.sha256 for row in found}


_PHOTOS_OF_TYPES = (
    select(Photo.article_id, Photo.sha256)
    .where(Photo.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(Photo.position.desc(), Photo.id.desc())
)


def first_of_units(session: Session, unit_ids: Iterable[int]) -> dict[int, str]:
    """Fingerprint of the first photo of units that have their own."""
    query = (
        select(Photo.unit_id, Photo.sha256)
        .where(Photo.unit_id.in_(sorted(unit_ids)))
        .order_by(Photo.position.desc(), Photo.id.desc())
    )
    return {row.unit_id: row.sha256 for row in session.execute(query)}
