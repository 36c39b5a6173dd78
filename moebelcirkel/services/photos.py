"""Photos: prepared off the window's thread, kept once by fingerprint, linked to their owner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange.pictures import Picture, normalise
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.photos import Photo, PhotoBlob
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import gone


@dataclass(frozen=True, slots=True)
class OwnPhoto:
    """A picture of a type or a piece, by its id, with its thumbnail."""

    id: int
    sha256: str
    thumb: bytes


def prepare(data: bytes, name: str) -> Picture:
    """Upright, without EXIF, bounded; a broken or foreign file is refused by its name."""
    return normalise(data, name)


@dataclass(frozen=True, slots=True)
class PhotosAdded(Done):
    """The pictures that were not there yet."""

    photo_ids: tuple[int, ...]


@writes("photo.add", Action.ARTICLE)
def add(
    work: Work,
    pictures: Sequence[Picture],
    *,
    article_id: int | None = None,
    unit_id: int | None = None,
) -> PhotosAdded:
    """Link pictures to an article, or to the one unit that differs."""
    if unit_id is not None:
        work.get(Unit, unit_id)
    elif article_id is not None:
        work.choose(Article, article_id)
    return PhotosAdded(photo_ids=attach(work, pictures, article_id=article_id, unit_id=unit_id))


def attach(
    work: Work,
    pictures: Sequence[Picture],
    *,
    article_id: int | None = None,
    unit_id: int | None = None,
) -> tuple[int, ...]:
    """Link pictures inside another change; the same picture is kept once."""
    if not pictures:
        return ()
    old = photo_queries.of_owner(work.session, article_id=article_id, unit_id=unit_id)
    present = {photo.sha256 for photo in old}
    position = max((photo.position for photo in old), default=-1)
    added: list[Photo] = []
    for picture in pictures:
        if picture.sha256 in present:
            continue
        present.add(picture.sha256)
        position += 1
        store(work, picture)
        photo = Photo(
            sha256=picture.sha256,
            article_id=article_id if unit_id is None else None,
            unit_id=unit_id,
            position=position,
        )
        work.session.add(photo)
        added.append(photo)
    work.session.flush()
    return tuple(photo.id for photo in added)


def store(work: Work, picture: Picture) -> None:
    """Keep a picture, once, inside another change; whoever calls links it."""
    blob = work.session.get(PhotoBlob, picture.sha256)
    if blob is None:
        work.session.add(
            PhotoBlob(
                sha256=picture.sha256, jpeg=picture.jpeg, thumb=picture.thumb,
                width=picture.width, height=picture.height, created_at=work.now,
            )
        )  # fmt: skip
        work.session.flush()
    elif blob.jpeg is None:
        blob.jpeg, blob.thumb = picture.jpeg, picture.thumb


@writes("photo.remove", Action.ARTICLE)
def remove(work: Work, photo_id: int) -> Done:
    """Unlink a picture; the blob stays for undo."""
    photo = work.get(Photo, photo_id)
    work.session.delete(photo)
    return Done()


@writes("photo.order", Action.ARTICLE)
def reorder(work: Work, photo_ids: Sequence[int]) -> Done:
    """Put an owner's pictures in the given order; the first is the one on cards."""
    photos = {photo.id: photo for photo in work.rows(Photo, photo_ids)}
    if len({(photo.article_id, photo.unit_id) for photo in photos.values()}) > 1:
        raise gone()
    for position, photo_id in enumerate(photo_ids):
        photos[photo_id].position = position
    return Done()


def of_owner(
    context: Context, *, article_id: int | None = None, unit_id: int | None = None
) -> list[OwnPhoto]:
    """The pictures of a piece or (without one) of a type, in their order; erased ones are empty."""
    context.require_role()
    with context.read() as session:
        found = photo_queries.of_owner(session, article_id=article_id, unit_id=unit_id)
        small = photo_queries.thumbs(session, [photo.sha256 for photo in found])
        return [OwnPhoto(photo.id, photo.sha256, small.get(photo.sha256, b"")) for photo in found]


def thumbs(context: Context, fingerprints: Iterable[str]) -> dict[str, bytes]:
    """Thumbnails by fingerprint; erased ones are left out."""
    context.require_role()
    with context.read() as session:
        return photo_queries.thumbs(session, fingerprints)


def image(context: Context, fingerprint: str) -> bytes | None:
    """The whole picture."""
    context.require_role()
    with context.read() as session:
        blob = session.get(PhotoBlob, fingerprint)
        return blob.jpeg if blob else None
