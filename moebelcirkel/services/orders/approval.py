"""What sending a basket leads to: sent and approved at once, or who has to approve it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.orders import AGAIN_DAYS, ApprovalAsked, Needs, deciders, needs, own_limit
from moebelcirkel.domain.roles import Action
from moebelcirkel.storage.queries import approvals as approval_queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries.orders import TakenOut
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import ZONE, Session, Work, load_parameter


@dataclass(frozen=True, slots=True)
class Sending:
    """The approval a basket needs, and who can give it; amounts in øre.

    Where nobody can, ``ask`` names the administrators who can give someone the role. ``over_ore``
    is by how much it passes a budget ceiling, which needs an approver whatever the limit; so does
    what an approver left out of the sender's orders of late, which ``again`` names.
    """

    needs: Needs
    limit_ore: int
    leads: bool
    approvers: tuple[str, ...]
    ask: tuple[str, ...] = ()
    total_ore: int = 0
    earlier_ore: int = 0
    days: int = 0
    over_ore: int = 0
    again: tuple[TakenOut, ...] = ()

    @property
    def together_ore(self) -> int:
        """What this and the institution's other orders of the last ``days`` come to."""
        return self.total_ore + self.earlier_ore

    @property
    def counts_together(self) -> bool:
        """Whether the other orders matter: this one alone would be within the limit."""
        return bool(self.earlier_ore) and 0 < self.total_ore <= self.limit_ore

    @property
    def possible(self) -> bool:
        """Whether anybody can approve it."""
        return self.needs is Needs.NOTHING or bool(self.approvers)


def orderer(work: Work, institution_id: int) -> Institution:
    """The institution that orders; one that was closed or deleted meanwhile orders nothing more."""
    institution = work.get(Institution, institution_id)
    if not institution.active:
        raise Refused(
            N_("{institution} is not in use any more, so nothing can be ordered for it."),
            institution=institution.name,
        )
    return institution


def limit_of(session: Session, institution: Institution) -> int:
    """The institution's own limit, or the municipality's."""
    if institution.limit_ore is not None:
        return institution.limit_ore
    return int(load_parameter(session, "default_limit_ore"))


def sending(
    session: Session,
    institution: Institution,
    total_ore: int,
    sender_id: int | None,
    *,
    leads: bool,
    now: dt.datetime,
    but: int | None = None,
    over_ore: int = 0,
    articles: Collection[int],
) -> Sending:
    """What happens when this sender sends for so much; ``leads``: may approve there themself.

    ``but`` is an order that is itself what is sent.
    """
    days = int(load_parameter(session, "limit_days"))
    since = now - dt.timedelta(days=days)
    earlier, own = order_queries.sent_without_approver(
        session, institution.id, since, but, sender_id
    )
    limit = own_limit(limit_of(session, institution), own)
    again = left_out_of_late(session, institution.id, sender_id, articles, now)
    needed = needs(
        total_ore, limit, leads=leads, earlier_ore=earlier, over_ore=over_ore, again=bool(again)
    )
    amounts = (total_ore, earlier, days, over_ore, again)
    if needed is Needs.NOTHING:
        return Sending(needed, limit, leads, (), (), *amounts)
    asked = ApprovalAsked(institution.id, sender_id, needed, total_ore)
    people = deciders(approval_queries.stands(session, now.astimezone(ZONE).date()), asked)
    names = [stand.name for stand in people]
    ask = [] if names else approval_queries.people_who_may(session, Action.USERS, None, None)
    return Sending(needed, limit, leads, tuple(names), tuple(ask), *amounts)


def left_out_of_late(
    session: Session,
    institution_id: int,
    sender_id: int | None,
    articles: Collection[int],
    at: dt.datetime,
) -> tuple[TakenOut, ...]:
    """What an approver had left out of the sender's orders, of types that are ordered again."""
    since = at - dt.timedelta(days=AGAIN_DAYS)
    return order_queries.taken_out(session, institution_id, sender_id, articles, since, at)


def refuse_impossible(sending: Sending, institution: Institution) -> None:
    """An order nobody can approve would keep its furniture for ever."""
    if sending.possible:
        return
    if sending.ask:
        raise Refused(
            N_("Nobody can approve this for {institution}. Ask {names} to give someone the role."),
            institution=institution.name,
            names=", ".join(sending.ask),
        )
    raise Refused(
        N_("Nobody can approve this for {institution}. Ask an administrator to give the role."),
        institution=institution.name,
    )
