"""What furniture there is in the example: types with measures, prices and our own pictures."""

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypedDict

from moebelcirkel.demo import pictures
from moebelcirkel.demo.pictures import Easel
from moebelcirkel.demo.stage import DemoStage, rows
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles, photos
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context, Done, Work
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.articles import Article

_PICTURES = 50
#: More types than this are written in one go, as an import would.
_BY_HAND = 200
_SLICE = 1_000

_SEATS = ("stol", "chair", "sofa", "pouf", "stool")
_MORE_MAKERS = (
    "Nordsol",
    "Vesterled",
    "Fjordform",
    "Bøgelund",
    "Klint",
    "Birk & Søn",
    "Hedegaard",
    "Strandby",
    "Egelund",
    "Møn Møbler",
    "Ravnholt",
    "Tved",
)
_MODELS = (
    "Alba",
    "Bris",
    "Cirrus",
    "Dune",
    "Elm",
    "Fjeld",
    "Glimt",
    "Hegn",
    "Isla",
    "Juni",
    "Kant",
    "Linje",
    "Mark",
    "Nord",
    "Oase",
    "Pil",
    "Rim",
    "Sund",
    "Tang",
    "Vy",
)


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """A type as the story needs it: what it costs new, how often and how many at a time."""

    id: int
    name: str
    category: str
    new_price_ore: int
    share: int
    batch: int

    @property
    def is_seat(self) -> bool:
        """Whether it can be upholstered."""
        return any(word in self.category for word in _SEATS)


class _Price(TypedDict):
    """The three fields of a new price."""

    new_price_ore: int | None
    new_price_on: dt.date | None
    new_price_source: str


@dataclass(frozen=True, slots=True)
class DemoDraft:
    """A type before it is written."""

    values: ArticleValues
    share: int
    batch: int
    picture: str


def drawn_up(stage: DemoStage, count: int) -> list[DemoDraft]:
    """The types, the most common ones first."""
    return list(itertools.islice(_drafts(stage), count))


def stock_up(stage: DemoStage, drafts: list[DemoDraft], easel: Easel) -> list[DemoArticle]:
    """Write the types; the most common ones have pictures, which are on the easel."""
    count = len(drafts)
    ids = [stage.act("lager", articles.add, draft.values).id for draft in drafts[:_BY_HAND]]
    for start in range(_BY_HAND, count, _SLICE):
        ids += stage.act("lager", _many, drafts[start : start + _SLICE]).article_ids
    for look, wearers in itertools.islice(_looks(drafts).items(), _PICTURES):
        picture = easel.take(*look)
        for place in wearers:
            stage.act("lager", photos.add, [picture], article_id=ids[place])
    prices = _category_prices(stage)
    return [
        DemoArticle(
            key,
            draft.values.name,
            draft.values.category_key,
            _price(draft.values, prices),
            draft.share,
            draft.batch,
        )
        for key, draft in zip(ids, drafts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ManyMade(Done):
    """The furniture types that were made."""

    article_ids: tuple[int, ...]


def _many(context: Context, drafts: list[DemoDraft]) -> ManyMade:
    """Many types in one change; each is checked like a single one."""

    def body(work: Work) -> ManyMade:
        values = [draft.values.as_columns(work.today) for draft in drafts]
        return ManyMade(article_ids=tuple(work.bulk_insert(Article, values)))

    return context.write("article.save", Action.ARTICLE, body)


def _category_prices(stage: DemoStage) -> dict[str, int]:
    with stage.database.read() as session:
        chosen = costing_queries.factor_set_on(session, stage.today)
        factors = costing_queries.factors_of(session, chosen.id)
        return {key: factor.new_price_mid_ore or 0 for key, factor in factors.items()}


def _price(values: ArticleValues, prices: Mapping[str, int]) -> int:
    own = values.new_price_ore
    return prices[values.category_key] if own is None else own


# --- the types -----------------------------------------------------------------------------------


def _drafts(stage: DemoStage) -> Iterator[DemoDraft]:
    """First every type in its main colour, then the other colours, then variations without end."""
    lines = rows("articles")
    longest = max(len(line["colours"].split("|")) for line in lines)
    for turn in range(longest):
        for number, line in enumerate(lines):
            colours = line["colours"].split("|")
            if turn < len(colours):
                yield _draft(stage, line, colours[turn], number, several=len(colours) > 1)
    yield from _variations(stage, lines)


def _draft(
    stage: DemoStage, line: Mapping[str, str], colour: str, number: int, *, several: bool
) -> DemoDraft:
    name = line["name"]
    if several and colour.lower() not in name.lower():
        name = f"{name}, {colour.lower()}"
    price = int(line["price"]) * 100 if line["price"] else None
    values = ArticleValues(
        name=name,
        category_key=line["category"],
        maker=line["maker"],
        model=line["model"],
        width_mm=_whole(line["width"]),
        depth_mm=_whole(line["depth"]),
        height_min_mm=_whole(line["height_min"]),
        height_max_mm=_whole(line["height_max"]),
        weight_g=round(float(line["kg"]) * 1000),
        colour=colour,
        materials=line["materials"],
        ecolabel=line["ecolabel"],
        size_mark=_size_mark(name),
        **_new_price(stage, price, line["source"], number),
    )
    return DemoDraft(values, int(line["share"]), int(line["batch"]), line["picture"])


def _new_price(stage: DemoStage, price: int | None, source: str, number: int) -> _Price:
    """Price with date and source; where no paper is left, the price is only believed."""
    if price is None or not source:
        return {"new_price_ore": price, "new_price_on": None, "new_price_source": ""}
    known = stage.first_day - dt.timedelta(days=20 + number * 11 % 500)
    text = f"Faktura {4100 + number * 37}" if source == "faktura" else f"Katalog {known.year}"
    return {"new_price_ore": price, "new_price_on": known, "new_price_source": text}


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _size_mark(name: str) -> str:
    return name.partition("størrelse ")[2][:1]


def _variations(stage: DemoStage, lines: list[dict[str, str]]) -> Iterator[DemoDraft]:
    """Other makers' versions: another model, colour, measure and price."""
    chance = stage.chance
    for turn in itertools.count():
        for number, line in enumerate(lines):
            maker = _MORE_MAKERS[(turn * 5 + number) % len(_MORE_MAKERS)]
            model = f"{_MODELS[(turn + number) % len(_MODELS)]} {10 + turn}"
            colour = chance.choice(list(pictures.TINTS))
            stretch = chance.uniform(0.85, 1.2)
            price = round(float(line["price"] or 2_500) * stretch / 5) * 5
            kind = line["name"].split(",")[0].removesuffix(f" {line['model']}")
            kind = kind.removesuffix(f" {line['maker']}")
            draft = _draft(stage, {**line, "price": str(price)}, colour, number, several=False)
            values = replace(
                draft.values,
                name=f"{kind} {maker} {model}",
                maker=maker,
                model=model,
                width_mm=_stretched(draft.values.width_mm, stretch),
                depth_mm=_stretched(draft.values.depth_mm, stretch),
                materials=line["materials"],
            )
            yield replace(draft, values=values)


def _stretched(measure: int | None, stretch: float) -> int | None:
    return None if measure is None else max(10, round(measure * stretch / 10) * 10)


# --- pictures ------------------------------------------------------------------------------------


def looks(drafts: list[DemoDraft]) -> list[tuple[str, str]]:
    """The most common looks, as picture and colour."""
    return list(itertools.islice(_looks(drafts), _PICTURES))


def _looks(drafts: list[DemoDraft]) -> dict[tuple[str, str], list[int]]:
    """By picture and colour the places of all types that look so, the most common ones first."""
    wearers: dict[tuple[str, str], list[int]] = {}
    seen = [place for place, draft in enumerate(drafts[:_BY_HAND]) if draft.picture]
    for place in sorted(seen, key=lambda place: -drafts[place].share):
        look = drafts[place].picture, drafts[place].values.colour
        wearers.setdefault(look, []).append(place)
    return wearers
