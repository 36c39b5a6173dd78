"""Who may do what: one table of role x action x scope, read by every service.

The administrator's page prints this table; a test holds every service against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from moebelcirkel.domain.errors import N_


class Role(StrEnum):
    """The hats a person can wear; one person may wear several, each for some institutions."""

    EMPLOYEE = "employee"
    LEADER = "leader"
    APPROVER = "approver"
    WAREHOUSE = "warehouse"
    WORKSHOP = "workshop"
    CONTROLLER = "controller"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: dict[Role, str] = {
    Role.EMPLOYEE: N_("Employee"),
    Role.LEADER: N_("Leader"),
    Role.APPROVER: N_("Approver"),
    Role.WAREHOUSE: N_("Warehouse"),
    Role.WORKSHOP: N_("Workshop"),
    Role.CONTROLLER: N_("Controller"),
    Role.ADMINISTRATOR: N_("Administrator"),
}


class Action(StrEnum):
    """What a service lets someone do."""

    SHOP = "shop"
    ORDER = "order"
    ORDER_VIEW = "order_view"
    APPROVE = "approve"
    APPROVE_ABOVE = "approve_above"
    HAND_IN = "hand_in"
    PICKUP = "pickup"
    INTAKE = "intake"
    STOCK_VIEW = "stock_view"
    STOCK = "stock"
    SALE = "sale"
    SCRAP = "scrap"
    ARTICLE = "article"
    NEW_PRICE = "new_price"
    CASE = "case"
    PICK = "pick"
    HAND_OVER = "hand_over"
    RETURN = "return"
    OVERVIEW = "overview"
    REPORT = "report"
    SETTLE = "settle"
    IMPORT = "import"
    SETTINGS = "settings"
    FACTORS = "factors"
    RATES = "rates"
    USERS = "users"
    HISTORY = "history"
    CHECK = "check"


ACTION_NAMES: dict[Action, str] = {
    Action.SHOP: N_("Find furniture and fill the basket"),
    Action.ORDER: N_("Send and cancel orders"),
    Action.ORDER_VIEW: N_("See orders"),
    Action.APPROVE: N_("Approve employees' orders up to the limit"),
    Action.APPROVE_ABOVE: N_("Approve orders above the limit"),
    Action.HAND_IN: N_("Report furniture to be fetched"),
    Action.PICKUP: N_("Accept and plan pickups"),
    Action.INTAKE: N_("Receive and register furniture"),
    Action.STOCK_VIEW: N_("See the stock"),
    Action.STOCK: N_("Move furniture and correct its details"),
    Action.SALE: N_("Put on sale and set prices"),
    Action.SCRAP: N_("Scrap furniture"),
    Action.ARTICLE: N_("Make and correct furniture types"),
    Action.NEW_PRICE: N_("Correct new prices"),
    Action.CASE: N_("Work on workshop cases"),
    Action.PICK: N_("Pick orders"),
    Action.HAND_OVER: N_("Hand over"),
    Action.RETURN: N_("Take furniture back"),
    Action.OVERVIEW: N_("See key figures"),
    Action.REPORT: N_("Print savings reports"),
    Action.SETTLE: N_("Settle charges with finance"),
    Action.IMPORT: N_("Import files"),
    Action.SETTINGS: N_("Change settings and registers"),
    Action.FACTORS: N_("Change factor sets"),
    Action.RATES: N_("Confirm hour rates"),
    Action.USERS: N_("Change users and roles"),
    Action.HISTORY: N_("See the history"),
    Action.CHECK: N_("Check the figures"),
}


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
