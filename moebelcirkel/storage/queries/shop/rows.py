"""What the shop's queries find."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain.facts import ShopFacts


@dataclass(frozen=True, slots=True)
class CardFound:
    """A card as it is found: its count, and the piece that would be taken next.

    The price is empty only where what is on sale has none.
    """

    article_id: int
    condition: str
    price_ore: int | None
    available: int
    refurbished: bool
    first_unit_id: int


@dataclass(frozen=True, slots=True)
class CardRow:
    """What a card shows of its type and of the piece that would be taken next."""

    first_unit_id: int
    category_key: str
    ecolabel: str
    colour: str
    name: str
    maker: str
    model: str
    weight_g: int | None
    new_price_ore: int | None
    new_price_on: dt.date | None
    new_price_source: str
    epd_kg: Decimal | None
    epd_source: str
    loop: int
    life_left: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cards and pieces there are that are the same in all that filters count.

    ``hands`` says how many people carry it.
    """

    category_key: str
    ecolabel: str
    colour: str
    size_mark: str
    hands: str
    condition: str
    cards: int
    available: int


@dataclass(frozen=True, slots=True)
class NotOnSale:
    """How many pieces of what was asked for cannot be had now, and where they are.

    ``free`` could be had but for a filter of condition, price or number; ``held`` lie in other
    baskets; ``ordered`` are on their way out and ``coming`` on their way to the shop.
    """

    free: int
    held: int
    ordered: int
    coming: int


@dataclass(frozen=True, slots=True)
class CategoryName:
    """A category and its group, in both languages."""

    key: str
    name_da: str
    name_en: str
    group_key: str
    group_da: str
    group_en: str
    group_order: int


@dataclass(frozen=True, slots=True)
class Named:
    """The piece that a label or another code belongs to."""

    id: int
    number: str
    state: str
    article_id: int
    condition: str
    price_ore: int | None
    article: str


@dataclass(frozen=True, slots=True)
class FreePiece(ShopFacts):
    """A single free piece of a card."""

    id: int
    number: str
    refurbished: bool
    loop: int


@dataclass(frozen=True, slots=True)
class OutRow:
    """A card with what other systems are told of it."""

    article_id: int
    condition: str
    price_ore: int
    available: int
    refurbished: int
    name: str
    maker: str
    model: str
    colour: str
    ecolabel: str
    size_mark: str
    width_mm: int | None
    depth_mm: int | None
    height_min_mm: int | None
    height_max_mm: int | None
    new_price_ore: int | None
    category_da: str
    category_en: str
    unspsc: str
    photo: str | None
