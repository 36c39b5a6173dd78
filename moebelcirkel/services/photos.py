"""Photos: prepared off the window's thread, kept once by fingerprint, linked to their owner."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel import services
from moebelcirkel.domain.changes.codes import ERASE_CAUSES
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange.picture_kinds import Picture
from moebelcirkel.language import _
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.storage import erasing
from moebelcirkel.storage.kinds import Kind
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
    # Reading pictures is loaded with the first one, so that the program starts without it.
    from moebelcirkel.exchange.pictures import normalise

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
            _refuse_erased(work, picture.sha256)
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
                sha256=picture.sha256,
                jpeg=picture.jpeg,
                thumb=picture.thumb,
                width=picture.width,
                height=picture.height,
                created_at=work.now,
            )
        )
        work.session.flush()
    elif blob.jpeg is None:
        _refuse_erased(work, picture.sha256)
        blob.jpeg, blob.thumb = picture.jpeg, picture.thumb


def _refuse_erased(work: Work, fingerprint: str) -> None:
    """What was erased for a cause does not come back because somebody still has the file."""
    if cause := photo_queries.cause_of_erasing(work.session, fingerprint):
        raise Refused(
            N_("This picture was erased and cannot be added again: {cause}."),
            cause=_(ERASE_CAUSES[cause]).lower() if cause in ERASE_CAUSES else cause,
        )


@dataclass(frozen=True, slots=True)
class PhotoErased(Done):
    """In how many places it hung, and what its bytes are called in the copies."""

    places: int
    files: tuple[str, ...]


@writes("photo.erase", Action.SETTINGS, Kind(stays="what was erased is known to nobody"))
def erase_here(work: Work, fingerprint: str, cause: str) -> PhotoErased:
    """Erase a picture in the database for good, wherever it hangs; its row and history stay.

    It hangs last from now on, so that a card shows another one. A database that was put back from
    before has the erased picture's place without any picture; erased anew it is told of no more.
    """
    if cause not in ERASE_CAUSES:
        raise Refused(N_("Choose a reason."), field="cause")
    blob = work.session.get(PhotoBlob, fingerprint)
    if blob is None:
        raise gone()
    if blob.jpeg is None and fingerprint not in photo_queries.lost(work.session):
        raise Refused(N_("The picture has been erased already."))
    files = fingerprint, hashlib.sha256(blob.thumb or b"").hexdigest()
    erasing.erase_picture(work, blob, cause)
    links = photo_queries.links(work.session, fingerprint)
    for link in links:
        link.position = photo_queries.last_position(work.session, link) + 1
    return PhotoErased(places=len(links), files=files)


def erase(context: Context, fingerprint: str, cause: str) -> PhotoErased:
    """Erase a picture for good, also in the copies that the program keeps of a file.

    Copies that somebody made as one file, and a server's dumps, are out of its reach.
    """
    done = erase_here(context, fingerprint, cause)
    if context.database.is_sqlite:
        context.database.cut_back()
        services.copies.forget_pictures(context, done.files)
        services.copies.remember(context)
    return done


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
    """The pictures of a piece or (without one) of a type, in their order, but erased ones."""
    context.require_role()
    with context.read() as session:
        found = photo_queries.of_owner(session, article_id=article_id, unit_id=unit_id)
        small = photo_queries.thumbs(session, [photo.sha256 for photo in found])
        return [
            OwnPhoto(photo.id, photo.sha256, small[photo.sha256])
            for photo in found
            if photo.sha256 in small
        ]


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
