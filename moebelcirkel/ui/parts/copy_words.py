"""How copies are told of: their age, what they hold, and what putting one back would lose."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from moebelcirkel import language
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import N_, _, ngettext, number

if TYPE_CHECKING:
    from moebelcirkel.services.copies import Facts, Loss, Status

WHY = {"daily": N_("by itself"), "hand": N_("by hand"), "import": N_("before an import")}


def age(status: Status, now: dt.datetime) -> str:
    """How old the last good copy is, in few words."""
    if status.good_at is None:
        return _("No copy yet")
    zone = language.zone()
    days = (now.astimezone(zone).date() - status.good_at.astimezone(zone).date()).days
    if days <= 0:
        return _("Copy today {time}").format(time=language.time_of_day(status.good_at))
    if days == 1:
        return _("Copy yesterday {time}").format(time=language.time_of_day(status.good_at))
    text = ngettext("Copy {count} day old", "Copy {count} days old", days)
    return text.format(count=number(days))


def reason(status: Status) -> str:
    """Why the last try failed; nothing where it did not."""
    if not status.reason:
        return ""
    return language.refusal(Refused(status.reason, **status.values))


def holds(facts: Facts) -> str:
    """When it was taken, how many pieces it holds, and what was the last thing done in it."""
    parts = [taken(facts)]
    if facts.last_at:
        parts.append(_("last changed {moment}").format(moment=last(facts)))
    return " · ".join(parts)


def taken(facts: Facts) -> str:
    """When it was taken, and how many pieces it holds."""
    pieces = ngettext("{count} piece", "{count} pieces", facts.pieces)
    return f"{language.moment(facts.moment)} · {pieces.format(count=number(facts.pieces))}"


def last(facts: Facts) -> str:
    """When the last change in it was made, and by whom."""
    if not facts.last_at:
        return ""
    moment = language.moment(dt.datetime.fromisoformat(facts.last_at))
    return f"{moment}, {facts.last_by}" if facts.last_by else moment


def lost(loss: Loss) -> str:
    """What putting a copy back would lose."""
    if not loss.known:
        return _("What came after the copy cannot be told.")
    if not loss.changes:
        return _("Nothing has been changed since.")
    text = ngettext(
        "{count} change since then is lost", "{count} changes since then are lost", loss.changes
    )
    parts = [text.format(count=number(loss.changes))]
    if loss.pieces > 0:
        pieces = ngettext("{count} piece among them", "{count} pieces among them", loss.pieces)
        parts.append(pieces.format(count=number(loss.pieces)))
    if loss.last_at is not None:
        newest = _("the last one {moment} by {name}") if loss.last_by else _("the last {moment}")
        parts.append(newest.format(moment=language.moment(loss.last_at), name=loss.last_by))
    said = ", ".join(parts) + "."
    if not loss.erased:
        return said
    again = ngettext(
        "What {count} of them erased about people comes back: erase it again.",
        "What {count} of them erased about people comes back: erase it again.",
        loss.erased,
    )
    return f"{said} {again.format(count=number(loss.erased))}"
