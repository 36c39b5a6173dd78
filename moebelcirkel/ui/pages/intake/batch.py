"""From the form's values to the batch the service takes, and its refusals back to the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.fire import FireTest

if TYPE_CHECKING:
    from moebelcirkel.services.intake import Batch

#: Which field of the form shows what the services say of a column.
FIELD_OF = {
    "parts": "counts",
    "article": "type",
    "name": "type",
    "category_key": "category",
    "acquired_year": "year",
    "new_price_ore": "price",
    "new_price_on": "price_on",
    "new_price_source": "source",
    "width_mm": "measures",
    "depth_mm": "measures",
    "height_min_mm": "measures",
    "height_max_mm": "measures",
}


def make_batch(values: Mapping[str, Any], targets: Mapping[str, Any], giver: int | None) -> Batch:
    """The batch of a filled-in form."""
    from moebelcirkel.services.intake import Batch, Part

    parts = [
        Part(letter, count, targets[letter], _place(targets[letter], values["place"]))
        for letter, count in values["counts"].items()
        if count
    ]
    known = values["type"].key
    return Batch(
        parts=parts,
        giver_id=giver,
        article_id=known,
        new_article=None if known is not None else _article(values),
        pictures=values["pictures"],
        note=values["note"],
        acquired_year=values["year"],
        fire_tested=FireTest(values["fire_tested"]).tested,
    )


def _place(target: str, place: int | None) -> int | None:
    """What goes to the workshop stands there, not on the shelf."""
    return None if target == "workshop" else place


def _article(values: Mapping[str, Any]) -> Any:
    from moebelcirkel.services.articles.values import ArticleValues

    measures = values["measures"]
    return ArticleValues(
        name=values["type"].text,
        category_key=values["category"] or "",
        width_mm=measures.width_mm,
        depth_mm=measures.depth_mm,
        height_min_mm=measures.height_min_mm,
        height_max_mm=measures.height_max_mm,
        colour=values["colour"].text,
        ecolabel=values["ecolabel"] or "",
        new_price_ore=values["price"],
        new_price_source=values["source"],
        new_price_on=values["price_on"],
    )


def by_field(error: Refused) -> Refused:
    """The same refusal, with the names of this form's fields."""
    if not isinstance(error, Invalid):
        return error
    renamed: dict[str, Refused] = {}
    for name, each in error.errors.items():
        renamed.setdefault(FIELD_OF.get(name, name), each)
    return Invalid(renamed)
