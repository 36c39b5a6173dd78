"""Why an order, or a part of it, ended before it was delivered, and on whose side that lay."""

from enum import StrEnum

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode

#: Between why an order was refused and why some was left out of it before; in neither of them.
_BETWEEN = "\n\n"


class Party(StrEnum):
    """Who gave it up."""

    INSTITUTION = "institution"
    EXCHANGE = "exchange"


class Why(NamedCode):
    """The reasons to choose from; the value is what the database keeps."""

    NOT_NEEDED = "not_needed", N_("Not needed after all")
    FOUND_ELSEWHERE = "elsewhere", N_("Found elsewhere")
    TOO_LATE = "too_late", N_("Would come too late")
    MISTAKE = "mistake", N_("Ordered by mistake")
    BROKEN = "broken", N_("The piece is broken")
    NOT_FOUND = "not_found", N_("The piece is not to be found")
    NO_ROOM = "no_room", N_("Cannot be driven out in time")

    @property
    def party(self) -> Party:
        """On whose side it lay."""
        exchange = (Why.BROKEN, Why.NOT_FOUND, Why.NO_ROOM)
        return Party.EXCHANGE if self in exchange else Party.INSTITUTION


def reasons(party: Party) -> tuple[Why, ...]:
    """What this side can choose from."""
    return tuple(why for why in Why if why.party is party)


def refused_for(why: str, before: str) -> str:
    """Why an order was refused, and after it why some had been left out ``before``, as one text."""
    lines = "\n".join(line for line in why.splitlines() if line.strip())
    return f"{lines}{_BETWEEN}{before}" if before else why


def parts_of_refusal(kept: str) -> tuple[str, str]:
    """What ``refused_for`` made one text of, where some had been left out."""
    why, _between, before = kept.partition(_BETWEEN)
    return why, before
