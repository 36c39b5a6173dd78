"""What is out on loan, by order; what is due first stands first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import loans as loan_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries.loans import OutPiece
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.work import gone


@dataclass(frozen=True, slots=True)
class LoanRow:
    """The pieces of one order that are out; ``days_left`` is below zero where they are overdue."""

    id: int
    number: str
    version: int
    institution_id: int
    institution: str
    orderer: str
    names: tuple[str, ...]
    pieces: int
    since: dt.date
    until: dt.date
    days_left: int
    rate_ore: int

    @property
    def overdue(self) -> bool:
        """Whether it ought to be back by now."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class LoanDetail:
    """One loan with its pieces."""

    row: LoanRow
    pieces: tuple[OutPiece, ...]
    may_move: bool
    may_take_back: bool
    may_end: bool
    may_fetch: bool


def listed(context: Context, *, text: str = "", overdue_only: bool = False) -> tuple[LoanRow, ...]:
    """Loans that are out, within reach."""
    context.require(Action.ORDER_VIEW)
    with context.read() as session:
        found = loan_queries.pieces_out(session, context.reach(Action.ORDER_VIEW))
    wanted = fold(text)
    loans = [list(some) for _key, some in groupby(found, key=lambda piece: piece.order_id)]
    rows = [_row(some, context.today()) for some in loans if not wanted or _says(some, wanted)]
    return tuple(row for row in rows if row.overdue or not overdue_only)


def overdue_count(context: Context) -> int:
    """How many are overdue, for the badge in the rail."""
    if not context.allows(Action.ORDER_VIEW):
        return 0
    with context.read() as session:
        reach = context.reach(Action.ORDER_VIEW)
        return loan_queries.overdue(session, reach, context.today())


def detail(context: Context, order_id: int) -> LoanDetail:
    """One loan; gone when its last piece is back."""
    context.require(Action.ORDER_VIEW)
    with context.read() as session:
        found = loan_queries.pieces_out(session, context.reach(Action.ORDER_VIEW), order_id)
        if not found:
            raise gone()
        hands_in = context.allows(Action.HAND_IN, found[0].institution_id)
        fetch = hands_in and not order_queries.given_back(session, order_id)
    back = context.allows(Action.RETURN)
    return LoanDetail(_row(found, context.today()), tuple(found), back, back, back, fetch)


def _says(some: Sequence[OutPiece], wanted: str) -> bool:
    first = some[0]
    said = [first.order, first.institution, *(f"{piece.name} {piece.number}" for piece in some)]
    return wanted in fold(" ".join(said))


def _row(some: Sequence[OutPiece], today: dt.date) -> LoanRow:
    first = some[0]
    return like(
        LoanRow,
        first,
        id=first.order_id,
        number=first.order,
        names=tuple(dict.fromkeys(piece.name for piece in some)),
        pieces=len(some),
        since=min(piece.since for piece in some),
        days_left=(first.until - today).days,
    )
