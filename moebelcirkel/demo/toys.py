"""Toys of the example, on sale: for which age, whether all of it is there, and clean."""

from collections.abc import Sequence

from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.taste import suits
from moebelcirkel.services import intake
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.intake import Batch, Part

CATEGORY = "toys_box"
#: Name, how many boxes, for which age, whether it is complete, and cleaned.
_BOXES: tuple[tuple[str, int, str, bool, bool | None], ...] = (
    ("Byggeklodser i træ", 3, "3-5", True, True),
    ("Puslespil og spil", 2, "6-9", False, True),
    ("Rangler og stofdyr", 1, "0-2", True, None),
)
#: They come with types of their own, beside those that are asked for.
NAMES = tuple(name for name, *_known in _BOXES)
PIECES = sum(count for _name, count, *_known in _BOXES)


def come(stage: DemoStage, givers: Sequence[Customer], place_id: int, room: int) -> int:
    """How many came of who has such, which is none where there is no room for all of them."""
    giver = next((each for each in givers if suits(each.kind, CATEGORY)), None)
    if giver is None or room < PIECES:
        return 0
    for name, count, age, complete, cleaned in _BOXES:
        batch = Batch(
            parts=[Part("B", count, "sale", place_id)],
            giver_id=giver.id,
            new_article=ArticleValues(name=name, category_key=CATEGORY),
            toy_age=age,
            toy_complete=complete,
            toy_cleaned=cleaned,
        )
        stage.act("lager", intake.register, batch)
    return PIECES
