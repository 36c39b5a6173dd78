"""Figure lines and charges: written at hand-over, return and scrapping, answered when undone.

A line freezes every input with its source and is never changed: what comes later is a new line.
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import FIGURE_NAMES, ChargeKind, Figures, LineKind
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.loans import days_between, price_ore
from moebelcirkel.services.figures.inputs import (
    EPD,
    Factors,
    Refurbishment,
    load_factors,
    make_inputs,
    refurbishments,
)
from moebelcirkel.storage import shop_holds, undo
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import NOT_BACK, FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, Work

#: Returns that take the saved waste fee back say so; those of the first version left it.
FEE_BACK = "fee_taken_back"
#: Corrections that leave a hand-over standing: its transport on a run, what a complaint came to.
BESIDE = ("transport", "complaint")


def book_hand_overs(
    work: Work,
    order: Order,
    lines: list[OrderLine],
    units: Mapping[int, Unit],
    on: dt.date,
    *,
    stay: bool = False,
) -> None:
    """Write a figure line and a charge for each line handed over on the day.

    Pieces that ``stay`` were with the receiver already, on loan. What goes home to its owner as it
    came, because it could not be repaired, costs nothing and gains nothing.
    """
    home = repair_queries.going_home(work.session, [line.id for line in lines])
    _book_home(work, order, [line for line in lines if line.id in home], units, on)
    lines = [line for line in lines if line.id not in home]
    factors = load_factors(work.session, on)
    costs = refurbishments(work.session, (units[line.unit_id] for line in lines))
    articles = shop_holds.articles(work.session, (line.article_id for line in lines))
    rows = []
    for line in lines:
        unit = units[line.unit_id]
        inputs = make_inputs(
            factors,
            articles[unit.article_id],
            unit.condition,
            Answer(line.answer or order.answer),
            refurbishment=costs.get(unit.id, Refurbishment()),
            life_left=unit.life_left,
            condition_reason=unit.condition_reason,
            loan_days=planned_days(order.loan_until, on),
            stays=stay,
        )
        rows.append(_hand_over(work, factors, order, line, unit, inputs, on))
    work.bulk_insert(FigureLine, rows)
    charges = _charges(work, order, lines, on)
    if lines and order.fee_ore and not costing_queries.fee_stands(work.session, order.id):
        fee = _charge(work, order, min(lines, key=lambda line: line.id), on)
        charges.append({**fee, "kind": ChargeKind.FEE, "amount_ore": order.fee_ore})
    work.bulk_insert(Charge, charges)


def _book_home(
    work: Work, order: Order, lines: list[OrderLine], units: Mapping[int, Unit], on: dt.date
) -> None:
    """Write as late costs what was done in vain and the way home, and a charge of 0 kr. for each.

    The period that the piece was here for is over with it.
    """
    factors = load_factors(work.session, on)
    costs = refurbishments(work.session, (units[line.unit_id] for line in lines))
    for line in lines:
        unit = units[line.unit_id]
        cost = costs.get(unit.id, Refurbishment())
        row = _late_cost(work, factors, unit, on, cost, home=True)
        row.order_line_id, row.institution_id = line.id, order.institution_id
        work.session.add(row)
        unit.loop += 1
    charges = [{**_charge(work, order, line, on), "kind": ChargeKind.REPAIR} for line in lines]
    work.bulk_insert(Charge, charges)


def _charges(work: Work, order: Order, lines: list[OrderLine], on: dt.date) -> list[dict[str, Any]]:
    """What each line costs; what is brought back repaired by time, parts and another's repair."""
    charges = [_charge(work, order, line, on) for line in lines]
    shares = repair_queries.shares_of(work.session, [order.id]).get(order.id)
    if shares is None:
        return charges
    kinds = shares.by_kind().items()
    return [{**each, "kind": kind, "amount_ore": ore} for each in charges for kind, ore in kinds]


def planned_days(until: dt.date | None, on: dt.date) -> int | None:
    """The days a loan handed over on a day is planned for; None where it is no loan."""
    return None if until is None else days_between(on, until)


def _hand_over(
    work: Work,
    factors: Factors,
    order: Order,
    line: OrderLine,
    unit: Unit,
    inputs: FigureInputs,
    on: dt.date,
) -> dict[str, Any]:
    values = rules.hand_over(inputs)
    return {
        **_line(work, LineKind.HANDOVER, unit, inputs.category_key, inputs, values, on),
        "institution_id": order.institution_id,
        "order_line_id": line.id,
        "factor_set_id": factors.set_id,
        "price_paid_ore": line.price_ore,
        "days_in_house": max(0, (on - unit.received_on).days),
        "levy_ore": rules.avoided_levy_ore(inputs),
    }


def _charge(work: Work, order: Order, line: OrderLine, on: dt.date) -> dict[str, Any]:
    return {
        "change_id": work.change_id,
        "kind": ChargeKind.HANDOVER,
        "institution_id": order.institution_id,
        "cost_bearer_id": order.cost_bearer_id,
        "order_line_id": line.id,
        "unit_id": line.unit_id,
        "amount_ore": line.price_ore,
        "effective_on": on,
        "booked_at": work.now,
    }


def _line(
    work: Work,
    kind: LineKind,
    unit: Unit,
    category_key: str,
    inputs: FigureInputs,
    values: Figures,
    on: dt.date,
) -> dict[str, Any]:
    return {
        "change_id": work.change_id,
        "kind": kind,
        "unit_id": unit.id,
        "loop": unit.loop,
        "article_id": unit.article_id,
        "category_key": category_key,
        "effective_on": on,
        "booked_at": work.now,
        "own_factor": inputs.own_factor,
        "own_epd": inputs.co2_stages == EPD,
        "documented": inputs.price_documented,
        "answered": inputs.answer.answered,
        "inputs": inputs.as_dict(),
        **figure_values(values),
    }


def figure_values(values: Figures) -> dict[str, int | None]:
    """The figures by column name."""
    return {name: getattr(values, name) for name in FIGURE_NAMES}


def open_line(session: Session, unit_id: int) -> FigureLine | None:
    """The unit's hand-over line that no reversal or return has answered yet."""
    line = costing_queries.newest_hand_over(session, unit_id, standing=True)
    if line is None or _answered(session, line.id):
        return None
    return line


def _answered(session: Session, line_id: int) -> bool:
    """A line is closed by a reversal, or by an adjustment that is not itself reversed.

    What only stands beside it leaves it open.
    """
    for correction in costing_queries.corrections_of(session, line_id):
        if correction.kind in BESIDE:
            continue
        if correction.kind == LineKind.REVERSAL or not _answered(session, correction.id):
            return True
    return False


def book_return(work: Work, unit: Unit, on: dt.date, *, back: bool = True) -> Decimal:
    """Write the adjustment of a unit that comes back; returns the share of life it used.

    So ends also the use of what does not come ``back``, because it is kept or lost.
    A unit without a hand-over line (delivered before the program was used) has used nothing
    that was credited.
    """
    line = open_line(work.session, unit.id)
    if line is None:
        return Decimal(0)
    inputs = FigureInputs.from_dict(line.inputs)
    days = max(0, (on - line.effective_on).days)
    values, used = rules.returned(inputs, days)
    kind, category = LineKind.ADJUSTMENT, line.category_key
    row = FigureLine(**_line(work, kind, unit, category, inputs, values, on))
    # The type it was handed over as, which may have been merged into another one since.
    row.loop, row.article_id = line.loop, line.article_id
    row.corrects_id = line.id
    row.institution_id = line.institution_id
    row.order_line_id = line.order_line_id
    row.factor_set_id = line.factor_set_id
    row.inputs = {"days_in_use": days, FEE_BACK: True, **({} if back else {NOT_BACK: True})}
    if inputs.loan_days is not None:
        row.price_paid_ore = _put_loan_right(work, line, days, on)
    work.session.add(row)
    unit.life_left = rules.life_left_after_return(inputs.life_left, used)
    return used


def _put_loan_right(work: Work, line: FigureLine, days: int, on: dt.date) -> int:
    """Charge what the real days of a loan cost more than was charged when it was handed over."""
    charge = costing_queries.charge_of(work.session, line)
    order = work.session.get_one(Order, costing_queries.order_id_of(work.session, line))
    more = price_ore(order.loan_rate_ore or 0, days) - charge.amount_ore
    if more:
        row = Charge(**_again(charge), change_id=work.change_id, kind="loan", amount_ore=more)
        row.corrects_id, row.effective_on, row.booked_at = charge.id, on, work.now
        work.session.add(row)
    return more


#: What a later charge has from the one it corrects.
CHARGED = ("institution_id", "cost_bearer_id", "order_line_id", "unit_id")


def _again(charge: Charge) -> dict[str, Any]:
    return {name: getattr(charge, name) for name in CHARGED}


def end_use(work: Work, unit: Unit, on: dt.date, *, back: bool = True) -> None:
    """Book the return of a unit and begin its next period, which one that went home has begun."""
    home = open_line(work.session, unit.id) is None and costing_queries.went_home(
        work.session, unit.id, unit.loop - 1
    )
    book_return(work, unit, on, back=back)
    unit.loop, unit.refurbished = unit.loop + (not home), False


def book_late_costs(work: Work, units: list[Unit], on: dt.date) -> None:
    """Book what tasks have cost units that leave without a hand-over."""
    costs = refurbishments(work.session, units)
    factors = load_factors(work.session, on)
    for unit in units:
        cost = costs.get(unit.id)
        if cost is not None and (cost.ore or cost.kg):
            work.session.add(_late_cost(work, factors, unit, on, cost))


def _late_cost(
    work: Work,
    factors: Factors,
    unit: Unit,
    on: dt.date,
    cost: Refurbishment,
    *,
    home: bool = False,
) -> FigureLine:
    article = work.session.get_one(Article, unit.article_id)
    inputs = make_inputs(
        factors,
        article,
        unit.condition,
        Answer.UNANSWERED,
        refurbishment=cost,
        life_left=unit.life_left,
        condition_reason=unit.condition_reason,
        went_home=home,
    )
    values = rules.late_cost(inputs)
    kind, category = LineKind.LATE_COST, article.category_key
    row = FigureLine(**_line(work, kind, unit, category, inputs, values, on))
    row.factor_set_id = factors.set_id
    return row


def is_home(line: FigureLine) -> bool:
    """Whether a line is of a piece that went home to its owner as it came."""
    return line.kind == LineKind.LATE_COST and line.order_line_id is not None


def leaves(line: FigureLine) -> bool:
    """Whether a piece left by this line: handed over, or home to its owner as it came."""
    return line.kind == LineKind.HANDOVER or is_home(line)


def stored_figures(line: FigureLine) -> Figures:
    """The figures as they stand in the line."""
    return Figures(**{name: getattr(line, name) for name in FIGURE_NAMES})


#: What a correction has from the line it corrects.
COPIED = (
    "unit_id",
    "loop",
    "article_id",
    "category_key",
    "institution_id",
    "order_line_id",
    "factor_set_id",
    "own_factor",
    "own_epd",
    "documented",
    "answered",
)


def reversed_on(row: FigureLine | Charge, today: dt.date) -> dt.date:
    """The day a row is taken back: today, or its own where a fast clock booked it ahead of time.

    So the two come to nothing in every period.
    """
    return max(today, row.effective_on)


def _opposite_line(work: Work, line: FigureLine) -> FigureLine:
    return FigureLine(
        change_id=work.change_id,
        kind=LineKind.REVERSAL,
        corrects_id=line.id,
        effective_on=reversed_on(line, work.today),
        booked_at=work.now,
        price_paid_ore=-line.price_paid_ore,
        levy_ore=None if line.levy_ore is None else -line.levy_ore,
        inputs={},
        **{name: getattr(line, name) for name in COPIED},
        **figure_values(rules.reversal(stored_figures(line))),
    )


def _opposite_charge(work: Work, charge: Charge) -> Charge:
    elsewhere = costing_queries.charged_elsewhere
    if charge.kind == ChargeKind.FEE and (order := elsewhere(work.session, charge)):
        raise Refused(
            N_(
                "The fee of {number} was charged with this delivery, and more of the order has "
                "been delivered since. Undo the later delivery first."
            ),
            number=order,
        )
    return Charge(
        change_id=work.change_id,
        kind=ChargeKind.REVERSAL,
        corrects_id=charge.id,
        **_again(charge),
        amount_ore=-charge.amount_ore,
        effective_on=reversed_on(charge, work.today),
        booked_at=work.now,
    )


def _opposite_cost(work: Work, cost: UnitCost) -> UnitCost:
    return UnitCost(
        change_id=work.change_id,
        unit_id=cost.unit_id,
        loop=cost.loop,
        case_id=cost.case_id,
        case_task_id=cost.case_task_id,
        task_type_id=cost.task_type_id,
        count=-cost.count,
        minutes=-cost.minutes,
        labour_ore=-cost.labour_ore,
        parts_ore=-cost.parts_ore,
        co2e_kg=-cost.co2e_kg,
        co2e_low_kg=-cost.co2e_low_kg,
        co2e_high_kg=-cost.co2e_high_kg,
        renews=cost.renews,
        booked_on=work.today,
    )


undo.OPPOSITES["figure_line"] = _opposite_line
undo.OPPOSITES["charge"] = _opposite_charge
undo.OPPOSITES["unit_cost"] = _opposite_cost
