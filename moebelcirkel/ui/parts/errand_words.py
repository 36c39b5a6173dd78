"""Furniture at a repairer or under warranty in words, the same on every page that speaks of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from moebelcirkel.domain.repairers import ErrandStage, stage_of
from moebelcirkel.language import _, day, kroner

if TYPE_CHECKING:
    from moebelcirkel.services.repairers import ErrandRow


def way(errand: ErrandRow) -> ErrandStage:
    """How far it is."""
    return stage_of(errand.returned_on, errand.invoice_ore)


def where(errand: ErrandRow) -> str:
    """Where the furniture is, or what it came to."""
    if errand.returned_on is None:
        return _("at {repairer} since {day}").format(
            repairer=errand.repairer, day=day(errand.sent_on)
        )
    if errand.invoice_ore is None:
        return _("back from {repairer} {day}, the invoice is missing").format(
            repairer=errand.repairer, day=day(errand.returned_on)
        )
    return _("{repairer}: invoice {number}, {amount}").format(
        repairer=errand.repairer, number=errand.invoice_number, amount=kroner(errand.invoice_ore)
    )


def deviation(agreed_ore: int, ore: int) -> str:
    """What an amount is more or less than agreed."""
    if ore > agreed_ore:
        return _("{amount} more than agreed").format(amount=kroner(ore - agreed_ore))
    if ore < agreed_ore:
        return _("{amount} less than agreed").format(amount=kroner(agreed_ore - ore))
    return _("as agreed")


def told(errand: ErrandRow) -> str:
    """Where it is and what it costs, with what the invoice is beside what was agreed."""
    if errand.invoice_ore is None:
        price = _("agreed: {amount}").format(amount=kroner(errand.price_ore))
    else:
        price = deviation(errand.price_ore, errand.invoice_ore)
    return f"{where(errand)} · {price}"


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
