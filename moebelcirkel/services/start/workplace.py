"""Who is at work, as the window shows it: the main role and the institution it is tied to."""

from dataclasses import dataclass

from moebelcirkel.domain.roles import Role
from moebelcirkel.services.context import Context
from moebelcirkel.services.start import getting_started
from moebelcirkel.services.start.first_look import Owner
from moebelcirkel.storage.queries import users as user_queries

#: Which role a person with several is shown by: the one with most to do on screen comes first.
_ORDER = (
    Role.LEADER,
    Role.WAREHOUSE,
    Role.WORKSHOP,
    Role.CONTROLLER,
    Role.APPROVER,
    Role.EMPLOYEE,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True, slots=True)
class Workplace:
    """``role`` is an English msgid; ``institution`` is empty for roles that reach all.

    ``begun`` is false until the first piece was registered.
    """

    role: str
    institution: str
    begun: bool = True


def workplace(context: Context) -> Workplace:
    """The actor's main role and institution, and whether the work has begun."""
    role, name = _role_and_institution(context)
    return Workplace(role, name, getting_started.has_begun(context))


def _role_and_institution(context: Context) -> tuple[str, str]:
    grants = context.actor.grants or frozenset()
    for role in _ORDER:
        own = sorted(
            (grant for grant in grants if grant.role is role), key=lambda g: g.institution_id or 0
        )
        if not own:
            continue
        places = {grant.institution_id for grant in own}
        name = ""
        if None not in places:
            with context.read() as session:
                name = user_queries.name_of_one(session, places)
        return role.label, name
    return "", ""


def owner(context: Context) -> Owner:
    """What the log-in page says about the database."""
    return Owner(str(context.parameter("municipality")), bool(context.parameter("demo")))
