"""What sending a basket leads to: sent and approved at once, or who has to approve it."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.orders import Needs, needs
from moebelcirkel.domain.roles import Action
from moebelcirkel.storage import order_queries
from moebelcirkel.storage.institutions import Institution
from moebelcirkel.storage.work import Session, load_parameter


@dataclass(frozen=True, slots=True)
class Sending:
    """The approval a basket needs, and who can give it.

    Where nobody can, ``ask`` names the administrators who can give someone the role.
    """

    needs: Needs
    limit_ore: int
    leads: bool
    approvers: tuple[str, ...]
    ask: tuple[str, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether anybody can approve it."""
        return self.needs is Needs.NOTHING or bool(self.approvers)


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
) -> Sending:
    """What happens when this sender sends for so much; ``leads``: may approve there themself."""
    limit = limit_of(session, institution)
    needed = needs(total_ore, limit, leads=leads)
    if needed is Needs.NOTHING:
        return Sending(needed, limit, leads, ())
    action = Action.APPROVE if needed is Needs.LEADER else Action.APPROVE_ABOVE
    names = order_queries.people_who_may(session, action, institution.id, sender_id)
    ask = [] if names else order_queries.people_who_may(session, Action.USERS, None, None)
    return Sending(needed, limit, leads, tuple(names), tuple(ask))


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
