"""Texts of the shop that several of its parts show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import Needs, OrderState, Pace
from moebelcirkel.domain.shop import Query, SoughtSet
from moebelcirkel.domain.wants import Seed
from moebelcirkel.language import _, co2, current_language, day, kroner, ngettext, number
from moebelcirkel.ui.kit.lists.cards import CardTexts
from moebelcirkel.ui.kit.lists.chips import Chip, condition_tone
from moebelcirkel.ui.kit.pictures.silhouettes import shape_for
from moebelcirkel.ui.parts.order_words import left_out, names, when_it_comes

if TYPE_CHECKING:
    from moebelcirkel.services.orders import OrderSent
    from moebelcirkel.services.orders.approval import Sending
    from moebelcirkel.services.orders.rounds import Round
    from moebelcirkel.services.shop import BasketView, Facet, Gone, Labelled, NotOnSale
    from moebelcirkel.services.shop import Card as Found

_MOST_NAMES = 3


def condition_text(grade: str) -> str:
    """A grade with its word: "B · god"."""
    return f"{grade} · {_(Condition(grade).label)}"


def condition_chip(grade: str, *, refurbished: bool = False) -> Chip:
    """The pill on a card."""
    text = condition_text(grade)
    if refurbished:
        text = f"{text} · {_('refurbished')}"
    return Chip(text, condition_tone(grade))


def pieces(count: int) -> str:
    """How many, short: "24 stk."."""
    return ngettext("{count} pc.", "{count} pcs.", count).format(count=number(count))


def at_giver(count: int) -> str:
    """How many of them have not been fetched yet."""
    said = ngettext("{count} with its giver", "{count} with their giver", count)
    return said.format(count=number(count)) if count else ""


def type_1(units: int) -> str:
    """The filter of ecolabels of type 1 with what it would show."""
    return _("Ecolabel of type 1 ({count})").format(count=number(units))


def found_text(units: int, cards: int, spelled: str = "", parts: int = 0) -> str:
    """What a search found: "95 møbler · 8 slags", and where it looked for other words."""
    furniture = ngettext("{count} piece", "{count} pieces", units).format(count=units)
    if parts:
        furniture = ngettext("{count} item", "{count} items", units).format(count=units)
    if parts == units > 0:
        furniture = ngettext("{count} spare part", "{count} spare parts", units).format(count=units)
    kinds = ngettext("{count} kind", "{count} kinds", cards).format(count=cards)
    found = f"{furniture} · {kinds}"
    return f"{found}\n{_('Shown for “{text}”').format(text=spelled)}" if spelled else found


def new_price(ore: int, *, known: bool) -> str:
    """The new price; "about" where it is only the category's."""
    if known:
        return _("new {price}").format(price=kroner(ore))
    return _("new about {price}").format(price=kroner(ore)) if ore else ""


def avoided(net_g: int | None) -> str:
    """CO₂e avoided by one piece."""
    if net_g is None:
        return _("CO₂e: no factor")
    return _("avoided: about {kilos} CO₂e").format(kilos=co2(net_g))


def spread(low_g: int | None, high_g: int | None) -> str:
    """The range of an estimate."""
    if low_g is None or high_g is None:
        return ""
    return _("Between {low} and {high}").format(low=co2(low_g), high=co2(high_g))


def facet_name(facet: Facet) -> str:
    """A filter's choice in the reader's language."""
    return facet.name_en if current_language() == "en" else facet.name_da


def cards_of(found: Sequence[Found], query: Query, *, basket: bool) -> list[CardTexts]:
    """The cards of a search, each with as many to take as are wanted."""
    wanted = query.wish().least or 1
    return [card_of(each, wanted, basket=basket) for each in found]


def card_of(found: Found, wanted: int, *, basket: bool) -> CardTexts:
    """A card as the grid paints it; without a basket there is nothing to take."""
    count = min(wanted, found.free)
    return CardTexts(
        key=found.key,
        title=found.name,
        condition_chip=condition_chip(found.key.condition, refurbished=found.refurbished),
        count_text=_on_sale(found.available, found.at_giver),
        price_text=kroner(found.key.price_ore),
        new_price_text=new_price(found.new_price_ore, known=found.new_price_known),
        co2_text=avoided(found.net_g),
        label_chip=found.ecolabel,
        photo_key=found.thumb,
        action_text=_("Take {count}").format(count=number(count)) if basket and count else "",
        shape=shape_for(found.category_key, found.name),
        condition_brief=" · ".join((found.key.condition, *[_("refurbished")] * found.refurbished)),
    )


def _on_sale(count: int, with_giver: int) -> str:
    """How many there are and, of those that have not been fetched, that they have not."""
    if count == with_giver:
        return at_giver(count)
    return " · ".join(filter(None, (pieces(count), at_giver(with_giver))))


def let_go(gone: Sequence[Gone]) -> str:
    """What is not held for the basket any more, and is still there."""
    text = ngettext(
        "{what} is no longer reserved for you, but can still be taken again.",
        "{count} pieces are no longer reserved for you, but can still be taken again: {what}.",
        len(gone),
    )
    return text.format(what=_first(gone), count=len(gone))


def lost(gone: Sequence[Gone]) -> str:
    """What others have now, or what is not on sale any more."""
    text = ngettext(
        "{what} is no longer reserved for you and is no longer to be had.",
        "{count} pieces are no longer reserved for you and no longer to be had: {what}.",
        len(gone),
    )
    return text.format(what=_first(gone), count=len(gone))


def _first(gone: Sequence[Gone]) -> str:
    named = ", ".join(f"{each.name} {each.number}" for each in gone[:_MOST_NAMES])
    return named if len(gone) <= _MOST_NAMES else f"{named} …"


def leads_to(sending: Sending, institution: str) -> str:
    """What happens when the basket is sent."""
    limit = kroner(sending.limit_ore)
    together = sending.counts_together and not sending.over_ore and not sending.again
    if together and sending.needs is not Needs.LEADER and sending.possible:
        return _together(sending, limit)
    if sending.needs is Needs.NOTHING:
        return _("Within your limit of {limit}: approved as soon as it is sent.").format(
            limit=limit
        )
    if not sending.possible:
        if not sending.ask:
            return _("Nobody can approve for {institution} yet.").format(institution=institution)
        return _(
            "Nobody can approve for {institution}. Ask {names} to give someone the role "
            "before you send."
        ).format(institution=institution, names=names(sending.ask))
    who = names(sending.approvers)
    if sending.again:
        return _("Left out before ({what}): {names} approves.").format(
            what=left_out(sending.again[-1]), names=who
        )
    if sending.over_ore:
        return _("{amount} above the budget ceiling: {names} approves.").format(
            amount=kroner(sending.over_ore), names=who
        )
    if sending.needs is Needs.LEADER:
        return _("{names} approves before anything is picked.").format(names=who)
    if sending.leads:
        return _("Above your limit of {limit}: {names} approves.").format(limit=limit, names=who)
    return _("Above the limit of {limit}: {names} approves.").format(limit=limit, names=who)


def next_rounds(rounds: Sequence[Round]) -> str:
    """What is of the next round and when that is, or that it cannot be waited for."""
    said = [
        _("{group}: next round in week {week}, from {day}.").format(
            group=each.name, week=each.opens_on.isocalendar().week, day=day(each.opens_on)
        )
        for each in rounds
    ]
    if all(each.queues for each in rounds):
        return " ".join([*said, _("The order is of that round, and is reserved until then.")])
    return " ".join([*said, _("Take it out of the basket, or say under Wants what you need.")])


def sent(order: OrderSent, view: BasketView, pace: Pace) -> str:
    """What happens now with an order that was just sent: who decides it, and when it comes."""
    comes = when_it_comes(view.delivery)
    if order.state == OrderState.APPROVED:
        return _("{number} has been sent. {when}").format(number=order.number, when=comes)
    approvers = view.offer(pace).sending.approvers
    if not approvers:
        return _("{number} now waits for approval. {when}").format(number=order.number, when=comes)
    who = names(approvers)
    return _("{number} now waits for {names}. {when}").format(
        number=order.number, names=who, when=comes
    )


def _together(sending: Sending, limit: str) -> str:
    """What it comes to with the institution's other orders of late."""
    if sending.needs is Needs.NOTHING:
        text = ngettext(
            "With your other orders of the last day: {amount} of {limit}. Approved as soon as it "
            "is sent.",
            "With your other orders of the last {days} days: {amount} of {limit}. Approved as soon "
            "as it is sent.",
            sending.days,
        )
    else:
        text = ngettext(
            "With your other orders of the last day: {amount}, above the limit of {limit}. "
            "{names} approves.",
            "With your other orders of the last {days} days: {amount}, above the limit of {limit}. "
            "{names} approves.",
            sending.days,
        )
    return text.format(
        days=sending.days,
        amount=kroner(sending.together_ore),
        limit=limit,
        names=names(sending.approvers),
    )


def seed(instead: NotOnSale, query: Query, institution_id: int | None) -> Seed | None:
    """What a want begins with where the shop has none of what was asked for.

    ``None`` where nothing was asked for, nobody orders, or a filter may hide what there is.
    """
    if institution_id is None or instead.free or query.filtered or not query.text:
        return None
    words = " ".join(query.text.split())
    least = query.wish().least
    if least is not None and words.startswith(str(least)):
        words = words.removeprefix(str(least)).strip()
    return Seed(institution_id, words[: limits.WANT_WORDS], least or 1)


def leads(instead: NotOnSale, query: Query, institution_id: int | None) -> Seed | SoughtSet | None:
    """What an empty shop leads to: a want, or where too few are alike, a set as a purchase of it.

    ``None`` where nothing comes of it for who looks.
    """
    least = query.wish().least
    if institution_id is not None and instead.free and least is not None and query.text:
        text = " ".join(query.text.split())
        text = text if text.startswith(str(least)) else f"{least} {text}"
        return SoughtSet.of(text, query)
    return seed(instead, query, institution_id)


def seed_of(labelled: Labelled, institution_id: int | None) -> Seed | None:
    """What a want of the type of a piece begins with that was scanned; none who only looks."""
    if institution_id is None:
        return None
    return Seed(institution_id, article_id=labelled.article_id, name=labelled.article)


def taken(labelled: Labelled, *, wants: bool) -> tuple[str, str, str]:
    """What is said of a scanned piece of which none can be had."""
    state = _("reserved") if labelled.state == State.LISTED else _(State(labelled.state).label)
    title = _("{number} is not on sale: it is {state}.").format(number=labelled.number, state=state)
    if not wants:
        return title, "", ""
    text = _(
        "All of these are taken. Put yourselves on the waiting list, and the next one that is free "
        "is held for you."
    )
    return title, text, _("Put us on the waiting list")


def nothing(instead: NotOnSale, query: Query, *, wants: bool) -> tuple[str, str, str]:
    """What an empty shop says: why, what comes next, and what the button does."""
    button = _("Clear filters") if query.filtered else ""
    if wants:
        button = _("Want it")
    if not instead.free and (instead.held or instead.ordered):
        return _("Everything is taken right now"), _next(instead), button
    if not instead.free and instead.coming:
        return _("None of it is on sale right now"), _next(instead), button
    least = query.wish().least
    if instead.free and least is not None:
        title = _("There are no {count} alike right now").format(count=number(least))
        text = ngettext(
            "{count} such piece is on sale. Search without the number to see it.",
            "{count} such pieces are on sale. Search without the number to see them.",
            instead.free,
        )
        button = _("See a set of near-alike ones") if wants else button
        return title, text.format(count=number(instead.free)), button
    if query.types and not query.text and not replace(query, types=None).filtered:
        return _("None of it is on sale right now"), _next(instead), button
    if query.filtered:
        return _("Nothing fits all of it"), _("Fewer filters show more."), button
    if query.text:
        title = _("Nothing was found for “{text}”").format(text=query.text)
        told = [_("Try a shorter word, or only the kind of furniture.")]
        if wants:
            told.append(_("If it is not here: used on a framework agreement, then new."))
        return title, " ".join(told), button
    coming = _("Furniture appears here as soon as the warehouse puts it on sale.")
    return _("Nothing is on sale yet"), coming, button


def _next(instead: NotOnSale) -> str:
    """Where more comes from: the warehouse, or the baskets of others."""
    told = []
    if instead.coming:
        text = ngettext(
            "{count} such piece is on its way through the warehouse to the shop.",
            "{count} such pieces are on their way through the warehouse to the shop.",
            instead.coming,
        )
        told.append(text.format(count=number(instead.coming)))
    if instead.held:
        text = ngettext(
            "{count} lies in another basket and comes back if it is not ordered.",
            "{count} lie in other baskets and come back if they are not ordered.",
            instead.held,
        )
        told.append(text.format(count=number(instead.held)))
    return " ".join(told or [_("Look again in some days.")])
