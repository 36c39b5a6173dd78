"""What intake reads, as plain functions of a context, and how it is worded on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import language, services
from moebelcirkel.language import _, ngettext
from moebelcirkel.ui.kit.forms.suggest import Suggestion
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.pages.intake.givers import GiverEntry

if TYPE_CHECKING:
    import datetime as dt

    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.articles import ArticleDetail, ArticleHit
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.intake import GiverRow, IntakeBatchRow
    from moebelcirkel.services.pickups import Receivable
    from moebelcirkel.services.places import PlaceChoice as Place


@dataclass(frozen=True, slots=True)
class Registers:
    """All that the page chooses from."""

    givers: Sequence[GiverRow]
    batches: Sequence[IntakeBatchRow]
    categories: Sequence[ReferenceCategory]
    places: Sequence[Place]
    ecolabels: Sequence[str]
    colours: Sequence[str]
    undone: set[int]
    reports: Sequence[Receivable]
    today: dt.date
    prefix: str


def read_registers(context: Context, waiting: Sequence[int]) -> Registers:
    """Givers, batches, choices, and which waiting labels have lost their piece."""
    return Registers(
        givers=services.intake.givers(context),
        batches=services.intake.batches_today(context),
        categories=services.articles.categories(context),
        places=services.places.choices(context),
        ecolabels=services.ecolabels.names(context),
        colours=services.articles.colours(context),
        undone=services.intake.undone(context, waiting),
        reports=services.pickups.receivable(context),
        today=context.today(),
        prefix=str(context.parameter("label_prefix")),
    )


def read_article(context: Context, article_id: int) -> tuple[ArticleDetail, bytes | None]:
    """A known type and its small picture."""
    article = services.articles.get(context, article_id)
    first = article.photos[:1]
    return article, services.photos.thumbs(context, first).get(first[0]) if first else None


def giver_entries(rows: Sequence[GiverRow], today: dt.date) -> list[GiverEntry]:
    """The givers as the list shows them; the last one stands for nobody known."""
    entries = [
        GiverEntry(each.id, each.name, _giver_detail(each, today), each.department) for each in rows
    ]
    return [*entries, GiverEntry(None, _("Unknown giver"), _("when nobody knows"))]


def _giver_detail(giver: GiverRow, today: dt.date) -> str:
    if giver.pieces_today:
        many = ngettext("{count} piece today", "{count} pieces today", giver.pieces_today)
        return many.format(count=language.number(giver.pieces_today))
    if giver.last_on is not None and giver.last_on != today:
        return _("latest {date}").format(date=language.day(giver.last_on))
    return giver.department or _("nothing yet")


def batch_entries(rows: Sequence[IntakeBatchRow]) -> list[GiverEntry]:
    """Today's batches as the list shows them."""
    return [
        GiverEntry(
            each.id,
            f"{_count(each)} × {each.article}",
            " · ".join(part for part in (each.giver, language.time_of_day(each.at)) if part),
        )
        for each in rows
    ]


def _count(batch: IntakeBatchRow) -> str:
    """ "40", or "39 of 40" where pieces were taken out again."""
    left, all_ = language.number(batch.pieces), language.number(batch.registered)
    if batch.pieces == batch.registered:
        return all_
    return _("{left} of {all}").format(left=left, all=all_)


def type_suggestions(hits: Sequence[ArticleHit]) -> list[Suggestion]:
    """Known types as the line under the field offers them."""
    return [
        Suggestion(hit.id, hit.name, _hit_detail(hit), known_chip(hit.in_stock)) for hit in hits
    ]


def _hit_detail(hit: ArticleHit) -> str:
    stock = _("{count} in stock").format(count=language.number(hit.in_stock))
    return f"{stock} · {hit.category}"  # the count is what must not be cut


def known_chip(in_stock: int) -> Chip:
    """The pill of a type that is known."""
    count = language.number(in_stock)
    return Chip(_("exists already · {count} in stock").format(count=count), "accent")


def registered_text(count: int, numbers: Sequence[str]) -> str:
    """What is said when pieces have got their numbers."""
    if count == 1:
        return _("1 piece registered: {number}").format(number=numbers[0])
    return _("{count} pieces registered: {first} to {last}").format(
        count=language.number(count), first=numbers[0], last=numbers[-1]
    )
