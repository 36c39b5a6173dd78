"""Stock: moving, putting on sale, taking off sale and scrapping, one piece or many at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.conditions import Condition, reason_for
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State, Step, apply, each
from moebelcirkel.domain.pickups import MATERIAL_STAYS
from moebelcirkel.domain.prices import checked_price, suggested_price
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles, figures
from moebelcirkel.services.cases import costs as case_costs
from moebelcirkel.services.context import Context, Pieces, Work, writes
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries import units as unit_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, gone

#: Where a session keeps the types whose price it has looked up.
_ARTICLES = "articles"

#: Why a piece is scrapped; the codes are stored, the texts shown.
SCRAP_REASONS: dict[str, str] = {
    "broken": N_("Cannot be repaired"),
    "unsafe": N_("Not safe to use"),
    "hygiene": N_("Hygiene, mould or bedbugs"),
    "unsellable": N_("Nobody wants it"),
    "repair_dear": N_("Repair would cost too much"),
}


@writes("unit.move", Action.STOCK)
def move(work: Work, unit_ids: Sequence[int], place_id: int) -> Pieces:
    """Put pieces in another place."""
    units = _chosen(work, unit_ids)
    place = work.choose(Place, place_id)

    def put(unit: Unit) -> None:
        apply(Step.MOVE, unit.state, unit.number)
        unit.place_id = place.id

    each(units, put)
    work.refuse_unchanged()
    return Pieces(pieces=len(units))


@writes("unit.list", Action.SALE)
def put_on_sale(work: Work, unit_ids: Sequence[int], price_ore: int | None = None) -> Pieces:
    """Show pieces in the shop, at their own price or at one given for all; 0 is legal."""
    pickup_queries.expect_material(work.session, unit_ids)
    units = _chosen(work, unit_ids)
    material = pickup_queries.material(work.session, unit_ids)

    def show(unit: Unit) -> None:
        if unit.id in material:
            raise Refused(MATERIAL_STAYS, number=unit.number)
        unit.state = apply(Step.LIST, unit.state, unit.number)
        unit.listed_at = work.now
        if price_ore is not None:
            unit.price_ore = checked_price(price_ore)
        elif unit.price_ore is None:
            unit.price_ore = rule_price(work, unit)
        if unit.place_id is None:
            raise Refused(
                N_("{number} has no place. Move it to a shelf first."), number=unit.number
            )

    each(units, show)
    return Pieces(pieces=len(units))


@writes("unit.unlist", Action.SALE)
def take_off_sale(work: Work, unit_ids: Sequence[int]) -> Pieces:
    """Take pieces out of the shop; one in somebody's basket stays."""
    units = _chosen(work, unit_ids)
    refuse_held(work, units)

    def hide(unit: Unit) -> None:
        unit.state = apply(Step.UNLIST, unit.state, unit.number)
        unit.listed_at = None

    each(units, hide)
    return Pieces(pieces=len(units))


@writes("unit.price", Action.SALE)
def set_price(work: Work, unit_ids: Sequence[int], price_ore: int | None) -> Pieces:
    """Give pieces a price of their own, or (None) the rule's again."""
    units = _chosen(work, unit_ids)
    refuse_held(work, units)

    def price(unit: Unit) -> None:
        if unit.state not in {State.RECEIVED, State.READY, State.LISTED}:
            raise Refused(
                N_("The price of {number} is fixed, because it is no longer free."),
                number=unit.number,
            )
        unit.price_ore = rule_price(work, unit) if price_ore is None else checked_price(price_ore)

    each(units, price)
    work.refuse_unchanged()
    return Pieces(pieces=len(units))


@writes("unit.condition", Action.STOCK)
def set_condition(
    work: Work, unit_ids: Sequence[int], condition: str, reason: str | None = None
) -> Pieces:
    """Correct the condition of pieces on the shelf; the price follows the rule, one's own stays.

    A better one needs a reason, a code of ``domain.conditions.BETTER_REASONS``.
    """
    units = _chosen(work, unit_ids)
    refuse_held(work, units)

    def grade(unit: Unit) -> None:
        if unit.state not in {State.RECEIVED, State.READY, State.LISTED}:
            raise Refused(
                N_("The condition of {number} cannot be changed now."), number=unit.number
            )
        why = reason_for(Condition(condition), unit.condition, reason)
        unit.condition_reason = why or unit.condition_reason
        own = has_own_price(work, unit)
        unit.condition = Condition(condition)
        if not own:
            unit.price_ore = rule_price(work, unit)

    each(units, grade)
    work.refuse_unchanged()
    return Pieces(pieces=len(units))


@writes("unit.scrap", Action.SCRAP)
def scrap(work: Work, unit_ids: Sequence[int], reason: str) -> Pieces:
    """Scrap pieces with a reason; what was spent on them is booked the same day."""
    if reason not in SCRAP_REASONS:
        raise Refused(N_("Choose a reason."))
    units = _chosen(work, unit_ids)
    refuse_held(work, units)
    refuse_ordered(work, units)

    def discard(unit: Unit) -> None:
        unit.state = apply(Step.SCRAP, unit.state, unit.number)
        unit.scrap_reason = reason
        unit.place_id = None
        unit.listed_at = None

    each(units, discard)
    book_gone(work, units)
    return Pieces(pieces=len(units))


def book_gone(work: Work, units: list[Unit]) -> None:
    """What every step must book that takes pieces out of the stock without a hand-over."""
    case_costs.leave(work, units)
    figure_lines.book_late_costs(work, units, work.today)


def _chosen(work: Work, unit_ids: Sequence[int]) -> list[Unit]:
    if not unit_ids:
        raise Refused(N_("Choose at least one piece of furniture."))
    return work.rows(Unit, unit_ids)


@dataclass(frozen=True, slots=True)
class Prices:
    """What pieces cost now and by the rule: lowest and highest, in øre; none where none has one."""

    now: tuple[int, int] | None
    rule: tuple[int, int]


def prices(context: Context, unit_ids: Sequence[int]) -> Prices:
    """What some pieces cost, before somebody decides about their price."""
    context.require(Action.SALE)
    if not unit_ids:
        raise Refused(N_("Choose at least one piece of furniture."))
    with context.read() as session:
        units = list(shop_holds.units(session, unit_ids).values())
        if len(units) < len(set(unit_ids)):
            raise gone()
        now = [unit.price_ore for unit in units if unit.price_ore is not None]
        rule = [_by_rule(session, context.today(), unit) for unit in units]
    return Prices((min(now), max(now)) if now else None, (min(rule), max(rule)))


def rule_price(work: Work, unit: Unit) -> int:
    """The price by the municipality's rule for the unit's condition."""
    return _by_rule(work.session, work.today, unit)


def has_own_price(work: Work, unit: Unit) -> bool:
    """Whether somebody decided on another price than the rule's: it stays until they do again."""
    return unit.price_ore is not None and unit.price_ore != rule_price(work, unit)


def _by_rule(session: Session, today: dt.date, unit: Unit) -> int:
    # Kept, as a session forgets what nobody holds, and asking anew writes down every piece alone.
    kept: dict[int, Article] = session.info.setdefault(_ARTICLES, {})
    if unit.article_id not in kept:
        kept[unit.article_id] = session.get_one(Article, unit.article_id)
    article = kept[unit.article_id]
    new_price = article.new_price_ore
    if new_price is None:
        factors = figures.load_factors(session, today, [article.category_key])
        new_price, _own = figures.new_price(factors, article)
    rule = articles.price_rule(session)
    return suggested_price(new_price, Condition(unit.condition), rule)


def refuse_ordered(work: Work, units: Sequence[Unit]) -> None:
    """Refuse a piece in the workshop that is on an order, which it would be missing from."""
    at_work = [unit.id for unit in units if unit.state == State.WORKSHOP]
    found = repair_queries.number_on_order(work.session, at_work)
    if found is not None:
        raise Refused(
            N_("{number} is on order {order}. Finish its case, so that it is delivered."),
            number=found[0],
            order=found[1],
        )


def refuse_held(work: Work, units: Sequence[Unit]) -> None:
    """Refuse when a piece lies in somebody's basket, naming piece and institution."""
    found = unit_queries.first_held(work.session, [unit.id for unit in units], work.now)
    if found is not None:
        raise Refused(
            N_("{number} is in the basket of {name}. Try again when it is free."),
            number=found[0],
            name=found[1],
        )
