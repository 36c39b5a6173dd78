"""Why an order, or a part of it, ended before it was delivered, and on whose side that lay."""

from enum import StrEnum

from moebelcirkel.domain.errors import N_


class Party(StrEnum):
    """Who gave it up."""

    INSTITUTION = "institution"
    EXCHANGE = "exchange"


class Why(StrEnum):
    """The reasons to choose from; the value is what the database keeps."""

    NOT_NEEDED = "not_needed"
    FOUND_ELSEWHERE = "elsewhere"
    TOO_LATE = "too_late"
    MISTAKE = "mistake"
    BROKEN = "broken"
    NOT_FOUND = "not_found"
    NO_ROOM = "no_room"

    @property
    def party(self) -> Party:
        """On whose side it lay."""
        exchange = (Why.BROKEN, Why.NOT_FOUND, Why.NO_ROOM)
        return Party.EXCHANGE if self in exchange else Party.INSTITUTION

    @property
    def label(self) -> str:
        """English msgid."""
        return WHY_NAMES[self]


WHY_NAMES: dict[Why, str] = {
    Why.NOT_NEEDED: N_("Not needed after all"),
    Why.FOUND_ELSEWHERE: N_("Found elsewhere"),
    Why.TOO_LATE: N_("Would come too late"),
    Why.MISTAKE: N_("Ordered by mistake"),
    Why.BROKEN: N_("The piece is broken"),
    Why.NOT_FOUND: N_("The piece is not to be found"),
    Why.NO_ROOM: N_("Cannot be driven out in time"),
}


def reasons(party: Party) -> tuple[Why, ...]:
    """What this side can choose from."""
    return tuple(why for why in Why if why.party is party)
