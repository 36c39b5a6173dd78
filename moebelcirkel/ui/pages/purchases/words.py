"""A line of a plan in words: what is there, and what new ones cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from moebelcirkel.domain.purchases import Ending
from moebelcirkel.language import N_, _, co2, day, kroner, moment, ngettext, number
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.tables import Column, chip_column

if TYPE_CHECKING:
    from moebelcirkel.services.purchases import (
        Answered,
        KeptPlan,
        Looked,
        PlanRow,
        PurchasePlan,
        SetTaken,
    )

_DIFFER = {
    "type": N_("type"),
    "condition": N_("condition"),
    "colour": N_("colour"),
    "measures": N_("measures"),
    "price": N_("price"),
}


#: So many tasks of the workshop are named.
_MOST_TASKS = 3


def ending(ending: Ending) -> str:
    """What became of a line, as a heading."""
    name = _(ending.label)
    return name[:1].upper() + name[1:]


def plan(row: PlanRow, *, many: bool) -> str:
    """A plan that is kept, as one of a list; of ``many`` institutions it says which."""
    text = _("{number}: {answered} of {lines} answered")
    told = text.format(number=row.number, answered=number(row.answered), lines=number(row.lines))
    return f"{told} · {row.institution}" if many else told


def title(kept: KeptPlan) -> str:
    """A plan that is kept, over its lines."""
    text = _("Planned purchase {number} of {day}")
    return text.format(number=kept.row.number, day=moment(kept.row.created_at))


def answered(done: Answered) -> str:
    """What was said of a line."""
    if not done.left:
        return _("The answer for {words} is saved.").format(words=done.words)
    text = ngettext(
        "The answer for {words} is saved; {left} more piece waits for one.",
        "The answer for {words} is saved; {left} more pieces wait for one.",
        done.left,
    )
    return text.format(words=done.words, left=number(done.left))


def told(line: Looked) -> str:
    """Below the table: why a line was answered so, else the set that it can be."""
    kept = line.kept
    if kept is None or kept.ending is None:
        return "\n".join(filter(None, (gathered(line), beside(line))))
    parts = [f"{ending(kept.ending)}, {day(kept.ended_on)}" if kept.ended_on else ""]
    if kept.used_first is not None:
        asked, not_asked = (
            _("asked for used ones on a framework agreement first"),
            _("not asked for used ones on a framework agreement"),
        )
        parts.append(asked if kept.used_first else not_asked)
    return " · ".join(filter(None, [*parts, kept.reason]))


def taken(done: SetTaken) -> str:
    """What became of a set."""
    text = ngettext(
        "{count} piece is in the basket.", "{count} pieces are in the basket.", len(done.unit_ids)
    )
    told = text.format(count=number(len(done.unit_ids)))
    if done.want_id is None:
        return told
    rest = ngettext("{count} is wanted: {number}.", "{count} are wanted: {number}.", done.missing)
    return f"{told} {rest.format(count=number(done.missing), number=done.want_number)}"


def chip(line: Looked) -> Chip:
    """What became of the line, else where most of it can come from."""
    if line.kept is not None and line.kept.ending is not None:
        return Chip(_(line.kept.ending.label), _TONES.get(line.kept.ending, "accent"))
    if line.shop >= line.planned.pieces:
        return Chip(_("all in the shop"), "accent")
    if line.shop:
        text = _("{count} of {all} in the shop")
        return Chip(text.format(count=number(line.shop), all=number(line.planned.pieces)), "accent")
    if line.becoming or line.givers:
        return Chip(_("on its way"), "money")
    return Chip(_("none alike"), "neutral")


#: What is not got back into use by the answer.
_TONES = {Ending.NEW: "warning", Ending.WANTED: "money"}


def alike(line: Looked) -> str:
    """Whether they make a set: of how many types, and the most of one."""
    if not line.shop:
        return ""
    text = ngettext(
        "{count} in the shop, of {types} type; {alike} of one type",
        "{count} in the shop, of {types} types; {alike} of one type",
        line.types,
    )
    return text.format(count=number(line.shop), types=number(line.types), alike=number(line.alike))


def gathered(line: Looked) -> str:
    """The set that a line can be, and how its pieces differ."""
    found = line.gathered
    if found is None:
        return ""
    parts = [
        _("{count} × {name} ({condition}, {price})").format(
            count=number(count),
            name=member.name,
            condition=member.condition,
            price=kroner(member.price_ore),
        )
        for member, count in found.members
    ]
    told = [_("A set: {pieces}").format(pieces=" + ".join(parts))]
    if found.differ:
        names = ", ".join(_(_DIFFER[name]) for name in found.differ)
        told.append(_("not the same: {what}").format(what=names))
    if found.missing:
        told.append(_("{count} are missing").format(count=number(found.missing)))
    return " · ".join(told)


def beside(line: Looked) -> str:
    """When it comes, what comes later, and what may do instead of having it for good."""
    told = []
    if line.beside.earliest is not None:
        text = _("Ordered today it comes in week {week} at the latest")
        told.append(text.format(week=line.beside.earliest.isocalendar().week))
        rate = line.beside.rate_ore
        cost = _("{rate} a piece and day").format(rate=kroner(rate)) if rate else _("free")
        told.append(_("for a while only: borrow it, {cost}").format(cost=cost))
    if line.beside.own:
        text = ngettext(
            "{count} of your own shows use and may do when it is repaired",
            "{count} of your own show use and may do when they are repaired",
            line.beside.own,
        )
        told.append(text.format(count=number(line.beside.own)))
    return " · ".join(filter(None, [*told, _adapted(line), _fetched(line)]))


def _adapted(line: Looked) -> str:
    """What the workshop can make of what they have."""
    if not line.beside.adaptable:
        return ""
    text = ngettext(
        "{count} of your own is of this kind and may do when it is adapted: {tasks}",
        "{count} of your own are of this kind and may do when they are adapted: {tasks}",
        line.beside.adaptable,
    )
    tasks = ", ".join(line.beside.tasks[:_MOST_TASKS])
    return text.format(count=number(line.beside.adaptable), tasks=tasks)


def _fetched(line: Looked) -> str:
    """What stands with givers, when the first of it is fetched, and what one costs then."""
    if not line.givers:
        return ""
    price = _("from {price} each").format(price=_money(line.beside.given_ore))
    return f"{_standing(line)}, {price}"


def _standing(line: Looked) -> str:
    on = line.beside.fetched_on
    if on is None:
        text = ngettext(
            "{count} stands with its giver, not planned yet",
            "{count} stand with givers, not planned yet",
            line.givers,
        )
        return text.format(count=number(line.givers))
    text = ngettext(
        "{count} stands with its giver and is fetched in week {week}",
        "{count} stand with givers, the first are fetched in week {week}",
        line.givers,
    )
    return text.format(count=number(line.givers), week=on.isocalendar().week)


def coming(line: Looked) -> str:
    """Where what cannot be had yet is."""
    return _(
        "{givers} at givers, {becoming} being made ready, {workshop} of these in repair"
    ).format(
        givers=number(line.givers), becoming=number(line.becoming), workshop=number(line.workshop)
    )


def _money(ore: int | None) -> str:
    return "–" if ore is None else kroner(ore)


def _rising(ore: int | None) -> int:
    return -1 if ore is None else ore


def columns() -> list[Column[Looked]]:
    """Reuse to the left, new to the right; each is of one piece."""
    return [*_there(), *_new()]


def _there() -> list[Column[Looked]]:
    return [
        _number("pieces", _("Pieces"), lambda row: row.planned.pieces, 56),
        Column(
            "what",
            _("Planned"),
            lambda row: row.planned.words,
            strong=True,
            tip=lambda row: row.planned.words,
        ),
        chip_column("found", _("There is"), chip, tip=alike, width=150),
        _amount("price", _("Price from"), lambda row: row.cheapest_ore, "money"),
        _amount("year", _("A year"), lambda row: _whole(row.year_ore), width=76),
        _number("ahead", _("Is coming"), lambda row: row.givers + row.becoming, 74, coming),
    ]


def _new() -> list[Column[Looked]]:
    return [
        _amount("new", _("New"), lambda row: row.new.price_ore, width=104),
        _amount("levy", _("Climate levy"), lambda row: row.new.levy_ore),
        Column(
            "co2",
            _("CO₂e, new"),
            lambda row: "–" if row.new.co2_g is None else co2(row.new.co2_g),
            lambda row: _rising(row.new.co2_g),
            align="right",
            width=76,
        ),
        _amount("new_year", _("New, a year"), lambda row: _whole(row.new.year_ore), width=80),
    ]


def _whole(ore: int | None) -> int | None:
    """An amount over many years in whole kroner: øre would be a certainty that is not there."""
    return None if ore is None else round(ore, -2)


def _number(
    key: str,
    title: str,
    value: Callable[[Looked], int],
    width: int,
    tip: Callable[[Looked], str] | None = None,
) -> Column[Looked]:
    return Column(
        key, title, lambda row: number(value(row)), value, align="right", width=width, tip=tip
    )


def _amount(
    key: str, title: str, ore: Callable[[Looked], int | None], tone: str = "", width: int = 88
) -> Column[Looked]:
    return Column(
        key,
        title,
        lambda row: _money(ore(row)),
        lambda row: _rising(ore(row)),
        align="right",
        tone=tone,
        width=width,
    )


def summary(plan: PurchasePlan) -> str:
    """What the whole plan comes to."""
    text = ngettext(
        "{covered} of {count} piece is in the shop",
        "{covered} of {count} pieces are in the shop",
        plan.pieces,
    )
    told = [text.format(covered=number(plan.covered), count=number(plan.pieces))]
    if plan.new_ore:
        told.append(_("All new: {money}").format(money=kroner(plan.new_ore)))
    if plan.levy_ore:
        told.append(_("Climate levy on new: {money}").format(money=kroner(plan.levy_ore)))
    return " · ".join(told)
