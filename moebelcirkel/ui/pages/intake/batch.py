"""From the form's values to the batch the service takes,."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from moebelcirkel.ui.parts.fact_fields import said

if TYPE_CHECKING:
    from moebelcirkel.services.intake import Batch


def make_batch(values: Mapping[str, Any], targets: Mapping[str, Any], giver: int | None) -> Batch:
    """The batch of a filled-in form."""
    from moebelcirkel.services.intake import Batch, Part

    parts = [
        Part(letter, count, targets[letter], _place(targets[letter], values["place"]))
        for letter, count in values["parts"].items()
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
        acquired_year=values["acquired_year"],
        **said(values),
    )


def _place(target: str, place: int | None) -> int | None:
    """What goes to the workshop stands there, not on the shelf."""
    return None if target == "workshop" else place


def _article(values: Mapping[str, Any]) -> Any:
    from moebelcirkel.services.articles.values import ArticleValues

    measures = values["measures"]
    return ArticleValues(
        name=values["type"].text,
        category_key=values["category_key"] or "",
        width_mm=measures.width_mm,
        depth_mm=measures.depth_mm,
        height_min_mm=measures.height_min_mm,
        height_max_mm=measures.height_max_mm,
        colour=values["colour"].text,
        ecolabel=values["ecolabel"] or "",
        new_price_ore=values["new_price_ore"],
        new_price_source=values["new_price_source"],
        new_price_on=values["new_price_on"],
    )
