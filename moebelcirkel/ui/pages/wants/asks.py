"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.shop import InstitutionChoice as Institution
    from moebelcirkel.services.wants import WantChoices


@dataclass(frozen=True, slots=True)
class WantFormData:
    """What a form chooses from: the institutions, which one it is, and what that one has."""

    institutions: list[Institution]
    institution_id: int
    choices: WantChoices


def for_form(
    context: Context, institution_id: int | None, article_id: int | None = None
) -> WantFormData | None:
    """What the form needs; ``None`` where the asker may order nowhere."""
    known = services.shop.institutions(context)
    ids = [each.id for each in known]
    if institution_id not in ids:
        institution_id = ids[0] if ids else None
    if institution_id is None:
        return None
    found = services.wants.choices(context, institution_id, article_id)
    return WantFormData(known, institution_id, found)
