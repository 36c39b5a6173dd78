"""What whoever comes in should know: a clock that is off, a server that proves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moebelcirkel import language
from moebelcirkel.language import _

if TYPE_CHECKING:
    from moebelcirkel.services.context import Context
    from moebelcirkel.ui.kit.messages import Messages


def tell(context: Context, messages: Messages) -> None:
    """Say all of it at once, where there is anything to say."""
    told = [*_off(context), *_unproved(context)]
    if told:
        messages.warn(" ".join(told))


def _off(context: Context) -> list[str]:
    """Why the times on screen are others than this PC's."""
    from moebelcirkel.services.start import clock

    off = clock.off(context)
    if off is None:
        return []
    minutes = max(1, round(abs(off).total_seconds() / 60))
    told = language.ngettext(
        "The clock of this PC is {count} minute off. The shared database's clock counts.",
        "The clock of this PC is {count} minutes off. The shared database's clock counts.",
        minutes,
    )
    return [told.format(count=language.number(minutes))]


def _unproved(context: Context) -> list[str]:
    """For administrators: an address may say that the server need not prove who it is."""
    from moebelcirkel.domain.roles import Action

    if not context.allows(Action.SETTINGS):
        return []
    from moebelcirkel.services.start import server

    if not server.unproved(context):
        return []
    return [
        _(
            "The address of the shared database says that the server need not prove who it is, so "
            "somebody else could answer in its place. Let whoever runs it take sslmode out."
        )
    ]
