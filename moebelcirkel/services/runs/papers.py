"""The papers of a run: the driver's sheet, its pick list, and its delivery notes as one print."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.runs import Errand
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services import deliveries
from moebelcirkel.services.context import Context, Work, writes
from moebelcirkel.services.deliveries import NotesPrepared
from moebelcirkel.services.deliveries.handing_over import make_notes
from moebelcirkel.services.runs.lists import one
from moebelcirkel.services.runs.stops import Halt, Planned, Stop
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.queries.runs import StopErrand, StopPiece, Straight

if TYPE_CHECKING:
    from moebelcirkel.documents.runs.sheet import SheetLine, SheetStop


def sheet_pdf(context: Context, run_id: int) -> bytes:
    """The driver's sheet: each stop with what goes in and out, its code, and how one gets in."""
    # Drawing is loaded when something is drawn, so that the program starts without it.
    from moebelcirkel.documents.runs.sheet import RunSheet, run_sheet

    run = one(context, run_id)
    with context.read() as session:
        pieces = run_queries.stop_pieces(session, run_id)
    by_stop: dict[int, list[StopPiece]] = {}
    for piece in pieces:
        by_stop.setdefault(piece.stop_id, []).append(piece)
    return run_sheet(
        RunSheet(
            number=run.number,
            day=run.driven_on,
            vehicle=run.vehicle,
            driver=run.driver,
            notes=_notes(run),
            stops=tuple(_stop(run, halt, by_stop) for halt in run.halts),
            printed_at=context.now(),
        )
    )


def _stop(run: Planned, halt: Halt, pieces: Mapping[int, Sequence[StopPiece]]) -> "SheetStop":
    from moebelcirkel.documents.runs.sheet import SheetLine, SheetStop

    def lines(parts: Sequence[Stop], way: Errand) -> "tuple[SheetLine, ...]":
        alike = _alike([piece for part in parts for piece in pieces.get(part.id, ())])
        driven = (each for each in halt.errands if each.way is way)
        return (*(SheetLine(each.pieces, each.name) for each in alike), *map(_errand, driven))

    def said(parts: Sequence[Stop]) -> tuple[str, ...]:
        mended = (
            repair_words(part.repairs, brought=part.delivers) for part in parts if part.repairs
        )
        driven = (_straight(run, part, each) for part in parts for each in part.straight)
        return (*mended, *driven)

    access = [halt.building]
    if halt.access:
        access.append(_(Access(halt.access).label))
    heavy = halt.out.heavy + halt.taken.heavy
    if heavy:
        words = ngettext("{count} carried by two", "{count} carried by two", heavy)
        access.append(words.format(count=number(heavy)))
    return SheetStop(
        name=halt.name,
        address=halt.address,
        lines=lines(halt.brought, Errand.BRING),
        fetched=lines(halt.pickups, Errand.FETCH),
        code=halt.code,
        papers=_papers(halt, pieces),
        contact=_("Ask for: {contact}").format(contact=halt.contact) if halt.contact else "",
        access=tuple(filter(None, access)),
        said=said(halt.brought),
        of_fetched=said(halt.pickups),
    )


def _papers(halt: Halt, pieces: Mapping[int, Sequence[StopPiece]]) -> str:
    """The numbers of its delivery notes, its complaints and its pickups."""
    notes = [each.note for part in halt.brought for each in pieces.get(part.id, ())]
    complaints = [each.complaint for each in halt.errands]
    found = dict.fromkeys([*notes, *complaints, *(part.pickup for part in halt.pickups)])
    return " · ".join(filter(None, found))


def _errand(errand: StopErrand) -> "SheetLine":
    """A piece by its label, with what becomes of it."""
    from moebelcirkel.documents.runs.sheet import SheetLine

    return SheetLine(1, f"{errand.name} · {errand.unit} · {errand_words(errand)}")


def errand_words(errand: StopErrand) -> str:
    """ "til reparation"."""
    if errand.way is Errand.BRING:
        return _("repaired, goes back")
    return _("to be repaired") if errand.repair else _("comes back to us")


def repair_words(count: int, *, brought: bool) -> str:
    """ "4 til reparation", or back from it."""
    words = (
        ngettext("{count} repaired, goes back", "{count} repaired, go back", count)
        if brought
        else ngettext("{count} to be repaired", "{count} to be repaired", count)
    )
    return words.format(count=number(count))


def _straight(run: Planned, stop: Stop, pieces: Straight) -> str:
    """What is driven on from a giver, said at both of its stops."""
    taken_up = pieces.from_stop_id == stop.id
    text = (
        _("of these {count} × {name} straight to {stop}")
        if taken_up
        else _("of these {count} × {name} from {stop}")
    )
    key = pieces.stop_id if taken_up else pieces.from_stop_id
    place, other = next((at, each) for at, each in enumerate(run.halts, 1) if key in each.ids)
    return text.format(
        count=number(pieces.load.pieces), name=pieces.name, stop=f"{place}. {other.name}"
    )


def _alike(pieces: Sequence[StopPiece]) -> list[StopPiece]:
    """Pieces of one name together, whatever note they are on."""
    counts: dict[str, int] = {}
    for piece in pieces:
        counts[piece.name] = counts.get(piece.name, 0) + piece.pieces
    return [StopPiece(0, name, "", count) for name, count in counts.items()]


def _notes(run: Planned) -> str:
    many = ngettext("{count} stop", "{count} stops", len(run.halts))
    return many.format(count=number(len(run.halts)))


def pick_list_pdf(context: Context, run_id: int) -> bytes:
    """What is still to be fetched for a run, in the order one walks the hall."""
    run = one(context, run_id)
    title = f"{run.number} · {run.vehicle}"
    return deliveries.pick_list_pdf(context, run_id=run_id, title=title, day=run.driven_on)


@writes("delivery.note", Action.PICK)
def prepare_notes(work: Work, run_id: int) -> NotesPrepared:
    """Make a delivery note for each stop of a run whose pieces are picked and lack one."""
    lines = run_queries.loose_lines(work.session, run_id)
    if not lines:
        raise _no_notes()
    return make_notes(work, lines)


def notes_pdf(context: Context, run_id: int) -> bytes:
    """The delivery notes of a run in the order they are driven, as one print."""
    context.require(Action.PICK)
    with context.read() as session:
        found = run_queries.note_ids(session, run_id)
    if not found:
        raise _no_notes()
    return deliveries.notes_pdf(context, found)


def _no_notes() -> Refused:
    return Refused(N_("Nothing has been picked that lacks a delivery note. Pick first."))
