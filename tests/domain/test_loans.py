"""A loan credits the life of its planned days, and its return what the real days used."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain import loans
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.figures import hand_over, l_credited, lifetime_at_shares, returned
from moebelcirkel.domain.figures.breakdown import breakdown, money_breakdown
from moebelcirkel.domain.figures.inputs import FigureInputs, LifeTerms
from tests.domain.figure_cases import chair

SIXTY_DAYS = Decimal(60) / 365 / 15


def lent(days: int, **more: object) -> FigureInputs:
    """Example C's chair on loan: condition B, all its life left."""
    life = l_credited(Decimal("0.6"), Decimal(1), Decimal(15), days)
    return chair(loan_days=days, l=life, **more)


def test_a_chair_lent_for_sixty_days_has_not_saved_a_chair() -> None:
    figures = hand_over(lent(60))
    assert (figures.count, figures.new_value_ore) == (1, 335_000)
    # 0.5 x 60/365/15 x 3,350 kr. = 18.36 kr., in cash as in lifetime.
    assert figures.cash_ore == figures.lifetime_ore == 1_836
    # 0.5 x 0.010958904 x 73.561037 - 0.5 - 0.450576 kg
    assert figures.net_g == -548
    assert figures.cash_ore == round(Decimal("0.5") * SIXTY_DAYS * 335_000)


@pytest.mark.parametrize(("real", "life"), [(0, 0), (40, 40), (60, 60), (61, 61), (400, 400)])
def test_a_return_books_the_difference_to_the_real_days(real: int, life: int) -> None:
    planned = lent(60)
    correction, used = returned(planned, real)
    assert used == l_credited(Decimal("0.6"), Decimal(1), Decimal(15), life)
    ended = hand_over(planned) + correction
    assert abs(ended.cash_ore - hand_over(lent(life)).cash_ore) <= 1
    assert (correction.count, correction.new_value_ore, correction.gross_g) == (0, 0, 0)


def test_a_loan_never_uses_more_life_than_the_piece_has() -> None:
    used = returned(lent(60), 365 * 40)[1]
    assert used == Decimal("0.6")
    worn = l_credited(Decimal("0.6"), Decimal("0.001"), Decimal(15), 60)
    assert worn == Decimal("0.001")


def test_a_loan_is_never_the_end_of_a_life() -> None:
    fee = 60_000
    planned = lent(60, fee_ore_per_tonne=fee)
    assert hand_over(planned) == hand_over(lent(60))
    assert returned(planned, 70) == returned(lent(60), 70)


@given(st.integers(0, 366), st.integers(0, 3_000), st.integers(0, 60_000))
def test_a_sheet_says_of_a_loan_what_its_lines_say(planned: int, real: int, fee: int) -> None:
    inputs = lent(planned, fee_ore_per_tonne=fee)
    terms = LifeTerms.from_dict(inputs.as_dict())
    assert lifetime_at_shares(terms)[1] == hand_over(inputs).lifetime_ore
    assert lifetime_at_shares(terms, real)[1] == returned(inputs, real)[0].lifetime_ore
    assert FigureInputs.from_dict(inputs.as_dict()) == inputs


@given(st.integers(0, 366), st.integers(0, 3_000))
def test_the_bounds_hold_a_loan(planned: int, real: int) -> None:
    inputs = lent(planned)
    for figures in (hand_over(inputs), hand_over(inputs) + returned(inputs, real)[0]):
        assert None not in (figures.bound_low_g, figures.net_g, figures.bound_high_g)
        assert (figures.bound_low_g or 0) - 2 <= (figures.net_g or 0)
        assert (figures.net_g or 0) <= (figures.bound_high_g or 0) + 2


def test_inputs_of_what_is_no_loan_stay_as_they_were() -> None:
    assert "loan_days" not in chair().as_dict()
    with pytest.raises(ValueError, match="on loan"):
        chair(loan_days=-1)


def test_a_loan_says_how_its_figures_come_about() -> None:
    for rows in (breakdown(lent(60)), money_breakdown(lent(60))):
        said = [row for row in rows if "on loan" in row.label]
        assert [row.values for row in said] == [{"days": Decimal(60)}]


def test_days_and_price_of_a_loan() -> None:
    start = dt.date(2026, 11, 1)
    assert loans.days_between(start, dt.date(2026, 12, 31)) == 60
    assert loans.days_between(start, dt.date(2026, 10, 1)) == 0
    assert loans.price_ore(500, 60) == 30_000


@pytest.mark.parametrize("days", [-1, 0, loans.MOST_DAYS + 1])
def test_a_day_no_loan_ends_on(days: int) -> None:
    today = dt.date(2026, 11, 1)
    with pytest.raises(Refused) as caught:
        loans.check_until(today + dt.timedelta(days=days), today)
    assert caught.value.field == "loan"
