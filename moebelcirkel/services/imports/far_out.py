"""New prices far from what their categories cost: a decimal sign or a currency was misread."""

import datetime as dt

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.prices import is_far_out
from moebelcirkel.language import kroner
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.work import Session


class FarOut:
    """Knows what the furniture of each category costs new on a day."""

    def __init__(self, session: Session, today: dt.date) -> None:
        chosen = costing_queries.factor_set_on(session, today)
        self._factors = costing_queries.factors_of(session, chosen.id)

    def refusal(self, category_key: str, price_ore: int | None) -> Refused | None:
        """Why a price cannot be right, unless somebody says that it is."""
        factor = self._factors.get(category_key)
        if factor is None or price_ore is None:
            return None
        low, high = factor.new_price_low_ore, factor.new_price_high_ore
        if low is None or high is None or not is_far_out(price_ore, low, high):
            return None
        return Refused(
            N_(
                "{price} without VAT is far from what such furniture costs new ({low} to {high})."
                " Check the decimal sign and the currency."
            ),
            price=kroner(price_ore),
            low=kroner(low),
            high=kroner(high),
        )
