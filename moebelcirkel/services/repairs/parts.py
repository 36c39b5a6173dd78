"""A spare part instead of a repair: what is on the shelf and may fit, taken, or else wanted."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.fields import required_text, whole_number
from moebelcirkel.domain.purchases import MOST_PIECES, Ending, PlannedLine, PlanState
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services.context import Context, Work, writes
from moebelcirkel.services.purchases import gathering, planning
from moebelcirkel.services.purchases.gathering import SetForm, SetTaken
from moebelcirkel.services.wants import WantForm
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import purchases as purchase_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries.repairs import FittingPart
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.purchases import Purchase

_MOST_PARTS = 20
#: So long a part is waited for where nobody says otherwise.
_WAIT_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWish:
    """A part for own furniture ``what``: one on the shelf by its ``key``, else ``part`` in words.

    What is not there is wanted.
    """

    what: str
    pieces: int = 1
    key: CardKey | None = None
    part: str = ""
    use_by: dt.date | None = None
    cost_bearer_id: int | None = None


@dataclass(frozen=True, slots=True)
class PartTaken(SetTaken):
    """What lies in the basket, what is wanted, and the plan it ended."""

    purchase_id: int


def fitting(context: Context, article_id: int | None, category_key: str) -> list[FittingPart]:
    """Parts on sale that may fit furniture of a type, or of a category."""
    context.require(Action.SHOP)
    with context.read() as session:
        return repair_queries.fitting(session, context.now(), article_id, category_key, _MOST_PARTS)


def unmake(work: Work, change: Change) -> None:
    """Undo by what it answered: basket, want and plan are as if it had not been."""
    done = change_queries.answer(work.session, change.id, PartTaken)
    if done is None:
        raise Refused(N_("This cannot be undone."))
    gathering.take_apart(work, change, done)
    work.get(Purchase, done.purchase_id).state = PlanState.VOID


@writes("repair.part", Action.ORDER, Kind(own_rule=unmake))
def take_part(work: Work, institution_id: int, wish: PartWish) -> PartTaken:
    """Put the part into the basket, or want it; it counts as a need that a part was enough for."""
    work.require(Action.ORDER, institution_id)
    try:
        whole_number(wish.pieces, 1, MOST_PIECES)
    except Refused as error:
        raise Refused(error.message, field="pieces", **error.values) from None
    part = _part(work, wish)
    what = required_text(wish.what, limits.ARTICLE_NAME)
    words = _("{part} for {what}").format(part=part, what=what)[: limits.WANT_WORDS]
    plan = planning.write_plan(work, institution_id, [PlannedLine(words, wish.pieces, None)])
    [line] = purchase_queries.lines_of(work.session, plan.id)
    form = SetForm(
        pieces=wish.pieces,
        cards=[] if wish.key is None else [(wish.key, wish.pieces)],
        rest=_rest(work, wish, part, what),
        line_id=line.id,
        ending=Ending.SPARE_PART,
    )
    return like(PartTaken, gathering.write_set(work, institution_id, form), purchase_id=plan.id)


def _part(work: Work, wish: PartWish) -> str:
    """What the part is called."""
    if wish.key is not None:
        return work.get(Article, wish.key.article_id).name
    try:
        return required_text(wish.part, limits.ARTICLE_NAME)
    except Refused as error:
        raise Refused(error.message, field="part", **error.values) from None


def _rest(work: Work, wish: PartWish, part: str, what: str) -> WantForm:
    """What is missing of it is wanted, and held when somebody takes such a part from furniture."""
    return WantForm(
        use_by=wish.use_by or work.today + dt.timedelta(days=_WAIT_DAYS),
        answer=Answer.UNKNOWN,
        words=part if wish.key is None else "",
        category_key=SPARE_PART if wish.key is None else None,
        article_id=None if wish.key is None else wish.key.article_id,
        condition=Condition.C.value,
        cost_bearer_id=wish.cost_bearer_id,
        note=_("For {what}").format(what=what)[: limits.NOTE],
    )
