"""A warranty that still runs, in words, the same wherever a repair is thought of."""

from __future__ import annotations

import datetime as dt

from moebelcirkel.language import _, day


def warranty(until: dt.date | None, supplier: str, spare_parts: str) -> str:
    """Until when it runs and whom to ask, with the spare parts' numbers; empty where none runs."""
    if until is None:
        return ""
    text = _("The warranty runs until {day}: ask {supplier} before it is repaired.").format(
        day=day(until), supplier=supplier or _("the supplier")
    )
    if spare_parts:
        text += " " + _("Spare parts: {numbers}.").format(numbers=spare_parts)
    return text
