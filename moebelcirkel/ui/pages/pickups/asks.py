"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.domain.categories import ReferenceCategory
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.institutions import InstitutionChoice
    from moebelcirkel.services.photos import Picture


@dataclass(frozen=True, slots=True)
class PickupFormData:
    """All that a report is filled in from; ``pictures`` by line where one is corrected."""

    categories: Sequence[ReferenceCategory]
    givers: Sequence[InstitutionChoice]
    pictures: dict[int, tuple[Picture, ...]]


def registers(context: Context, pickup_id: int | None) -> PickupFormData:
    """What a new report, or the correction of one, is filled in from."""
    return PickupFormData(
        services.articles.categories(context),
        services.pickups.givers(context),
        {} if pickup_id is None else services.pickups.pictures(context, pickup_id),
    )
