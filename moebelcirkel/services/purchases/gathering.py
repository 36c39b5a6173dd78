"""A set taken at one go: what is there into the basket, the rest as a want, in one change."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.purchases import Ending
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.shop import Query
from moebelcirkel.domain.wants import WantState
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.purchases import planning
from moebelcirkel.services.shop import baskets
from moebelcirkel.services.wants import WantForm, asking
from moebelcirkel.storage import shop_holds, undo
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import shop as shop_queries
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.purchases import PurchaseLine
from moebelcirkel.storage.tables.wants import Want


@dataclass(frozen=True, slots=True)
class SetForm:
    """So many pieces of these cards in their order; ``rest`` is how what is missing is wanted.

    ``line_id`` is the line of a kept plan that they are for: what is taken of it has the
    ``ending``. ``within`` has the shop's filters that they were found by, and that the rest keeps
    to.
    """

    pieces: int
    cards: Sequence[tuple[CardKey, int]]
    rest: WantForm | None = None
    line_id: int | None = None
    within: Query | None = None
    ending: Ending = Ending.TAKEN


@dataclass(frozen=True, slots=True)
class SetTaken(Done):
    """What lies in the basket of it now, and the want for ``missing`` pieces where there is one.

    ``line_ids`` are the lines of a plan that ended by it: the one it was for, and what was parted.
    """

    institution_id: int
    unit_ids: tuple[int, ...]
    asked: int
    missing: int
    want_id: int | None
    want_number: str
    line_ids: tuple[int, ...]


def unmake(work: Work, change: Change) -> None:
    """Undo of a set by what it answered: basket, want and line are as if it had not been."""
    done = change_queries.answer(work.session, change.id, SetTaken)
    if done is None:
        raise Refused(N_("This cannot be undone."))
    take_apart(work, change, done)


def take_apart(work: Work, change: Change, done: SetTaken) -> None:
    """Nothing of it lies in the basket, is wanted, or has ended a line."""
    if done.unit_ids:
        baskets.take_out_again(work, change, done.institution_id, done.unit_ids)
    if done.want_id is not None:
        want = work.get(Want, done.want_id)
        if want.state != WantState.OPEN:
            raise Refused(N_("It cannot be undone, because it has been changed since."))
        want.state = WantState.VOID
        asking.unmade(work, [want])
    if done.line_ids:
        undo.refuse_later(work, change, PurchaseLine.__tablename__, map(str, done.line_ids), ())
        _open_again(work, work.rows(PurchaseLine, done.line_ids))


def _open_again(work: Work, lines: Sequence[PurchaseLine]) -> None:
    """The line is one again, and nobody has answered for it."""
    first = min(lines, key=lambda line: line.id)
    for line in lines:
        if line.ending not in {Ending.TAKEN, Ending.SPARE_PART, Ending.WANTED, None}:
            raise Refused(N_("It cannot be undone, because it has been changed since."))
        if line is not first:
            first.pieces += line.pieces
            work.session.delete(line)
    first.ending = first.ended_on = first.used_first = None
    first.reason = ""


@writes("purchase.gather", Action.ORDER, Kind(own_rule=unmake))
def gather(work: Work, institution_id: int, form: SetForm) -> SetTaken:
    """Put what is still free of a set into the basket, and want the rest, all or nothing.

    Of two at once the statement that holds a piece decides; the second one's want is the larger.
    """
    work.require(Action.ORDER, institution_id)
    return write_set(work, institution_id, form)


def write_set(work: Work, institution_id: int, form: SetForm) -> SetTaken:
    """The same within a change that is under way."""
    if not 1 <= form.pieces <= baskets.MOST_AT_ONCE:
        raise Refused(
            N_("Write how many you want, from 1 to {most}."),
            field="count",
            most=baskets.MOST_AT_ONCE,
        )
    free: list[int] = []
    single = shop_queries.wanted(work.session, form.within or Query())
    counts: Counter[CardKey] = Counter()
    for key, count in form.cards:
        counts[key] += count
    for key, count in counts.items():
        room = min(count, form.pieces - len(free))
        if room > 0:
            free += shop_holds.free_units(work, institution_id, key, room, None, single)
    taken = baskets.put(work, institution_id, free) if free else []
    missing = form.pieces - len(taken)
    if not taken and form.rest is None:
        raise Refused(N_("There are no more of these. Others hold the rest, or it has been sold."))
    lines = _end(work, institution_id, form, len(taken))
    want = None
    if missing and form.rest is not None:
        rest = asking.narrowed(
            work.session, replace(form.rest, pieces=missing), form.within or Query()
        )
        want = asking.make(work, institution_id, rest)
    return SetTaken(
        institution_id=institution_id,
        unit_ids=tuple(sorted(taken)),
        asked=form.pieces,
        missing=missing,
        want_id=None if want is None else want.id,
        want_number="" if want is None else want.number,
        line_ids=lines,
    )


def _end(work: Work, institution_id: int, form: SetForm, taken: int) -> tuple[int, ...]:
    """The line of a plan ends as what was taken; what is wanted is parted from it."""
    if form.line_id is None:
        return ()
    line, plan = planning.own_line(work, form.line_id)
    if plan.institution_id != institution_id or line.ending is not None:
        raise Refused(N_("This line has been answered meanwhile. Look again."))
    if form.pieces > line.pieces:
        raise Refused(N_("The line is of fewer pieces now. Look again."))
    ended, left = [line], line
    wanted = form.pieces - taken if form.rest is not None else 0
    for pieces, ending in ((taken, form.ending), (wanted, Ending.WANTED)):
        parted = planning.end_pieces(work, left, pieces, ending) if pieces else None
        if parted is not None:
            work.session.flush()
            ended.append(parted)
            left = parted
    work.session.flush()
    return tuple(each.id for each in ended)
