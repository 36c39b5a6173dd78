"""The lines of an order gathered: alike pieces in the same state together."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.orders import LineState, Why
from moebelcirkel.storage.queries import photos as photo_queries
from moebelcirkel.storage.queries.orders import PieceOrdered
from moebelcirkel.storage.queries.shop import CardKey
from moebelcirkel.storage.work import Session


@dataclass(frozen=True, slots=True)
class OrderPiece:
    """One line: one piece."""

    line_id: int
    number: str
    exact: bool


@dataclass(frozen=True, slots=True)
class OrderGroup:
    """Alike pieces of an order in the same state and on the same delivery note."""

    key: CardKey
    name: str
    category_key: str
    thumb: str | None
    state: LineState
    delivery: str
    delivered_on: dt.date | None
    new_price_ore: int
    answer: Answer | None
    net_g: int | None
    pieces: tuple[OrderPiece, ...]
    ended_why: Why | None = None

    @property
    def total_ore(self) -> int:
        """What they cost together."""
        return self.key.price_ore * len(self.pieces)


def in_all(values: Iterable[int | None]) -> int | None:
    """The sum of what is known."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def groups_of(session: Session, lines: Sequence[PieceOrdered]) -> tuple[OrderGroup, ...]:
    """The groups in the order of the list."""
    photos = photo_queries.first_of_articles(session, (line.article_id for line in lines))

    def alike(line: PieceOrdered) -> tuple[str | int, ...]:
        return (
            line.name,
            line.article_id,
            line.condition,
            line.price_ore,
            line.state,
            line.delivery or "",
            line.answer or "",
            line.ended_why or "",
        )

    order = {line.article_id: number for number, line in reversed(list(enumerate(lines)))}
    ranked = sorted(lines, key=lambda line: (order[line.article_id], *alike(line), line.id))
    return tuple(_group(list(some), photos) for _key, some in groupby(ranked, key=alike))


def _group(lines: list[PieceOrdered], photos: dict[int, str]) -> OrderGroup:
    first = lines[0]
    return OrderGroup(
        key=CardKey(first.article_id, first.condition, first.price_ore),
        name=first.name,
        category_key=first.category_key,
        thumb=photos.get(first.article_id),
        state=LineState(first.state),
        delivery=first.delivery or "",
        delivered_on=first.delivered_on,
        new_price_ore=first.new_price_ore,
        answer=Answer(first.answer) if first.answer else None,
        net_g=in_all(line.net_g for line in lines),
        pieces=tuple(OrderPiece(line.id, line.number, line.exact) for line in lines),
        ended_why=Why(first.ended_why) if first.ended_why else None,
    )
