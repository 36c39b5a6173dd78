"""A set of alike pieces: of one type where there are enough, else over types near alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.fold import fold
from moebelcirkel.domain.shop.colours import COLOURS, colour_group
from moebelcirkel.domain.shop.query import Query, Span

#: Measures that differ by less look the same round a table.
TOLERANCE_MM = 30


@dataclass(frozen=True, slots=True)
class Member:
    """Alike pieces of one type that can be had; measures in mm."""

    article_id: int
    name: str
    category_key: str
    colour: str
    condition: str
    price_ore: int
    count: int
    width_mm: int | None = None
    depth_mm: int | None = None
    height_mm: int | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """So many of each member make the set; ``missing`` are to be found elsewhere.

    ``differ`` names what is not the same in all, of "type", "condition", "colour", "measures" and
    "price".
    """

    members: tuple[tuple[Member, int], ...]
    missing: int
    differ: tuple[str, ...]


def near(one: Member, other: Member) -> bool:
    """Whether two look alike: category, colour group, and known measures within a tolerance."""
    if one.category_key != other.category_key:
        return False
    if colour_group(one.colour) != colour_group(other.colour):
        return False
    pairs = zip(_measures(one), _measures(other), strict=True)
    return all(a is None or b is None or abs(a - b) <= TOLERANCE_MM for a, b in pairs)


def alike_in_words(member: Member) -> str:
    """What is near alike but for its category, as a typed line says it."""
    group = colour_group(member.colour)
    spans = (
        None if value is None else Span(value - TOLERANCE_MM, value + TOLERANCE_MM)
        for value in (member.height_mm, member.width_mm, member.depth_mm)
    )
    height, width, depth = spans
    colours = frozenset([group] if group in COLOURS else [])
    return Query(height=height, width=width, depth=depth, colours=colours).in_words()


def gather(pieces: int, there: Iterable[Member]) -> Gathered | None:
    """A set of so many: the cheapest that is enough by itself, else the largest with its like."""
    members = list(there)
    if not members:
        return None
    enough = [member for member in members if member.count >= pieces]
    if enough:
        return _of(pieces, [min(enough, key=lambda each: (each.price_ore, each.article_id))])
    first = max(members, key=lambda each: (each.count, -each.price_ore, -each.article_id))
    like = [member for member in members if member is not first and near(first, member)]
    like.sort(key=lambda each: (each.article_id != first.article_id, -each.count, each.price_ore))
    return _of(pieces, [first, *like])


def _of(pieces: int, ordered: Sequence[Member]) -> Gathered:
    left, taken = pieces, []
    for member in ordered:
        count = min(left, member.count)
        if count:
            taken.append((member, count))
            left -= count
    return Gathered(tuple(taken), left, _differ([member for member, _count in taken]))


def _differ(members: Sequence[Member]) -> tuple[str, ...]:
    first = members[0]
    looks = {
        "type": [each.article_id != first.article_id for each in members],
        "condition": [each.condition != first.condition for each in members],
        "colour": [fold(each.colour) != fold(first.colour) for each in members],
        "measures": [_measures(each) != _measures(first) for each in members],
        "price": [each.price_ore != first.price_ore for each in members],
    }
    return tuple(name for name, others in looks.items() if any(others))


def _measures(member: Member) -> tuple[int | None, int | None, int | None]:
    return member.width_mm, member.depth_mm, member.height_mm
