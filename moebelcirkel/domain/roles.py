"""Who may do what: one table of role x action x scope, read by every service.

The administrator's page prints this table; a test holds every service against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Role(NamedCode):
    """The hats a person can wear; one person may wear several, each for some institutions."""

    EMPLOYEE = "employee", N_("Employee")
    LEADER = "leader", N_("Leader")
    APPROVER = "approver", N_("Approver")
    WAREHOUSE = "warehouse", N_("Warehouse")
    WORKSHOP = "workshop", N_("Workshop")
    CONTROLLER = "controller", N_("Controller")
    ADMINISTRATOR = "administrator", N_("Administrator")


class Action(NamedCode):
    """What a service lets someone do."""

    SHOP = "shop", N_("Find furniture and fill the basket")
    ORDER = "order", N_("Send and cancel orders")
    ORDER_VIEW = "order_view", N_("See orders")
    APPROVE = "approve", N_("Approve employees' orders up to the limit")
    APPROVE_ABOVE = "approve_above", N_("Approve orders above the limit")
    HAND_IN = "hand_in", N_("Report furniture to be fetched")
    PICKUP = "pickup", N_("Accept and plan pickups")
    INTAKE = "intake", N_("Receive and register furniture")
    STOCK_VIEW = "stock_view", N_("See the stock")
    STOCK = "stock", N_("Move furniture and correct its details")
    SALE = "sale", N_("Put on sale and set prices")
    SCRAP = "scrap", N_("Scrap furniture")
    ARTICLE = "article", N_("Make and correct furniture types")
    NEW_PRICE = "new_price", N_("Correct new prices")
    CASE = "case", N_("Work on workshop cases")
    PICK = "pick", N_("Pick orders")
    HAND_OVER = "hand_over", N_("Hand over")
    RETURN = "return", N_("Take furniture back")
    OVERVIEW = "overview", N_("See key figures")
    REPORT = "report", N_("Print savings reports")
    SETTLE = "settle", N_("Settle charges with finance")
    IMPORT = "import", N_("Import files")
    SETTINGS = "settings", N_("Change settings and registers")
    FACTORS = "factors", N_("Change factor sets")
    RATES = "rates", N_("Confirm hour rates")
    USERS = "users", N_("Change users and roles")
    HISTORY = "history", N_("See the history")
    CHECK = "check", N_("Check the figures")


class Scope(StrEnum):
    """How far a right reaches: the institutions tied to the role, or all of them."""

    OWN = "own"
    ALL = "all"


MATRIX: dict[Role, dict[Action, Scope]] = {
    Role.EMPLOYEE: {
        Action.SHOP: Scope.OWN,
        Action.ORDER: Scope.OWN,
        Action.ORDER_VIEW: Scope.OWN,
        Action.HAND_IN: Scope.OWN,
    },
    Role.LEADER: {
        Action.SHOP: Scope.OWN,
        Action.ORDER: Scope.OWN,
        Action.ORDER_VIEW: Scope.OWN,
        Action.HAND_IN: Scope.OWN,
        Action.APPROVE: Scope.OWN,
        Action.OVERVIEW: Scope.OWN,
        Action.REPORT: Scope.OWN,
    },
    Role.APPROVER: {
        Action.ORDER_VIEW: Scope.OWN,
        Action.HAND_IN: Scope.OWN,
        Action.APPROVE: Scope.OWN,
        Action.APPROVE_ABOVE: Scope.OWN,
    },
    Role.WAREHOUSE: {
        Action.SHOP: Scope.ALL,
        Action.ORDER_VIEW: Scope.ALL,
        Action.HAND_IN: Scope.ALL,
        Action.PICKUP: Scope.ALL,
        Action.INTAKE: Scope.ALL,
        Action.STOCK_VIEW: Scope.ALL,
        Action.STOCK: Scope.ALL,
        Action.SALE: Scope.ALL,
        Action.SCRAP: Scope.ALL,
        Action.ARTICLE: Scope.ALL,
        Action.NEW_PRICE: Scope.ALL,
        Action.CASE: Scope.ALL,
        Action.PICK: Scope.ALL,
        Action.HAND_OVER: Scope.ALL,
        Action.RETURN: Scope.ALL,
        Action.HISTORY: Scope.ALL,
    },
    Role.WORKSHOP: {
        Action.STOCK_VIEW: Scope.ALL,
        Action.CASE: Scope.ALL,
        Action.HISTORY: Scope.ALL,
    },
    Role.CONTROLLER: {
        Action.SHOP: Scope.ALL,
        Action.ORDER_VIEW: Scope.ALL,
        Action.STOCK_VIEW: Scope.ALL,
        Action.NEW_PRICE: Scope.ALL,
        Action.OVERVIEW: Scope.ALL,
        Action.REPORT: Scope.ALL,
        Action.SETTLE: Scope.ALL,
        Action.RATES: Scope.ALL,
        Action.HISTORY: Scope.ALL,
        Action.CHECK: Scope.ALL,
    },
    Role.ADMINISTRATOR: {
        Action.STOCK_VIEW: Scope.ALL,
        Action.ORDER_VIEW: Scope.ALL,
        Action.ARTICLE: Scope.ALL,
        Action.IMPORT: Scope.ALL,
        Action.SETTINGS: Scope.ALL,
        Action.FACTORS: Scope.ALL,
        Action.RATES: Scope.ALL,
        Action.USERS: Scope.ALL,
        Action.HISTORY: Scope.ALL,
        Action.CHECK: Scope.ALL,
    },
}

#: Roles that only make sense tied to one or more institutions.
INSTITUTION_ROLES = frozenset({Role.EMPLOYEE, Role.LEADER, Role.APPROVER})


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of one person, for one institution or (``None``) for all.

    ``for_id`` is in whose stead, where it is a deputy's.
    """

    role: Role
    institution_id: int | None = None
    for_id: int | None = None


def allows(grants: Iterable[Grant], action: Action, institution_id: int | None = None) -> bool:
    """Tell whether the grants allow the action, at all (no institution given) or there."""
    for grant in grants:
        scope = MATRIX[grant.role].get(action)
        if scope is None:
            continue
        if institution_id is None or scope is Scope.ALL or grant.institution_id is None:
            return True
        if grant.institution_id == institution_id:
            return True
    return False


def leads(grants: Iterable[Grant] | None, institution_id: int) -> bool:
    """Whether one's own orders there need no leader: by a role of one's own, never in a stead."""
    if grants is None:
        return True
    own = (grant for grant in grants if grant.for_id is None)
    return allows(own, Action.APPROVE, institution_id)


def stood_in_for(grants: Iterable[Grant] | None) -> bool:
    """Whether one has the role that deputies stand in for: of one's own, never in a stead."""
    return any(grant.role is Role.APPROVER and grant.for_id is None for grant in grants or ())


def institutions(grants: Iterable[Grant], action: Action) -> frozenset[int] | None:
    """The institutions an action reaches; ``None`` means all of them."""
    own: set[int] = set()
    for grant in grants:
        scope = MATRIX[grant.role].get(action)
        if scope is None:
            continue
        if scope is Scope.ALL or grant.institution_id is None:
            return None
        own.add(grant.institution_id)
    return frozenset(own)
