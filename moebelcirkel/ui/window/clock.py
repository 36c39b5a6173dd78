"""Tells somebody whose PC is off why the times on screen are others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel import language

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.messages import Messages


def tell(base: Context | None, messages: Messages) -> None:
    """Say how far off this PC is, where it is far."""
    from moebelcirkel.services.start import clock

    off = None if base is None else clock.off(base)
    if off is None:
        return
    minutes = max(1, round(abs(off).total_seconds() / 60))
    told = language.ngettext(
        "The clock of this PC is {count} minute off. The shared database's clock counts.",
        "The clock of this PC is {count} minutes off. The shared database's clock counts.",
        minutes,
    )
    messages.warn(told.format(count=language.number(minutes)))
