"""Where a delivery note is on its way."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """Printed, handed over, or taken back before that."""

    PREPARED = "prepared"
    HANDED = "handed"
    VOID = "void"
