"""What a batch of registered pieces is, and whether it stands."""

from enum import StrEnum


class IntakeKind(StrEnum):
    """Pieces seen for the first time, or pieces that came back."""

    INTAKE = "intake"
    RETURN = "return"


class BatchState(StrEnum):
    """A batch that was undone keeps its number and its pieces, all of them void."""

    ACTIVE = "active"
    VOID = "void"
