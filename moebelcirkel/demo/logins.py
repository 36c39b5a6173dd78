"""Who can log in to the example, and with what: light, as the log-in page shows it at once."""

from moebelcirkel.domain.roles import Role
from moebelcirkel.language import _

#: One for all example people; it is shown wherever the example is offered.
PASSWORD = "stol-bord-reol"
ADMIN = "admin"
#: Releases what the first controller has settled.
SECOND_CONTROLLER = "oekonomi2"

#: Logins that are told to whoever tries the example, with names and the roles they show.
LOGINS: dict[str, tuple[str, Role]] = {
    "lager": ("Bent Kallehave", Role.WAREHOUSE),
    "vaerksted": ("Sanne Rask", Role.WORKSHOP),
    "leder": ("Marianne Fjord", Role.LEADER),
    "medarbejder": ("Jonas Tang", Role.EMPLOYEE),
    "godkender": ("Poul Egeskov", Role.APPROVER),
    "oekonomi": ("Vibeke Noer", Role.CONTROLLER),
    SECOND_CONTROLLER: ("Karen Vang", Role.CONTROLLER),
}


def hint() -> str:
    """How to log in to the example."""
    return _("Log in as {logins}. The password is {password}").format(
        logins=", ".join((*LOGINS, ADMIN)), password=PASSWORD
    )
