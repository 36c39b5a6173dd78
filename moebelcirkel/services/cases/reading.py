"""The workshop's board and one case of it, as they are shown: flat rows, sums and the advice."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from moebelcirkel.domain.errors import N_, Stale
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.fold import words
from moebelcirkel.domain.lifecycle import BOARD
from moebelcirkel.domain.prices import cost_pays
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import codes, figures
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import cases as case_queries
from moebelcirkel.storage.queries import repairers as repairer_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries.cases import CaseLine, CasePiece, CaseTaskRow
from moebelcirkel.storage.queries.repairers import ErrandRow
from moebelcirkel.storage.queries.repairs import used
from moebelcirkel.storage.queries.repairs.used import UsedPart
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.work import ZONE, Session, gone

#: The columns of the board, from left to right; a card reaches the last one by being finished.
COLUMNS = BOARD
MOST_CARDS = 200

RowT = TypeVar("RowT", CasePiece, CaseTaskRow)


@dataclass(frozen=True, slots=True)
class BoardCase:
    """A card: its first piece, how many there are, and what happens next.

    ``errand`` is the one that is at a repairer, or not invoiced.
    """

    id: int
    version: int
    state: str
    unit_ids: tuple[int, ...]
    number: str
    name: str
    category_key: str
    condition: str
    giver: str
    days: int
    photo: str | None
    expected_on: dt.date | None
    note: str
    task: str
    minutes_left: int
    tasks: int
    errand: ErrandRow | None = None

    @property
    def count(self) -> int:
        """How many pieces the case holds."""
        return len(self.unit_ids)


@dataclass(frozen=True, slots=True)
class Board:
    """All columns: the cards shown, and how many cases there are in each."""

    cards: dict[str, tuple[BoardCase, ...]]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One case with all that its panel shows; ``pays`` is None while no task is planned.

    ``warranty_until`` is that of a warranty that still runs, with whom to ask; ``order`` the number
    of the order that it is for, ``own`` whether that is of an institution's own furniture.
    """

    id: int
    version: int
    state: str
    note: str
    expected_on: dt.date | None
    days: int
    pieces: tuple[CasePiece, ...]
    tasks: tuple[CaseTaskRow, ...]
    labour_ore: int
    parts_ore: int
    new_price_ore: int
    pays: bool | None
    warranty_until: dt.date | None
    supplier: str
    spare_parts: str
    errands: tuple[ErrandRow, ...] = ()
    used: tuple[UsedPart, ...] = ()
    order_id: int | None = None
    order: str = ""
    own: bool = False

    @property
    def cost_ore(self) -> int:
        """Time and parts of all its tasks."""
        return self.labour_ore + self.parts_ore


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code on the workshop's bench stands for; ``case_id`` if it is in a case.

    ``is_part``: it is a spare part, to be used in a task.
    """

    unit_id: int
    number: str
    name: str
    state: str
    case_id: int | None
    is_part: bool = False


def board(context: Context, text: str = "", *, out: bool = False) -> Board:
    """The cases of each column that fit the words typed; ``out``: what is at repairers alone."""
    context.require(Action.CASE)
    today = context.today()
    with context.read() as session:
        lines = {
            state: case_queries.cards(session, state, words(text), MOST_CARDS, out=out)
            for state in COLUMNS
        }
        ids = [line.id for column in lines.values() for line in column]
        pieces = _by_case(case_queries.pieces(session, ids))
        tasks = _by_case(case_queries.tasks(session, ids))
        counts = case_queries.counts(session)
        errands = {
            each.case_id: each
            for each in repairer_queries.errands(session, ids)
            if each.invoice_ore is None
        }
    cards: dict[str, tuple[BoardCase, ...]] = {
        state: tuple(
            _card(line, pieces[line.id], tasks.get(line.id, []), today, errands.get(line.id))
            for line in column
            if line.id in pieces
        )
        for state, column in lines.items()
    }
    if text or out:
        counts = {state: len(column) for state, column in cards.items()}
    return Board(cards, counts)


def waiting_count(context: Context) -> int:
    """Cards on the board, for the rail."""
    context.require(Action.CASE)
    with context.read() as session:
        return sum(case_queries.counts(session).values())


def detail(context: Context, case_id: int) -> CaseDetail:
    """One case; refuses plainly when it is gone or finished and its pieces have left it."""
    context.require(Action.CASE)
    today = context.today()
    with context.read() as session:
        line = case_queries.line(session, case_id)
        pieces = case_queries.pieces(session, [case_id])
        if line is None or not pieces:
            raise Stale(N_("The case is no longer open. Reload the page."))
        tasks = case_queries.tasks(session, [case_id])
        new_price = _new_price(session, today, pieces)
        article = _under_warranty(session, today, pieces)
        errands = repairer_queries.errands(session, [case_id])
        parts_used = used.of_case(session, case_id)
        order = session.get(Order, line.order_id) if line.order_id is not None else None
        own = order is not None and repair_queries.of_order(session, order.id) is not None
    labour, parts = sum(t.labour_ore for t in tasks), sum(t.parts_ore for t in tasks)
    return CaseDetail(
        id=line.id,
        version=line.version,
        state=line.state,
        note=line.note,
        expected_on=line.expected_on,
        days=_days(line.opened_at, today),
        pieces=tuple(pieces),
        tasks=tuple(tasks),
        labour_ore=labour,
        parts_ore=parts,
        new_price_ore=new_price,
        pays=cost_pays(new_price, labour + parts) if tasks else None,
        warranty_until=article.warranty_until if article else None,
        supplier=article.supplier if article else "",
        spare_parts=article.spare_parts if article else "",
        errands=tuple(errands),
        used=tuple(parts_used),
        order_id=line.order_id,
        order=order.number if order else "",
        own=own,
    )


def at_code(context: Context, code: str) -> Scanned:
    """The piece of a scanned code; an unknown one is refused with what to do about it."""
    context.require(Action.CASE)
    with context.read() as session:
        unit_id = codes.need_unit_id(session, code)
        found = case_queries.piece(session, unit_id)
        case_id = case_queries.open_case_of(session, unit_id)
    if found is None:
        raise gone()
    number, state, name, category = found
    return Scanned(unit_id, number, name, state, case_id, is_part=category == SPARE_PART)


def _by_case(rows: Iterable[RowT]) -> dict[int, list[RowT]]:
    found: dict[int, list[RowT]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _card(
    line: CaseLine,
    pieces: Sequence[CasePiece],
    tasks: Sequence[CaseTaskRow],
    today: dt.date,
    errand: ErrandRow | None,
) -> BoardCase:
    first = pieces[0]
    left = [task for task in tasks if not task.done]
    conditions = {piece.condition for piece in pieces}
    return BoardCase(
        id=line.id,
        version=line.version,
        state=line.state,
        unit_ids=tuple(piece.unit_id for piece in pieces),
        number=first.number,
        name=first.name,
        category_key=first.category_key,
        condition=first.condition if len(conditions) == 1 else "",
        giver=first.giver,
        days=_days(line.opened_at, today),
        photo=first.photo,
        expected_on=line.expected_on,
        note=line.note,
        task=left[0].name if left else "",
        minutes_left=sum(task.minutes for task in left),
        tasks=len(tasks),
        errand=errand,
    )


def _days(since: dt.datetime, today: dt.date) -> int:
    return max(0, (today - since.astimezone(ZONE).date()).days)


def _new_price(session: Session, today: dt.date, pieces: Sequence[CasePiece]) -> int:
    factors = figures.load_factors(session, today)
    prices = {
        article_id: figures.new_price(factors, session.get_one(Article, article_id))[0]
        for article_id in {piece.article_id for piece in pieces}
    }
    return sum(prices[piece.article_id] for piece in pieces)


def _under_warranty(
    session: Session, today: dt.date, pieces: Sequence[CasePiece]
) -> Article | None:
    """The type of the first piece whose warranty still runs: that is not for us to repair."""
    for article_id in dict.fromkeys(piece.article_id for piece in pieces):
        article = session.get_one(Article, article_id)
        if article.warranty_until is not None and article.warranty_until >= today:
            return article
    return None
