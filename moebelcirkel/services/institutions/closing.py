"""An institution is closed when nothing of it is open: what is, and what to do about it."""

from collections.abc import Sequence

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, ngettext
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries.institutions.still_open import StillOpen, still_open
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import Work

_NAMED = 5


def refuse_while_open(work: Work, institution: Institution) -> None:
    """Nobody would answer for what is open, nor could any of it be ended from there."""
    found = still_open(work.session, institution.id, work.now, work.today)
    if found:
        raise Refused(
            N_("{institution} cannot be closed yet: {open}."),
            field="active",
            institution=institution.name,
            open="; ".join(told(found)),
        )


def told(found: StillOpen) -> list[str]:
    """What is to be done about each of it."""
    said = []
    if found.orders:
        said.append(_("deliver or cancel {numbers}").format(numbers=in_short(found.orders)))
    if found.loans:
        said.append(
            _("take back what is on loan by {numbers}").format(numbers=in_short(found.loans))
        )
    if found.wants:
        said.append(_("end the wants {numbers}").format(numbers=in_short(found.wants)))
    if found.held:
        text = ngettext(
            "send or empty the basket with {count} piece",
            "send or empty the basket with {count} pieces",
            found.held,
        )
        said.append(text.format(count=found.held))
    return said


def in_short(numbers: Sequence[str]) -> str:
    """The first of them, and how many there are more."""
    named = ", ".join(numbers[:_NAMED])
    if len(numbers) <= _NAMED:
        return named
    return _("{names} and {count} more").format(names=named, count=len(numbers) - _NAMED)


def _check_after_undo(work: Work, events: Sequence[undo.Turned]) -> None:
    """An institution that is closed again by undo has nothing open either."""
    opened = [
        int(event.entity_id)
        for event in events
        if event.before and event.after and event.after.get("active")
    ]
    for institution in work.rows(Institution, opened):
        if not institution.active and institution.merged_into_id is None:
            refuse_while_open(work, institution)


undo.AFTERWARDS[Institution.__tablename__].append(_check_after_undo)
