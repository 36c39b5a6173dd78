"""A spare part that was taken from other furniture is used in a task of a case.

It leaves the stock and is part of the piece from then on. Nothing new was made for it: the task
costs less by what a new part would have, and counts what a reused part does
(db/reference/METODE.md, section 5). What was done on the part itself is booked when its piece
leaves the case, whatever becomes of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.lifecycle import Step, apply
from moebelcirkel.domain.money import split_evenly
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import codes, stock
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.cases import outside
from moebelcirkel.services.cases.work import open_one
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries.repairs import used
from moebelcirkel.storage.queries.repairs.used import UsablePart
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import CasePart, CaseTask
from moebelcirkel.storage.tables.units import Unit

#: So many are offered; all others are found by their number.
MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class PartUsed(Done):
    """The part, the case and the task that it is used in, and what that costs less by it."""

    case_id: int
    task_id: int
    part_id: int
    number: str
    saved_ore: int


def usable(context: Context, case_id: int) -> list[UsablePart]:
    """The parts in stock: those of the type of the case's furniture first, then of its kind."""
    context.require(Action.CASE)
    with context.read() as session:
        pieces = case_queries.pieces(session, [case_id])
        types = {piece.article_id for piece in pieces}
        categories = {piece.category_key for piece in pieces}
        return used.usable(session, context.now(), types, categories, MOST_OFFERED)


@writes("case.part", Action.CASE)
def use_part(
    work: Work,
    task_id: int,
    part_id: int | None = None,
    *,
    code: str = "",
    unit_id: int | None = None,
) -> PartUsed:
    """Say that a part, by its ``part_id`` or its ``code``, was used in a task, which is done then.

    ``unit_id`` is the piece that has it now; it must be said where the case has several.
    """
    task = work.get(CaseTask, task_id)
    open_one(work, task.case_id)
    outside.refuse_sent(work, task)
    piece_id = _piece(work, task, unit_id)
    [part] = work.rows(Unit, [_part(work, part_id, code)])
    if work.get(Article, part.article_id).category_key != SPARE_PART:
        raise Refused(
            N_("{number} is no spare part. Take the furniture apart first."), number=part.number
        )
    stock.refuse_held(work, [part])
    state = apply(Step.FIT, part.state, part.number)
    saved = _saved(work, task, piece_id)
    work.session.add(
        CasePart(
            case_task_id=task.id,
            part_id=part.id,
            unit_id=piece_id,
            place_id=part.place_id,
            saved_ore=saved,
        )
    )
    part.state, part.place_id, part.listed_at = state, None, None
    task.parts_ore -= saved
    task.done = True
    return _told(task, part, saved)


@writes("case.part", Action.CASE)
def take_part_out(work: Work, part_id: int) -> PartUsed:
    """Say that it was not used after all: it lies where it lay, and is not on sale."""
    [part] = work.rows(Unit, [part_id])
    state = apply(Step.UNFIT, part.state, part.number)
    row = used.row_of_part(work.session, part.id)
    if row is None:
        raise Refused(N_("{number} is in no furniture."), number=part.number)
    task = work.get(CaseTask, row.case_task_id)
    open_one(work, task.case_id)
    _refuse_left(work, task, part.id, row.unit_id)
    part.state, part.place_id = state, row.place_id
    back = _given_back(work, row)
    task.parts_ore += back
    work.session.delete(row)
    return _told(task, part, -back)


def _given_back(work: Work, row: CasePart) -> int:
    """What the task costs again; another part of the same piece saves it as well."""
    others = used.beside(work.session, row.id, row.case_task_id, row.unit_id)
    if not others:
        return row.saved_ore
    others[0].saved_ore += row.saved_ore
    return 0


def _told(task: CaseTask, part: Unit, saved_ore: int) -> PartUsed:
    return PartUsed(
        case_id=task.case_id,
        task_id=task.id,
        part_id=part.id,
        number=part.number,
        saved_ore=saved_ore,
    )


def _piece(work: Work, task: CaseTask, unit_id: int | None) -> int:
    here = [row.unit_id for row in case_queries.open_rows(work.session, task.case_id)]
    if unit_id is None and len(here) == 1:
        return here[0]
    if unit_id is None:
        raise Refused(N_("Choose which piece the part is in."), field="unit_id")
    if unit_id not in here:
        raise Refused(N_("Choose pieces of this case."), field="unit_id")
    return unit_id


def _part(work: Work, part_id: int | None, code: str) -> int:
    if part_id is not None:
        return part_id
    if not code.strip():
        raise Refused(N_("Choose a part, or write its number."), field="code")
    try:
        return codes.need_unit_id(work.session, code)
    except Refused as error:
        raise Refused(error.message, field="code", **error.values) from None


def _saved(work: Work, task: CaseTask, unit_id: int) -> int:
    """The piece's share of the new parts, which it has no need of any more."""
    with_part = case_costs.reused(work, task.id)
    if unit_id in with_part:
        return 0
    here = {row.unit_id for row in case_queries.open_rows(work.session, task.case_id)}
    booked = case_queries.booked(work.session, task.case_id).get(task.id, case_costs.NOTHING)
    return split_evenly(task.parts_ore - booked.parts_ore, len(here - with_part))[0]


def _refuse_left(work: Work, task: CaseTask, part_id: int, unit_id: int) -> None:
    """Refuse where the piece has left the case of the task, with the part in it."""
    if unit_id not in {row.unit_id for row in case_queries.open_rows(work.session, task.case_id)}:
        raise Refused(
            N_("The furniture that {number} is in has left the case."),
            number=work.get(Unit, part_id).number,
        )


# --- after an undo -------------------------------------------------------------------------------


def _pieces_are_in_the_case(work: Work, events: Sequence[undo.Turned]) -> None:
    """A part goes in and out only while its piece is in the open case."""
    for event in events:
        values = event.after or event.before or {}
        if "part_id" in values:  # else it only went along to a case of its own
            task = work.get(CaseTask, values["case_task_id"])
            open_one(work, task.case_id)
            _refuse_left(work, task, values["part_id"], values["unit_id"])
            if event.before is None and values["saved_ore"]:
                _refuse_beside(work, int(event.entity_id), task.id, values["unit_id"])


def _refuse_beside(work: Work, row_id: int, task_id: int, unit_id: int) -> None:
    """What a part has saved is of the piece still, where a later one saved nothing beside it."""
    if used.beside(work.session, row_id, task_id, unit_id):
        raise Refused(N_("It cannot be undone, because something else uses it now."))


undo.AFTERWARDS["case_part"].append(_pieces_are_in_the_case)
