"""Where a case of the workshop is on its way."""

from enum import StrEnum


class Stage(StrEnum):
    """A column of the workshop's board, or where a case went from it."""

    ASSESS = "assess"
    WAITING = "waiting"
    WORKING = "working"
    TESTING = "testing"
    READY = "ready"
    CLOSED = "closed"
    VOID = "void"


#: Where work is still to be done.
OPEN_STAGES = (Stage.ASSESS, Stage.WAITING, Stage.WORKING, Stage.TESTING)
#: The columns of the board.
BOARD = (*OPEN_STAGES, Stage.READY)
