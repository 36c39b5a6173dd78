"""What all imports have in common: a trial, one change of it with its progress, and its undo."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Interrupted, Refused
from moebelcirkel.domain.fields import file_name
from moebelcirkel.domain.roles import Action
from moebelcirkel.exchange.lines import LineError
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.services.imports.sources import Source
from moebelcirkel.storage.queries import imports as import_queries
from moebelcirkel.storage.queries.imports import AlikeImport, ImportRow
from moebelcirkel.storage.tables.imports import ImportBatch

P = TypeVar("P")

#: Lines between two looks at progress and cancelling.
STEP = 500

Progress = Callable[[int, int], object]
#: Writes planned lines for the import with this id, and says after each part how many it was.
Writer = Callable[[Work, Sequence[P], int], Iterator[int]]


@dataclass(frozen=True, slots=True)
class Trial(Generic[P]):
    """What an import would do: every line is in one of the two lists.

    ``far_out`` counts the prices far outside their category's range; their lines are refused until
    somebody says that the prices are right. ``known`` counts the lines that are registered already.
    """

    records: tuple[P, ...]
    errors: tuple[LineError, ...]
    far_out: int = 0
    known: int = 0


@dataclass(frozen=True, slots=True)
class ImportWatch:
    """Who wants to know how far an import is, and whether it is still wanted."""

    progress: Progress | None = None
    cancelled: Callable[[], bool] = lambda: False


UNWATCHED = ImportWatch()


@dataclass(frozen=True, slots=True)
class Imported(Done):
    """The import, and how many lines it took in and refused."""

    import_id: int
    taken: int
    refused: int
    #: Which columns the file had, and what was chosen for them: the next file of the kind that has
    #: the same is proposed alike.
    headers: str = ""
    choices: str = ""


def take_in(
    work: Work,
    kind: str,
    source: Source,
    trial: Trial[P],
    write: Writer[P],
    watch: ImportWatch,
    choices: str,
) -> Imported:
    """Write what was tried; cancelled half-way, nothing of it is kept."""
    _refuse_same_file(work, kind, source, trial)
    if not trial.records:
        raise Refused(
            N_(
                "No line of {name} can be imported. Look at the reasons, correct the choices or"
                " the file, and try again."
            ),
            name=source.name,
        )
    batch = ImportBatch(
        kind=kind,
        file_name=file_name(source.name, limits.FILE_NAME),
        sha256=source.sha256,
        taken=len(trial.records),
        refused=len(trial.errors),
        created_at=work.now,
    )
    work.session.add(batch)
    work.session.flush()
    total, done = len(trial.records), 0
    for count in write(work, trial.records, batch.id):
        if watch.cancelled():
            raise Interrupted
        done += count
        if watch.progress is not None:
            watch.progress(done, total)
    return Imported(
        import_id=batch.id,
        taken=batch.taken,
        refused=batch.refused,
        headers=source.headers(),
        choices=choices,
    )


def _refuse_same_file(work: Work, kind: str, source: Source, trial: Trial[P]) -> None:
    """A file may come again for the lines that were refused, but not for those taken in."""
    earlier = import_queries.same_file(work.session, kind, source.sha256)
    if earlier is None or (trial.records and trial.known >= earlier.taken):
        return
    raise Refused(
        N_(
            "The file was imported already on {date}. To take in lines that were refused, correct"
            " the choices or the file. To take all of it in anew, undo that import first."
        ),
        date=earlier.created_at.date(),
    )


def alike(context: Context, kind: str, source: Source) -> AlikeImport | None:
    """The newest import in force of a file of the kind with the same columns, if there is one."""
    context.require(Action.IMPORT)
    with context.read() as session:
        return import_queries.alike(session, kind, source.headers())


def latest(context: Context, limit: int = 50) -> list[ImportRow]:
    """The files taken in, newest first."""
    context.require(Action.IMPORT)
    with context.read() as session:
        return import_queries.latest(session, limit)
