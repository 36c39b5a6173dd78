"""The rows of "how the figures are worked out": each step of the formulas, unrounded.

The formulas: db/reference/METODE.md, section 2.1 for CO2e and section 3 for money.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum

from moebelcirkel.domain.conditions import BETTER_REASONS
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures.beside import avoided_levy_ore, co2_value_ore
from moebelcirkel.domain.figures.formulas import (
    credited_fee_ore,
    exact_co2,
    exact_money,
    hand_over,
    life_at_hand_over,
    transport_new_kg,
    transport_reuse_kg,
)
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.figures.life import PRECISION


class RowKind(StrEnum):
    """How the value of a row is to be shown."""

    KILOS = "kilos"
    SHARE = "share"
    ORE = "ore"


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """One step: ``label`` is an English msgid, text in ``values`` is a msgid as well.

    ``value`` is None where a factor is missing; ``high`` is set on the row that shows a range.
    """

    label: str
    kind: RowKind
    value: Decimal | None
    values: Mapping[str, str | Decimal] = field(default_factory=dict)
    high: Decimal | None = None
    strong: bool = False


def breakdown(inputs: FigureInputs) -> list[BreakdownRow]:
    """CO2e of a hand-over, step by step."""
    with localcontext(prec=PRECISION):
        result = exact_co2(inputs, life_at_hand_over(inputs))
        rows = [
            BreakdownRow(N_("New piece, production"), RowKind.KILOS, inputs.e_mid),
            BreakdownRow(
                N_("+ freight of a new one, {km} km"),
                RowKind.KILOS,
                transport_new_kg(inputs),
                {"km": inputs.km_new},
            ),
        ]
        if inputs.waste:
            waste = inputs.waste * inputs.mass_kg
            rows.append(BreakdownRow(N_("+ waste not burned"), RowKind.KILOS, waste))
        return [
            *rows,
            _share_row(inputs),
            _life_row(inputs),
            BreakdownRow(N_("− refurbishment"), RowKind.KILOS, -inputs.r_kg),
            BreakdownRow(
                N_("− transport, {km} km"),
                RowKind.KILOS,
                -transport_reuse_kg(inputs),
                {"km": inputs.km},
            ),
            BreakdownRow(
                N_("Avoided, net (estimate)"), RowKind.KILOS, result.get("net_g"), strong=True
            ),
            BreakdownRow(
                N_("Low–high"), RowKind.KILOS, result.get("low_g"), high=result.get("high_g")
            ),
            BreakdownRow(N_("Gross, for comparison"), RowKind.KILOS, result.get("gross_g")),
        ]


def money_breakdown(inputs: FigureInputs) -> list[BreakdownRow]:
    """Money of a hand-over, step by step, in øre excluding VAT."""
    with localcontext(prec=PRECISION):
        result = exact_money(inputs, life_at_hand_over(inputs))
        rows = [
            BreakdownRow(N_("New price"), RowKind.ORE, Decimal(inputs.new_price_ore)),
            _share_row(inputs),
            _cash_life_row(inputs),
            BreakdownRow(N_("− refurbishment"), RowKind.ORE, -Decimal(inputs.refurb_ore)),
            BreakdownRow(
                N_("− handling and transport"), RowKind.ORE, -Decimal(inputs.transport_ore)
            ),
        ]
        fee = credited_fee_ore(inputs)
        if fee:
            rows.append(BreakdownRow(N_("+ waste fee saved"), RowKind.ORE, fee))
        return [
            *rows,
            BreakdownRow(
                N_("Saved purchases (estimate), before running costs"),
                RowKind.ORE,
                result["cash_ore"],
                strong=True,
            ),
            BreakdownRow(
                N_("Adjusted for lifetime"), RowKind.ORE, result["lifetime_ore"], strong=True
            ),
        ]


def price_breakdown(inputs: FigureInputs, shadow_ore: int | None) -> list[BreakdownRow]:
    """Two prices of CO2e of a hand-over, each by itself and in none of the other rows."""
    found = []
    levy, net_g = avoided_levy_ore(inputs), hand_over(inputs).net_g
    if levy is not None:
        label = N_("By itself: avoided climate levy on new")
        found.append(BreakdownRow(label, RowKind.ORE, Decimal(levy)))
    if shadow_ore is not None and net_g is not None:
        value = Decimal(co2_value_ore(net_g, shadow_ore))
        label = N_("By itself: shadow value of net avoided CO₂e")
        found.append(BreakdownRow(label, RowKind.ORE, value))
    return found


def _share_row(inputs: FigureInputs) -> BreakdownRow:
    return BreakdownRow(
        N_("× share that replaces a new purchase ({answer})"),
        RowKind.SHARE,
        inputs.d,
        {"answer": inputs.answer.label},
    )


def _cash_life_row(inputs: FigureInputs) -> BreakdownRow:
    if inputs.loan_days is not None:
        return _life_row(inputs)
    return BreakdownRow(N_("× life not yet credited"), RowKind.SHARE, inputs.life_left)


def _life_row(inputs: FigureInputs) -> BreakdownRow:
    """L with what decided it: a loan's days, earlier periods, a task that renews, or condition."""
    if inputs.loan_days is not None:
        return BreakdownRow(
            N_("× life that {days} days on loan use"),
            RowKind.SHARE,
            inputs.l,
            {"days": Decimal(inputs.loan_days)},
        )
    if inputs.l < inputs.base_l:
        return BreakdownRow(N_("× life left (after earlier periods)"), RowKind.SHARE, inputs.l)
    if inputs.renewed:
        return BreakdownRow(N_("× life left (renewed)"), RowKind.SHARE, inputs.l)
    if inputs.condition_reason in BETTER_REASONS:
        return BreakdownRow(
            N_("× life left (condition {condition}: {reason})"),
            RowKind.SHARE,
            inputs.l,
            {
                "condition": inputs.condition.value,
                "reason": BETTER_REASONS[inputs.condition_reason],
            },
        )
    return BreakdownRow(
        N_("× life left (condition {condition})"),
        RowKind.SHARE,
        inputs.l,
        {"condition": inputs.condition.value},
    )
