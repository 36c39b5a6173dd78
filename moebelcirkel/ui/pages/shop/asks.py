"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import services
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.shop import Query

if TYPE_CHECKING:
    from moebelcirkel.domain.orders import Way, Wishes
    from moebelcirkel.services.context import Context, Done, Pieces
    from moebelcirkel.services.orders import OrderSent
    from moebelcirkel.services.shop import BasketView, CardDetail, CardKey, Found, InstitutionChoice


@dataclass(frozen=True, slots=True)
class Touched:
    """What changed in the basket; Ctrl+Z takes a hold back, but no answer and no renewal."""

    kinds: frozenset[str]
    change_id: int | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """All the page shows, read on one snapshot of time."""

    institutions: list[InstitutionChoice]
    institution_id: int | None
    found: Found
    basket: BasketView | None


def everything(context: Context, query: Query, institution_id: int | None) -> Everything:
    """The list and the basket of the institution, or of the first one may order for."""
    known = services.shop.institutions(context)
    ids = [each.id for each in known]
    chosen = institution_id if institution_id in ids else (ids[0] if ids else None)
    found = services.shop.search(context, query, chosen)
    return Everything(
        known, chosen, found, None if chosen is None else services.shop.basket(context, chosen)
    )


def search(context: Context, query: Query, institution_id: int | None, offset: int = 0) -> Found:
    """One page of the list."""
    return services.shop.search(context, query, institution_id, offset=offset)


def card(context: Context, key: CardKey, institution_id: int | None, within: Query) -> CardDetail:
    """One card opened."""
    return services.shop.card(context, key, institution_id, within)


def hold(
    context: Context,
    institution_id: int,
    key: CardKey,
    count: int,
    exactly: Sequence[int] | None,
    within: Query,
) -> Done:
    """Put pieces into the basket."""
    return services.shop.hold(context, institution_id, key, count, exactly, within)


def release(context: Context, institution_id: int, unit_ids: Sequence[int]) -> Pieces:
    """Take pieces out of it."""
    return services.shop.release(context, institution_id, unit_ids)


def extend(context: Context, institution_id: int) -> Done:
    """Hold all of it anew."""
    return services.shop.extend(context, institution_id)


def forget_gone(context: Context, institution_id: int) -> Done:
    """Go on without what others took."""
    return services.shop.forget_gone(context, institution_id)


def answer(
    context: Context, institution_id: int, given: Answer | None, unit_ids: Sequence[int] | None
) -> Done:
    """Answer the one question."""
    return services.shop.set_answer(context, institution_id, given, unit_ids)


def payer(context: Context, institution_id: int, cost_bearer_id: int) -> Done:
    """Choose the account that pays."""
    return services.shop.set_cost_bearer(context, institution_id, cost_bearer_id)


def loan(context: Context, institution_id: int, until: dt.date | None) -> Done:
    """Make it a loan until a day, or have it for good."""
    return services.shop.set_loan(context, institution_id, until)


def send(context: Context, institution_id: int, note: str, wishes: Wishes, way: Way) -> OrderSent:
    """Turn the basket into an order that comes this way, for the fee that was shown."""
    return services.orders.send(context, institution_id, note, wishes, way.pace, way.fee_ore)
