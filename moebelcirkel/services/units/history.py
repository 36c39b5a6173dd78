"""The life of one piece told in plain words, from the events that changes left on it."""

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from moebelcirkel.domain.changes.codes import ERASE_CAUSES
from moebelcirkel.domain.changes.kinds import kind_name
from moebelcirkel.domain.conditions import BETTER_REASONS
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.facts import corrected
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.language import _, kroner, moment, number, time_of_day
from moebelcirkel.services.stock.handling import SCRAP_REASONS
from moebelcirkel.services.units.named import Names, names_of
from moebelcirkel.storage.queries import passport as passport_queries
from moebelcirkel.storage.queries.passport import TaskCost, UnitEvent
from moebelcirkel.storage.work import ZONE, Session

_LONGEST_NOTE = 120


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history: what, when and who; undone ones stay, marked as such."""

    title: str
    at: dt.datetime
    who: str
    tone: str = "accent"
    undone: bool = False

    def when(self, today: dt.date) -> str:
        """The moment as the history shows it, with who did it."""
        text = moment(self.at)
        if self.at.astimezone(ZONE).date() == today:
            text = _("today {time}").format(time=time_of_day(self.at))
        return " · ".join(filter(None, (text, self.who, _("undone") if self.undone else "")))


@dataclass
class _Story:
    """One change to the piece: how it stood before and after, and what else belongs to it."""

    change_id: int
    kind: str
    at: dt.datetime
    who: str
    reverses_id: int | None
    undone: bool
    before: dict[str, Any]
    after: dict[str, Any]
    changed: set[str]
    names: Names
    costs: list[TaskCost] = field(default_factory=list)

    @property
    def condition(self) -> str:
        """The condition it had after the change."""
        return str(self.after.get("condition", ""))

    @property
    def receiver(self) -> str:
        """Whose order or delivery it was about."""
        return self.names.receivers.get(self.change_id, "")

    def institution(self, column: str) -> str:
        """The institution in a column, after the change."""
        key = self.after.get(column)
        return self.names.institutions.get(key, "") if key else ""

    def price(self) -> str:
        """The price after the change."""
        ore = self.after.get("price_ore")
        return _("no price") if ore is None else kroner(ore)


def happenings(session: Session, unit_id: int) -> list[Happening]:
    """Everything that happened to the piece, newest first."""
    events = passport_queries.events(session, "unit", unit_id)
    told: list[Happening] = []
    titles: dict[int, str] = {}
    for story in _stories(session, unit_id, events):
        lines = _tell(story, titles)
        # What undoes, and what does again, is told by what was done first.
        titles.setdefault(story.change_id, titles.get(story.reverses_id or 0, lines[0]))
        tone = "neutral" if story.undone else _TONES.get(story.kind, "accent")
        told.extend(Happening(text, story.at, story.who, tone, story.undone) for text in lines)
    told.extend(_pictures(session, unit_id))
    told.sort(key=lambda each: each.at)
    return told[::-1]


def _pictures(session: Session, unit_id: int) -> list[Happening]:
    return [
        Happening(_("Picture of the piece added"), event.at, event.actor)
        for event in passport_queries.photo_events(session, unit_id)
    ] + [
        Happening(_erased(event), event.at, event.actor, "error")
        for event in passport_queries.erased_photos(session, unit_id)
    ]


def _erased(event: UnitEvent) -> str:
    cause = str((event.after or {}).get("cause", ""))
    because = _(ERASE_CAUSES[cause]).lower() if cause in ERASE_CAUSES else cause
    return _("Picture erased for good: {cause}").format(cause=because)


def _stories(session: Session, unit_id: int, events: Iterable[UnitEvent]) -> list[_Story]:
    events = list(events)
    names = names_of(session, unit_id, events)
    costs: dict[int, list[TaskCost]] = {}
    for cost in passport_queries.costs(session, unit_id):
        costs.setdefault(cost.change_id, []).append(cost)
    stories: list[_Story] = []
    now: dict[str, Any] = {}
    for event in events:
        after = {**now, **(event.after or {})}
        if stories and stories[-1].change_id == event.change_id:
            stories[-1].after = after
            stories[-1].changed |= set(event.after or {})
        else:
            stories.append(
                _Story(
                    event.change_id,
                    event.kind,
                    event.at,
                    event.actor,
                    event.reverses_id,
                    event.undone,
                    now,
                    after,
                    set(event.after or {}),
                    names,
                    costs.get(event.change_id, []),
                )
            )
        now = after
    return stories


def _tell(story: _Story, titles: Mapping[int, str]) -> list[str]:
    """The lines of one change; a kind without words of its own is named as the history does."""
    if story.reverses_id is not None:
        what = titles.get(story.reverses_id, "")
        if not what:
            return [_(kind_name(story.kind))]
        again = story.kind == "undo.redo"
        return [(_("Done again: {what}") if again else _("Undone: {what}")).format(what=what)]
    teller = _TELLERS.get(story.kind)
    return teller(story) if teller else [_(kind_name(story.kind))]


def _received(story: _Story) -> list[str]:
    giver = story.institution("giver_id")
    first = _("Received from {name}").format(name=giver) if giver else _("Received")
    words = _note_of(story)
    assessed = _("Assessed: condition {condition}").format(condition=story.condition)
    lines = [first, f"{assessed}, {words}" if words else assessed]
    if story.after.get("state") == State.WORKSHOP:
        lines.append(_("Sent to the workshop"))
    if story.after.get("state") == State.LISTED:
        lines += _listed(story)
    return lines


def _opened(story: _Story) -> list[str]:
    assessed = _("Assessed: condition {condition}").format(condition=story.condition)
    words = _note_of(story)
    first = _("Opening stock: its life before is not known")
    return [first, f"{assessed}, {words}" if words else assessed]


def _listed(story: _Story) -> list[str]:
    text = _("Put on sale in condition {condition}, {price}")
    return [text.format(condition=story.condition, price=story.price())]


def _moved(story: _Story) -> list[str]:
    place = story.names.places.get(story.after.get("place_id") or 0, "")
    return [_("Moved to {place}").format(place=place)]


def _priced(story: _Story) -> list[str]:
    return [_("Price changed to {price}").format(price=story.price())]


def _regraded(story: _Story) -> list[str]:
    text = _("Condition corrected from {before} to {after}")
    told = text.format(before=story.before.get("condition", ""), after=story.condition)
    return [told + _why_better(story)]


def _why_better(story: _Story) -> str:
    """Why it became better without work, behind what happened."""
    changed = {"condition", "condition_reason"} & story.changed
    code = str(story.after.get("condition_reason") or "") if changed else ""
    return f" · {_(BETTER_REASONS[code]).lower()}" if code in BETTER_REASONS else ""


def _corrected(story: _Story) -> list[str]:
    """Each of what was registered wrongly on a line of its own."""
    lines = []
    if "article_id" in story.changed:
        before, after = (
            story.names.articles.get(each.get("article_id") or 0, "")
            for each in (story.before, story.after)
        )
        text = _("Furniture type corrected from {before} to {after}")
        lines.append(text.format(before=before, after=after))
    if "condition" in story.changed:
        text = _("Condition at intake corrected from {before} to {after}")
        before = story.before.get("condition", "")
        lines.append(text.format(before=before, after=story.condition) + _why_better(story))
    if "place_id" in story.changed:
        place = story.names.places.get(story.after.get("place_id") or 0, "")
        lines.append(_("Place corrected to {place}").format(place=place))
    return lines or [_(kind_name(story.kind))]


def _merged(story: _Story) -> list[str]:
    before, after = (
        story.names.articles.get(each.get("article_id") or 0, "")
        for each in (story.before, story.after)
    )
    return [_("Furniture type {before} merged into {after}").format(before=before, after=after)]


def _edited(story: _Story) -> list[str]:
    """Each of what was corrected on a line of its own, with what it is now."""
    note, year = _note_of(story), story.after.get("acquired_year")
    lines = []
    if "note" in story.changed:
        lines.append(_("Note: {note}").format(note=note) if note else _("Note removed"))
    if "acquired_year" in story.changed:
        text = _("Year corrected: bought new in {year}").format(year=year)
        lines.append(text if year else _("The year it was bought new removed"))
    for what, said in corrected(story.changed, story.after):
        lines.append(_("{what} corrected: {answer}").format(what=_(what), answer=_(said).lower()))
    if story.change_id in story.names.coded:
        lines.append(_("Other codes corrected"))
    return lines or [_(kind_name(story.kind))]


def _note_of(story: _Story) -> str:
    """The note in one line; all of it stands among the facts."""
    note = story.after.get("note")
    whole = story.names.notes.get(note["text"], "") if isinstance(note, dict) else ""
    return textwrap.shorten(whole, _LONGEST_NOTE, placeholder=" …")


def _scrapped(story: _Story) -> list[str]:
    code = str(story.after.get("scrap_reason", ""))
    return [_("Scrapped: {reason}").format(reason=_(SCRAP_REASONS.get(code, code)).lower())]


def _taken_apart(story: _Story) -> list[str]:
    if story.after.get("state") == State.DISMANTLED:
        return [_("Taken apart for spare parts")]
    if number := _note_of(story):
        return [_("Taken from {number}, which was taken apart").format(number=number)]
    return [_("Taken from a piece that was taken apart")]


def _finished(story: _Story) -> list[str]:
    if not story.costs:
        return [
            _("Back from the workshop in condition {condition}").format(condition=story.condition)
            + _why_better(story)
        ]
    tasks = ", ".join(dict.fromkeys(cost.task.lower() for cost in story.costs))
    minutes = sum((Decimal(cost.minutes) for cost in story.costs), Decimal(0))
    ore = sum(cost.ore for cost in story.costs)
    told = _("Repaired: {tasks} · {minutes} min. · {amount}").format(
        tasks=tasks, minutes=number(round(minutes)), amount=kroner(ore)
    )
    keys = dict.fromkeys(cost.case_task_id for cost in story.costs)
    parts = [each for key in keys for each in story.names.parts.get(key or 0, ())]
    return [
        " · ".join([told, _("with {parts}").format(parts=", ".join(parts))] if parts else [told])
    ]


def _fitted(story: _Story) -> list[str]:
    piece, task = story.names.fitted.get(story.change_id, ("", ""))
    if story.after.get("state") != State.FITTED:
        return [_("Taken out of {piece}: not used after all").format(piece=piece)]
    return [_("Fitted into {piece}: {task}").format(piece=piece, task=task.lower())]


def _ordered(story: _Story) -> list[str]:
    if not story.receiver:
        return [_("Ordered")]
    return [_("Ordered by {name}").format(name=story.receiver)]


def _order_ended(text: str) -> Callable[[_Story], list[str]]:
    def tell(story: _Story) -> list[str]:
        who = f" ({story.receiver})" if story.receiver else ""
        return [_(text) + who]

    return tell


def _picked(story: _Story) -> list[str]:
    state = story.after.get("state")
    if state == State.LISTED:
        return [_("Swapped for a piece like it: on sale again")]
    if state == State.ORDERED:
        return [_("Swapped for a piece like it")]
    return [_("Picked")]


def _handed_over(story: _Story) -> list[str]:
    name = story.institution("holder_id") or story.receiver
    return [_("Delivered to {name}").format(name=name) if name else _("Delivered")]


def _returned(story: _Story) -> list[str]:
    giver = story.institution("giver_id")
    values = {"name": giver, "condition": story.condition}
    if giver:
        told = _("Returned from {name} in condition {condition}").format(**values)
    else:
        told = _("Returned in condition {condition}").format(condition=story.condition)
    return [told + _why_better(story)]


def _plain(text: str) -> Callable[[_Story], list[str]]:
    return lambda _story: [_(text)]


_TELLERS: dict[str, Callable[[_Story], list[str]]] = {
    "article.merge": _merged,
    "intake.correct": _corrected,
    "intake.register": _received,
    "import.pieces": _opened,
    "intake.remove": _plain(N_("Registration undone: the piece was counted by mistake")),
    "unit.list": _listed,
    "unit.unlist": _plain(N_("Taken off sale")),
    "unit.move": _moved,
    "unit.price": _priced,
    "unit.condition": _regraded,
    "unit.edit": _edited,
    "unit.scrap": _scrapped,
    "unit.dismantle": _taken_apart,
    "case.part": _fitted,
    "case.open": _plain(N_("Sent to the workshop")),
    "case.finish": _finished,
    "order.send": _ordered,
    "order.adjust": _order_ended(N_("Taken out of an order by who approves it")),
    "order.call_off": _order_ended(N_("Order given up by the exchange")),
    "order.cancel": _order_ended(N_("Order cancelled")),
    "order.refuse": _order_ended(N_("Order refused")),
    "delivery.pick": _picked,
    "delivery.unpick": _plain(N_("Put back on the shelf")),
    "delivery.hand_over": _handed_over,
    "delivery.take_back": _returned,
}

_TONES = {
    "order.send": "warning",
    "unit.scrap": "error",
    "unit.dismantle": "warning",
    "intake.remove": "error",
    "undo": "neutral",
}
