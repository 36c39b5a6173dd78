"""A piece is taken apart: what of it is still good becomes spare parts in stock.

A part is a piece like any other, of a type among the spare parts, which have no CO2e factor: it has
a label, stands on a shelf, is ordered, picked and charged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.fields import Fields, required_text, whole_number
from moebelcirkel.domain.labels import label_number
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.prices import checked_price
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.stock.handling import book_gone, refuse_held, refuse_ordered
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit

#: Kinds of parts that one piece gives, and how many of each.
MOST_KINDS = 3
MOST_OF_A_KIND = 50


@dataclass(frozen=True, slots=True)
class SparePart:
    """What is taken from a piece: its name, how many, and what each costs; 0 is legal."""

    name: str
    count: int = 1
    price_ore: int | None = None


@dataclass(frozen=True, slots=True)
class Dismantled(Done):
    """The piece that is gone, and the parts it left."""

    unit_id: int
    part_ids: tuple[int, ...]
    numbers: tuple[str, ...]


@writes("unit.dismantle", Action.SCRAP)
def dismantle(
    work: Work, unit_id: int, parts: Sequence[SparePart], condition: str, place_id: int
) -> Dismantled:
    """Take one piece apart; what was spent on it is booked the same day."""
    [unit] = work.rows(Unit, [unit_id])
    refuse_held(work, [unit])
    refuse_ordered(work, [unit])
    _check(parts, condition)
    place = work.choose(Place, place_id)
    unit.state = apply(Step.DISMANTLE, unit.state, unit.number)
    unit.place_id, unit.listed_at = None, None
    book_gone(work, [unit])
    rows = _rows(work, unit, parts, {"condition": Condition(condition), "place_id": place.id})
    ids = work.bulk_insert(Unit, rows)
    return Dismantled(
        unit_id=unit.id, part_ids=tuple(ids), numbers=tuple(row["number"] for row in rows)
    )


def _check(parts: Sequence[SparePart], condition: str) -> None:
    fields = Fields()
    if not 1 <= len(parts) <= MOST_KINDS:
        fields.wrong("part0", Refused(N_("Write at least one part that is still good.")))
    if condition not in set(Condition):
        fields.wrong("condition", Refused(N_("Choose a condition.")))
    for at, part in enumerate(parts):
        with fields.field(f"part{at}"):
            required_text(part.name, limits.ARTICLE_NAME)
        with fields.field(f"count{at}"):
            whole_number(part.count, 1, MOST_OF_A_KIND)
        with fields.field(f"price{at}"):
            if part.price_ore is None:
                raise Refused(N_("Write what each costs; 0 kr. is allowed."))
            checked_price(part.price_ore)
    fields.finish()


def _rows(
    work: Work, unit: Unit, parts: Sequence[SparePart], shared: dict[str, Any]
) -> list[dict[str, Any]]:
    """Nobody gave the parts: what came in is the piece they are of, which their note names."""
    on_sale = work.allows(Action.SALE)
    shared |= {
        "state": State.LISTED if on_sale else State.RECEIVED,
        "listed_at": work.now if on_sale else None,
        "received_on": work.today,
        "note": unit.number,
        "taken_from_id": unit.id,
    }
    serial = work.next_number("unit", sum(part.count for part in parts))
    prefix = str(work.parameter("label_prefix"))
    rows = []
    for part in parts:
        kind = {**shared, "article_id": _type(work, part.name).id, "price_ore": part.price_ore}
        for _ in range(part.count):
            rows.append({**kind, "serial": serial, "number": label_number(prefix, serial)})
            serial += 1
    return rows


def _type(work: Work, name: str) -> Article:
    """The type of the part: the one that is called so, else a new one."""
    wanted = required_text(name, limits.ARTICLE_NAME)
    for article in article_queries.of_category(work.session, SPARE_PART):
        if article.name.casefold() == wanted.casefold():
            return article
    return articles.create(work, ArticleValues(name=wanted, category_key=SPARE_PART))
