"""Why a stop of a run was not done."""

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Missed(NamedCode):
    """The reasons to choose from; the value is what the database keeps."""

    NOBODY = "nobody", N_("Nobody was there")
    NO_WAY_IN = "no_way_in", N_("No way in")
    NOT_READY = "not_ready", N_("It was not ready")
    NO_ROOM = "no_room", N_("No room on the van")
    NO_TIME = "no_time", N_("No time")
    OTHER = "other", N_("Another reason")
