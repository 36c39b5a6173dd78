"""Wants for tests: made in few words, what is held for them, and the check after it all."""

import datetime as dt
from dataclasses import replace
from typing import Any

from moebelcirkel.domain.answers import Answer
from moebelcirkel.services import wants
from moebelcirkel.services.context import Context
from moebelcirkel.services.wants import WantForm


def form(context: Context, **more: Any) -> WantForm:
    """Chairs within a month, whatever they cost."""
    some = WantForm(context.today() + dt.timedelta(days=30), Answer.YES, "kontorstole")
    return replace(some, **more)


def want(context: Context, institution_id: int, **more: Any) -> int:
    """A new want's id."""
    return wants.create(context, institution_id, form(context, **more)).id


def held(context: Context, want_id: int) -> list[int]:
    """The pieces that are held for it."""
    return [piece.unit_id for piece in wants.detail(context, want_id).held]
