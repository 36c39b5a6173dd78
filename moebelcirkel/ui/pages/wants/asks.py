"""What the page asks of the services; run on a job's thread, where the database is imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel import services

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.services.orders import Sent
    from moebelcirkel.services.shop import Choice as Institution
    from moebelcirkel.services.wants import Choices, Detail, Listed, WantForm, Wrote


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form chooses from: the institutions, which one it is, and what that one has."""

    institutions: list[Institution]
    institution_id: int
    choices: Choices


def listed(context: Context, text: str, *, open_only: bool) -> tuple[Listed, ...]:
    """The list."""
    return services.wants.listed(context, text=text, open_only=open_only)


def detail(context: Context, want_id: int) -> Detail:
    """One want."""
    return services.wants.detail(context, want_id)


def for_form(context: Context, institution_id: int | None) -> Asked | None:
    """What the form needs; ``None`` where the asker may order nowhere."""
    known = services.shop.institutions(context)
    ids = [each.id for each in known]
    if institution_id not in ids:
        institution_id = ids[0] if ids else None
    if institution_id is None:
        return None
    return Asked(known, institution_id, services.wants.choices(context, institution_id))


def create(context: Context, institution_id: int, form: WantForm) -> Wrote:
    """Make a want."""
    return services.wants.create(context, institution_id, form)


def correct(context: Context, want_id: int, form: WantForm, version: int) -> Wrote:
    """Correct it."""
    return services.wants.correct(context, want_id, form, version)


def end(context: Context, want_id: int, version: int) -> Wrote:
    """End it."""
    return services.wants.end(context, want_id, version)


def order(context: Context, want_id: int, unit_ids: Sequence[int]) -> Sent:
    """Order what was found."""
    return services.wants.order(context, want_id, unit_ids)
