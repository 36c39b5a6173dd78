"""Orders in words, the same on every page: the state, whom it waits for, and when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel.domain.orders import AGAIN_DAYS, Needs, OrderState, Rating, makes_it
from moebelcirkel.domain.pickups import Access
from moebelcirkel.domain.receipts import Standing
from moebelcirkel.domain.runs import SMALL_ORE, Kept
from moebelcirkel.language import _, day, kroner, moment, ngettext, number
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.facts import Fact

if TYPE_CHECKING:
    import datetime as dt

    from moebelcirkel.domain.orders import Wishes
    from moebelcirkel.services.orders import OrderDetail, OrderRow, TakenOut
    from moebelcirkel.services.receipts import OrderReceipt, Receipt

_MOST_NAMES = 3
_STATE_TONES = {
    OrderState.AWAITING: "warning",
    OrderState.APPROVED: "accent",
    OrderState.DELIVERED: "money",
    OrderState.REFUSED: "error",
}
_RATING_TONES = {Rating.GOOD: "money", Rating.FAIR: "warning", Rating.BAD: "error"}


@dataclass(frozen=True, slots=True)
class TheseOrders:
    """Some orders that another page points to: what they have in common, and which they are."""

    said: str
    ids: frozenset[int]


def names(people: Sequence[str]) -> str:
    """Some people as one speaks of them."""
    if len(people) > _MOST_NAMES:
        rest = len(people) - _MOST_NAMES + 1
        shown = ", ".join(people[: _MOST_NAMES - 1])
        return ngettext("{names} or {count} other", "{names} or {count} others", rest).format(
            names=shown, count=rest
        )
    if len(people) > 1:
        return _("{names} or {last}").format(names=", ".join(people[:-1]), last=people[-1])
    return people[0] if people else ""


def state_chip(state: OrderState) -> Chip:
    """The order's state as a pill."""
    return Chip(_(state.label), _STATE_TONES.get(state, "neutral"))


def progress(row: OrderRow) -> str:
    """How far an order has come: "6 af 12 leveret"."""
    if row.state is not OrderState.APPROVED or not row.picked + row.delivered:
        return ""
    if row.delivered:
        return _("{count} of {all} delivered").format(count=row.delivered, all=row.pieces)
    return _("{count} of {all} picked").format(count=row.picked, all=row.pieces)


def left_out(each: TakenOut) -> str:
    """What an approver had left out of an order: "3 × Bord of B-12, 12.11.2026 09.05 by Chef"."""
    return _("{count} × {name} of {number}, {day} by {by}").format(
        count=each.pieces, name=each.name, number=each.number, day=moment(each.at), by=each.by
    )


def left_out_facts(again: Sequence[TakenOut]) -> list[Fact]:
    """What is ordered again after an approver left it out, with why that was."""
    return [Fact(_("Left out before"), left_out(each), each.reason, strong=True) for each in again]


def limit_text(row: OrderRow, again: Sequence[TakenOut] = ()) -> str:
    """What the amount means for who decides; ``again`` is ordered after it was left out."""
    if row.over_ore:
        return _("{amount} above the budget ceiling").format(amount=kroner(row.over_ore))
    limit = kroner(row.limit_ore) if row.limit_ore is not None else ""
    if row.needs is Needs.APPROVER and row.total_ore <= (row.limit_ore or 0) and again:
        return _("ordered again within {days} days").format(days=AGAIN_DAYS)
    if row.needs is Needs.APPROVER and row.total_ore <= (row.limit_ore or 0):
        return _("above the limit of {limit} together with other orders").format(limit=limit)
    if row.needs is Needs.APPROVER:
        return _("above the limit of {limit}").format(limit=limit)
    if row.needs is Needs.LEADER:
        return _("within the limit of {limit}, sent by an employee").format(limit=limit)
    return _("within the limit of {limit}").format(limit=limit)


def urgently(text: str) -> str:
    """What is said of something urgent: "Haster · godkendt"."""
    return f"{_('Urgent')} · {text}"


def waits_for(row: OrderRow) -> str:
    """Who can decide an order that waits: by name, or the role where nobody has it."""
    if row.approvers:
        return names(row.approvers)
    return _("an approver") if row.needs is Needs.APPROVER else _("a leader")


def waiting_chip(row: OrderRow) -> Chip:
    """The state of an order in a list, with the name of who it waits for, or how far it is."""
    chip = _plain_chip(row)
    if row.urgent and row.state in (OrderState.AWAITING, OrderState.APPROVED):
        return Chip(urgently(chip.text), "error")
    if row.small and row.state is OrderState.APPROVED:
        return Chip(f"{_('Small')} · {chip.text}", chip.tone)
    return chip


def _plain_chip(row: OrderRow) -> Chip:
    chip = state_chip(row.state)
    if row.state is OrderState.AWAITING:
        more = f" +{len(row.approvers) - 1}" if len(row.approvers) > 1 else ""
        first = row.approvers[0] if row.approvers else waits_for(row)
        return Chip(_("waits for {name}").format(name=first + more), chip.tone)
    if row.unconfirmed and row.state is OrderState.DELIVERED:
        return Chip(_("delivered, not confirmed"), "warning")
    if row.rating is not None:
        return Chip(f"{chip.text} · {_(row.rating.label)}", _RATING_TONES[row.rating])
    return Chip(progress(row) or chip.text, chip.tone)


def receipt(found: OrderReceipt | Receipt) -> str:
    """Whether a delivery is confirmed, by whom, or until when it can be."""
    if found.confirmed_on is not None:
        text = _("confirmed by {name} on {day}")
        return text.format(name=found.confirmed_by, day=day(found.confirmed_on))
    if found.standing is Standing.ASSUMED:
        return _("counts as confirmed: nobody confirmed it by {day}").format(day=day(found.last_on))
    return _("not confirmed; counts as confirmed after {day}").format(day=day(found.last_on))


def when_it_comes(words: str) -> str:
    """When and how it is delivered, as the municipality says it, or that it is arranged."""
    return words or _("The warehouse arranges the day with you.")


def promised(by: dt.date) -> str:
    """The week that is promised, with its last day: "i uge 50, senest fre. 11.12."."""
    return _("in week {week}, by {day}").format(week=by.isocalendar().week, day=day(by))


def where_to(wishes: Wishes) -> str:
    """Where in the building it is carried to, as far as it was said."""
    way = "" if wishes.way_in is Access.UNKNOWN else _(wishes.way_in.label)
    return " · ".join(part for part in (wishes.building, wishes.floor, way) if part)


def small_facts(detail: OrderDetail) -> list[Fact]:
    """That an order is small, and how many of its lines are."""
    below = kroner(SMALL_ORE)
    facts = []
    if detail.row.small:
        facts.append(Fact(_("Small order"), _("below {amount}").format(amount=below)))
    if detail.cheap:
        count = number(detail.cheap)
        facts.append(Fact(_("Lines of 0 to {amount}").format(amount=below), count))
    return facts


def coming_facts(detail: OrderDetail) -> list[Fact]:
    """What was promised and asked of the delivery."""
    wishes = detail.wishes
    facts = []
    if detail.promised_on is not None:
        told = {Kept.KEPT: _("the week was kept"), Kept.LATE: _("the week was not kept")}
        helper = told.get(detail.kept, "") if detail.kept is not None else ""
        facts.append(Fact(_("Promised"), promised(detail.promised_on), helper))
    if wishes.needed_on is not None:
        late = not makes_it(detail.promised_on, wishes.needed_on)
        helper = _("the promise is later") if late else ""
        facts.append(Fact(_("Needed by"), day(wishes.needed_on), helper))
    if where_to(wishes):
        facts.append(Fact(_("Carried to"), where_to(wishes)))
    return facts


def arrival(detail: OrderDetail) -> str:
    """When and how what is left of an order comes; empty where nothing is to come."""
    if detail.row.state is OrderState.AWAITING:
        return f"{_('After the approval.')} {when_it_comes(detail.delivery)}"
    if detail.row.state is OrderState.APPROVED:
        return when_it_comes(detail.delivery)
    days = [group.delivered_on for group in detail.groups if group.delivered_on is not None]
    return _("delivered {day}").format(day=day(max(days))) if days else ""
