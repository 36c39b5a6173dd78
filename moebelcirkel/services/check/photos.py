"""Pictures against their fingerprints, and what is kept beside each against the picture itself."""

import datetime as dt
import hashlib

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.exchange.jpeg_files import JpegHeader, end_of_data, read_header
from moebelcirkel.exchange.pictures import THUMB_BOX, is_small_of
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries.photos import WholePicture
from moebelcirkel.storage.work import Session

_SHORT = 12
_LOST = N_(
    "Picture {key} is gone, but no change has erased it. If a copy from before it was erased has"
    " been put back, erase it again."
)


def photos_are_whole(session: Session, findings: Findings) -> None:
    """Every picture is the one its fingerprint was taken of; an erased one is none.

    Its size, thumbnail and the moment it came are those that it and its first event tell.
    """
    for key in photo_queries.lost(session):
        findings.add(_LOST, key=key[:_SHORT])
    came = photo_queries.first_linked(session)
    for row in photo_queries.whole(session):
        findings.counts["photo_blob"] += 1
        key = row.sha256[:_SHORT]
        if hashlib.sha256(row.jpeg).hexdigest() != row.sha256:
            findings.add(N_("Picture {key} is damaged or another one."), key=key)
            continue
        for column in _not_its_own(row, came.get(row.sha256)):
            findings.add(
                N_("{table} {key}: {column} does not follow from the others."),
                table="photo_blob",
                key=key,
                column=column,
            )


def _not_its_own(row: WholePicture, came: dt.datetime | None) -> list[str]:
    header = read_header(row.jpeg)
    wrong = []
    if header is None or (header.width, header.height) != (row.width, row.height):
        wrong.append("width, height")
    thumb = row.thumb or b""
    if header is None or not _shrunk(thumb, header) or not is_small_of(thumb, row.jpeg):
        wrong.append("thumb")
    if came is not None and came != row.created_at:
        wrong.append("created_at")
    return wrong


def _shrunk(thumb: bytes | None, picture: JpegHeader) -> bool:
    """Whether it is a whole JPEG of the picture's shape, to the nearest point, in its box."""
    small = read_header(thumb) if thumb else None
    if thumb is None or small is None:
        return False
    end = end_of_data(thumb, small)
    shape = small.width * picture.height - small.height * picture.width
    return (
        (end is None or len(thumb) == end + 2)
        and thumb.endswith(b"\xff\xd9")
        and small.width <= min(THUMB_BOX[0], picture.width)
        and small.height <= min(THUMB_BOX[1], picture.height)
        and abs(shape) <= max(picture.width, picture.height)
    )
