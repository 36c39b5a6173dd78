"""What an empty program still lacks before the first piece is registered."""

from dataclasses import dataclass

from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import getting_started as getting_started_queries
from moebelcirkel.storage.queries.getting_started import Counts


@dataclass(frozen=True, slots=True)
class SetupState:
    """How far the setting up is: the municipality's name and number, and what is registered.

    ``copies`` is the folder they go to; ``None`` where a server sees to them.
    """

    municipality: str
    cvr: str
    counts: Counts
    copies: str | None = None


def state(context: Context) -> SetupState:
    """What is there already; for administrators."""
    context.require(Action.SETTINGS)
    with context.read() as session:
        counts = getting_started_queries.counts(session)
    return SetupState(
        str(context.parameter("municipality")),
        str(context.parameter("municipality_cvr")),
        counts,
        str(context.parameter("copies_folder")) if context.database.is_sqlite else None,
    )


def has_begun(context: Context) -> bool:
    """Whether any piece was ever registered: then nobody needs to be led any more."""
    with context.read() as session:
        return getting_started_queries.any_units(session)
