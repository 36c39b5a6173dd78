"""The posting file of a batch: first safely on the drive, and only then is the batch locked."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.settlement import batches
from moebelcirkel.services.settlement.batches import Stepped
from moebelcirkel.services.settlement.lists import one
from moebelcirkel.storage.copies import place
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.work import gone


@dataclass(frozen=True, slots=True)
class FileSaved:
    """Where the file is; ``released`` is the change that locked the batch."""

    path: Path
    released: Stepped


def posting_file(context: Context, batch_id: int) -> bytes:
    """The very bytes that were made with the batch."""
    context.require(Action.SETTLE)
    with context.read() as session:
        found = queries.document(session, batch_id)
    if found is None:
        raise gone()
    return found


def save_and_release(context: Context, batch_id: int, path: Path) -> FileSaved:
    """Save the file and lock the batch; where it cannot be locked, no file is left behind.

    Who may not release it, because it is not ready or their own, saves nothing. The file gets its
    name while nobody else can release, so that of two with one name none takes the other's away.
    """
    data = posting_file(context, batch_id)
    with context.read() as session:
        batches.refuse_release(one(session, batch_id), context.actor.user_id)
    before: list[bytes | None] = []
    with _saying_why(path), place.ready_beside(path, data) as put:

        def body(work: Work) -> Stepped:
            done = batches.lock(work, batch_id, hashlib.sha256(data).hexdigest())
            before.append(_content(path))
            put()
            place.settle(path.parent)
            return done

        try:
            done = context.write("settlement.release", Action.SETTLE, body)
        except (Refused, Unavailable):
            if before:
                _put_back(path, before[0])
            raise
    return FileSaved(path, done)


@contextlib.contextmanager
def _saying_why(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Refused(
            N_(
                "{name} could not be saved, and nothing was released. Close it where it is open,"
                " check that there is room on the drive, or choose another folder or name."
            ),
            name=path.name,
        ) from error


def _content(path: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return None


def _put_back(path: Path, before: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if before is None:
            path.unlink(missing_ok=True)
        else:
            place.write_whole(path, before)
