"""Keeping a planned purchase, and saying of each line what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, long_text, required_text, whole_number
from moebelcirkel.domain.purchases import Ending, PlannedLine, PlanState, plan_number, read_plan
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.purchases import Purchase, PurchaseLine
from moebelcirkel.storage.work import not_allowed


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What became of so many pieces of a line.

    What must be new says why, and whether it was first asked for used on a framework agreement.
    """

    ending: str
    pieces: int
    reason: str = ""
    used_first: bool | None = None


@dataclass(frozen=True, slots=True)
class PlanKept(Done):
    """The plan that was kept or given up."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Answered(Done):
    """The line that was answered; ``left`` pieces of it wait for an answer of their own."""

    id: int
    purchase_id: int
    words: str
    pieces: int
    left: int


@writes("purchase.keep", Action.ORDER)
def keep(work: Work, institution_id: int, text: str) -> PlanKept:
    """Keep what was typed or pasted as a plan of an institution."""
    work.require(Action.ORDER, institution_id)
    planned = read_plan(text)
    if not planned:
        raise Refused(N_("Write what is missing, a line each."), field="plan")
    row = write_plan(work, institution_id, planned)
    return PlanKept(id=row.id, number=row.number)


def write_plan(work: Work, institution_id: int, planned: Sequence[PlannedLine]) -> Purchase:
    """A plan of these lines within a change that is under way."""
    if work.actor_id is None:
        raise not_allowed()
    institution = work.choose(Institution, institution_id)
    row = Purchase(
        number=plan_number(work.next_number("purchase")),
        institution_id=institution.id,
        planner_id=work.actor_id,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(
        PurchaseLine(
            purchase_id=row.id,
            position=position,
            words=line.words,
            pieces=line.pieces,
            price_ore=line.price_ore,
        )
        for position, line in enumerate(planned, 1)
    )
    work.session.flush()
    return row


@writes("purchase.answer", Action.ORDER)
def answer(work: Work, line_id: int, form: AnswerForm, version: int | None = None) -> Answered:
    """Say what became of a line, or of some of its pieces: the others become a line of their own.

    Said again, the new answer holds.
    """
    line = _line(work, line_id, version)
    ending = _checked(form, line.pieces)
    left = end_pieces(work, line, form.pieces, ending)
    line.reason = long_text(form.reason, limits.NOTE)
    line.used_first = form.used_first if ending is Ending.NEW else None
    work.refuse_unchanged()
    return Answered(
        id=line.id,
        purchase_id=line.purchase_id,
        words=line.words,
        pieces=line.pieces,
        left=0 if left is None else left.pieces,
    )


@writes("purchase.reopen", Action.ORDER)
def reopen(work: Work, line_id: int, version: int | None = None) -> Answered:
    """Take a line's answer back: nobody knows yet what becomes of it."""
    line = _line(work, line_id, version)
    if line.ending is None:
        raise Refused(N_("Nobody has answered for this line yet."))
    line.ending = line.ended_on = line.used_first = None
    line.reason = ""
    return Answered(
        id=line.id, purchase_id=line.purchase_id, words=line.words, pieces=line.pieces, left=0
    )


@writes("purchase.drop", Action.ORDER)
def drop(work: Work, purchase_id: int, version: int | None = None) -> PlanKept:
    """Give a plan up: its answers count no more."""
    row = _plan(work, work.get(Purchase, purchase_id, version))
    row.state = PlanState.DROPPED
    return PlanKept(id=row.id, number=row.number)


def end_pieces(work: Work, line: PurchaseLine, pieces: int, ending: Ending) -> PurchaseLine | None:
    """End so many of a line today; what is left over is another line, which is given back."""
    left = None
    if pieces < line.pieces:
        left = PurchaseLine(
            purchase_id=line.purchase_id,
            position=line.position,
            words=line.words,
            pieces=line.pieces - pieces,
            price_ore=line.price_ore,
        )
        line.pieces = pieces
        work.session.add(left)
    if line.ending != ending:
        line.ending, line.ended_on = ending, work.today
        line.used_first = None
    return left


def own_line(work: Work, line_id: int, version: int | None = None) -> tuple[PurchaseLine, Purchase]:
    """A line of a plan that stands, of an institution that the asker orders for."""
    line = work.get(PurchaseLine, line_id, version)
    return line, _plan(work, work.get(Purchase, line.purchase_id))


def _line(work: Work, line_id: int, version: int | None) -> PurchaseLine:
    line, _of = own_line(work, line_id, version)
    return line


def _plan(work: Work, row: Purchase) -> Purchase:
    work.require(Action.ORDER, row.institution_id)
    if row.state != PlanState.OPEN:
        raise Refused(N_("{number} has been given up. Make a new plan."), number=row.number)
    return row


def _checked(form: AnswerForm, pieces: int) -> Ending:
    fields = Fields()
    with fields.field("ending"):
        if form.ending not in set(Ending):
            raise Refused(N_("Choose what becomes of it."))
    with fields.field("pieces"):
        whole_number(form.pieces, 1, pieces)
    with fields.field("reason"):
        if form.ending == Ending.NEW:
            required_text(form.reason, limits.NOTE)
        long_text(form.reason, limits.NOTE)
    if form.ending == Ending.NEW and form.used_first is None:
        question = N_("Say whether you have asked for used ones on a framework agreement.")
        fields.wrong("used_first", Refused(question))
    fields.finish()
    return Ending(form.ending)
