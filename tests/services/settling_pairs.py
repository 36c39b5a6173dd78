"""Pairs of writes of settling that rely on each other."""

from moebelcirkel.services import changes, settlement
from tests.services.beside import Call

SETTLING: tuple[tuple[Call, Call], ...] = (
    (
        Call(settlement.make, "controller", lambda day: (day["asked"],)),
        Call(settlement.make, "kasse", lambda day: (day["asked"],)),
    ),
    (
        Call(settlement.make, "controller", lambda day: (day["asked"],)),
        Call(changes.undo, "lager", lambda day: (day["hand_over"],)),
    ),
    (
        Call(settlement.release, "kasse", lambda day: (day["batch"], day["file"])),
        Call(settlement.withdraw, "controller", lambda day: (day["batch"],)),
    ),
    (
        Call(settlement.release, "kasse", lambda day: (day["batch"], day["file"])),
        Call(changes.undo, "controller", lambda day: (day["batch_made"],)),
    ),
    (
        Call(settlement.reverse, "controller", lambda day: (day["released"],)),
        Call(settlement.reverse, "kasse", lambda day: (day["released"],)),
    ),
    (
        Call(settlement.book, "controller", lambda day: (day["released"], "81-1")),
        Call(settlement.book, "kasse", lambda day: (day["released"], "81-2")),
    ),
)
