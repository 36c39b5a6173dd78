"""The ways in which what is ordered can come, with what each costs and who approves it then."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.orders import Pace, Way
from moebelcirkel.services import ceilings
from moebelcirkel.services.ceilings import Used
from moebelcirkel.services.context import Context
from moebelcirkel.services.orders import approval as order_approval
from moebelcirkel.services.orders.approval import Sending
from moebelcirkel.services.orders.coming import ways
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class DeliveryOffer:
    """A way in which it can come, who approves it then, and what it draws on."""

    way: Way
    sending: Sending
    ceilings: tuple[Used, ...]


def offer_for(offers: Sequence[DeliveryOffer], pace: Pace) -> DeliveryOffer:
    """The one for a pace, or the usual, which is first."""
    return next((each for each in offers if each.way.pace is pace), offers[0])


def offers_of(
    session: Session,
    institution: Institution,
    context: Context,
    price_ore: int,
    adds: Mapping[str, int],
    opens: dt.date,
    *,
    leads: bool,
    articles: Collection[int],
) -> tuple[DeliveryOffer, ...]:
    """Each way it can come, with what its fee adds to the limit and to the ceilings drawn on."""
    found = []
    for way in ways(session, institution, price_ore, context.today(), opens):
        drawn = ceilings.with_fee(adds, way.fee_ore)
        used = ceilings.used(session, institution.id, context.today(), drawn)
        here = tuple(each for each in used if not each.name or each.standing.group in adds)
        sending = order_approval.sending(
            session,
            institution,
            price_ore + way.fee_ore,
            context.actor.user_id,
            leads=leads,
            now=context.now(),
            over_ore=ceilings.over_ore(here),
            articles=articles,
        )
        found.append(DeliveryOffer(way, sending, here))
    return tuple(found)
