"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from moebelcirkel import services
from moebelcirkel.domain.pickups import PickupState
from moebelcirkel.ui.kit.pictures.thumbnails import decode

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import Category
    from moebelcirkel.services.articles import ArticleHit
    from moebelcirkel.services.context import Context, Done
    from moebelcirkel.services.institutions import Choice
    from moebelcirkel.services.photos import Picture
    from moebelcirkel.services.pickups import PickupDetail, PickupPage, Report, Reported
    from moebelcirkel.services.pickups.deciding import Closed


@dataclass(frozen=True, slots=True)
class Registers:
    """All that a report is filled in from; ``pictures`` by line where one is corrected."""

    categories: Sequence[Category]
    givers: Sequence[Choice]
    pictures: dict[int, tuple[Picture, ...]]


def listed(
    context: Context,
    states: frozenset[PickupState],
    text: str,
    offset: int = 0,
    holding: int | None = None,
    *,
    by_day: bool = False,
) -> PickupPage:
    """One page of the list, and whether it holds the report beside it."""
    return services.pickups.listed(
        context, states=states, text=text, offset=offset, holding=holding, by_day=by_day
    )


def detail(context: Context, pickup_id: int) -> PickupDetail:
    """One report."""
    return services.pickups.detail(context, pickup_id)


def registers(context: Context, pickup_id: int | None) -> Registers:
    """What a new report, or the correction of one, is filled in from."""
    return Registers(
        services.articles.categories(context),
        services.pickups.givers(context),
        {} if pickup_id is None else services.pickups.pictures(context, pickup_id),
    )


def types(context: Context, text: str) -> list[ArticleHit]:
    """Known furniture types that fit the words."""
    return services.pickups.types(context, text)


def prepare(data: bytes, name: str) -> Picture:
    """A picture made ready."""
    return services.photos.prepare(data, name)


def report(context: Context, said: Report) -> Reported:
    """Send a new report."""
    return services.pickups.report(context, said)


def correct(context: Context, pickup_id: int, said: Report, version: int) -> Reported:
    """Send a report as it is right."""
    return services.pickups.correct(context, pickup_id, said, version)


def withdraw(context: Context, pickup_id: int, version: int) -> Done:
    """Take a report back."""
    return services.pickups.withdraw(context, pickup_id, version)


def accept(context: Context, pickup_id: int, version: int) -> Done:
    """Say yes."""
    return services.pickups.accept(context, pickup_id, version)


def ask(context: Context, pickup_id: int, question: str, version: int) -> Done:
    """Ask the giver."""
    return services.pickups.ask(context, pickup_id, question, version)


def refuse(context: Context, pickup_id: int, reason: str, version: int) -> Done:
    """Say no."""
    return services.pickups.refuse(context, pickup_id, reason, version)


def plan(context: Context, pickup_id: int, on: dt.date, version: int) -> Done:
    """Choose the day."""
    return services.pickups.plan(context, pickup_id, on, version)


def close(context: Context, pickup_id: int, version: int) -> Closed:
    """Nothing more comes."""
    return services.pickups.close(context, pickup_id, version)


def pictures(context: Context, fingerprints: Sequence[str]) -> dict[str, QImage]:
    """Decoded thumbnails by fingerprint."""
    return {
        key: decode(data) for key, data in services.photos.thumbs(context, fingerprints).items()
    }
