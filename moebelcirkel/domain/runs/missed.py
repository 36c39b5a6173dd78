"""Why a stop of a run was not done."""

from enum import StrEnum

from moebelcirkel.domain.errors import N_


class Missed(StrEnum):
    """The reasons to choose from; the value is what the database keeps."""

    NOBODY = "nobody"
    NO_WAY_IN = "no_way_in"
    NOT_READY = "not_ready"
    NO_ROOM = "no_room"
    NO_TIME = "no_time"
    OTHER = "other"


MISSED_NAMES: dict[Missed, str] = {
    Missed.NOBODY: N_("Nobody was there"),
    Missed.NO_WAY_IN: N_("No way in"),
    Missed.NOT_READY: N_("It was not ready"),
    Missed.NO_ROOM: N_("No room on the van"),
    Missed.NO_TIME: N_("No time"),
    Missed.OTHER: N_("Another reason"),
}
