"""A worn chair of the example is taken apart, and its parts are in the shop."""

from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.services import stock
from moebelcirkel.services.stock import SparePart

#: What is taken apart, and what of it is still good: name, how many, price a piece.
CHAIR = "office_task_chair"
_PARTS = (SparePart("Armlæn til kontorstol", 2, 75_00), SparePart("Hjulsæt (5 stk.)", 1, 60_00))
PIECES = sum(part.count for part in _PARTS)


def take_apart(stage: DemoStage, unit_id: int, place_id: int) -> int:
    """How many parts there are now."""
    return len(stage.act("lager", stock.dismantle, unit_id, _PARTS, "B", place_id).numbers)
