"""Leverancens tal in words, each with what is behind it: of a period, or of one run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from moebelcirkel.domain.orders import Party
from moebelcirkel.domain.runs import SMALL_ORE, Kept
from moebelcirkel.language import _, day, kroner, ngettext, number, percent
from moebelcirkel.services.deliveries import OrderRef, StopRef
from moebelcirkel.ui.kit.lists.striped import Striped

if TYPE_CHECKING:
    from moebelcirkel.services.deliveries import Tally


@dataclass(frozen=True, slots=True)
class DeliveryFigure:
    """One figure with what is behind it; ``short`` is what a run says of it, if anything."""

    title: str
    said: str
    behind: Sequence[OrderRef | StopRef]
    tone: str
    short: str = ""

    @property
    def orders(self) -> frozenset[int]:
        """The orders that are behind it."""
        return frozenset(order for ref in self.behind for order in ref.orders)


def entry(ref: OrderRef | StopRef) -> Striped:
    """What is behind a figure, as one of a list."""
    return _order(ref) if isinstance(ref, OrderRef) else _stop(ref)


def _order(order: OrderRef) -> Striped:
    days = []
    if order.promised_on:
        days.append(_("promised {day}").format(day=day(order.promised_on)))
    if order.delivered_on:
        days.append(_("delivered {day}").format(day=day(order.delivered_on)))
    return Striped(
        order,
        f"{order.number} · {order.institution}",
        " · ".join(filter(None, (_pieces(order.pieces), order.run))),
        " · ".join(days),
    )


def _stop(stop: StopRef) -> Striped:
    what = _(stop.way.label) if stop.way is not None else stop.pickup
    return Striped(
        stop,
        f"{stop.run} · {stop.name}",
        what or _orders(stop.orders),
        day(stop.driven_on),
        tone="warning",
    )


def _pieces(count: int) -> str:
    words = ngettext("{count} piece of furniture", "{count} pieces of furniture", count)
    return words.format(count=number(count))


def figures(found: Tally) -> list[DeliveryFigure]:
    """All of them, as they are shown."""
    return [
        *_delivered(found),
        *_standing(found),
        *_given_up(found),
        _small(found),
        _cheap(found),
        _urgent(found),
        _trips(found),
        _packaging(found),
    ]


def _delivered(found: Tally) -> list[DeliveryFigure]:
    known = {each: found.by_week[each] for each in (Kept.KEPT, Kept.LATE, Kept.GIVEN_UP)}
    on_time = len(known[Kept.KEPT])
    return [
        DeliveryFigure(
            _("Promised week kept: {share}").format(share=_share(on_time, found.promised)),
            ngettext("{count} of {all} order", "{count} of {all} orders", found.promised).format(
                count=number(on_time), all=number(found.promised)
            ),
            known[Kept.KEPT],
            "accent",
            _("{count} of {all} in the promised week").format(
                count=number(on_time), all=number(found.promised)
            ),
        ),
        DeliveryFigure(
            _("Pieces delivered of those ordered: {share}").format(
                share=_share(found.delivered, found.ordered)
            ),
            ngettext("{count} of {all} piece", "{count} of {all} pieces", found.ordered).format(
                count=number(found.delivered), all=number(found.ordered)
            ),
            [order for orders in known.values() for order in orders],
            "accent",
            ngettext(
                "{count} of {all} piece delivered",
                "{count} of {all} pieces delivered",
                found.ordered,
            ).format(count=number(found.delivered), all=number(found.ordered)),
        ),
    ]


def _standing(found: Tally) -> list[DeliveryFigure]:
    tones = {Kept.LATE: "error", Kept.WAITING: "edge", Kept.GIVEN_UP: "warning"}
    late = _("{count} late").format(count=number(len(found.by_week[Kept.LATE])))
    return [
        DeliveryFigure(
            _(each.label),
            _orders(found.by_week[each]),
            found.by_week[each],
            tone,
            late if each is Kept.LATE else "",
        )
        for each, tone in tones.items()
    ]


def _given_up(found: Tally) -> list[DeliveryFigure]:
    sides = {Party.INSTITUTION: _("Institution"), Party.EXCHANGE: _("The exchange")}
    return [
        DeliveryFigure(
            f"{sides[ended.party]}: {_(ended.why.label)}",
            ngettext("{count} piece given up", "{count} pieces given up", ended.pieces).format(
                count=number(ended.pieces)
            ),
            ended.orders,
            "warning",
            f"{sides[ended.party]}: {_(ended.why.label)} · {number(ended.pieces)}",
        )
        for ended in found.given_up
    ]


def _small(found: Tally) -> DeliveryFigure:
    title = _("Small orders, below {amount}").format(amount=kroner(SMALL_ORE))
    short = _("Small orders: {count}").format(count=number(len(found.small)))
    return DeliveryFigure(title, _orders(found.small), found.small, "edge", short)


def _cheap(found: Tally) -> DeliveryFigure:
    lines = sum(order.pieces for order in found.cheap)
    title = _("Lines of 0 to {amount}").format(amount=kroner(SMALL_ORE))
    said = _("Lines: {count}").format(count=number(lines))
    return DeliveryFigure(title, said, found.cheap, "edge", f"{title}: {number(lines)}")


def _urgent(found: Tally) -> DeliveryFigure:
    return DeliveryFigure(_("Urgent orders"), _orders(found.urgent), found.urgent, "edge")


def _trips(found: Tally) -> DeliveryFigure:
    runs = ngettext("on {count} run", "on {count} runs", found.runs)
    saved = ngettext(
        "{count} trip saved by gathering", "{count} trips saved by gathering", found.trips_saved
    ).format(count=number(found.trips_saved))
    behind: list[OrderRef | StopRef] = [*found.gathered, *found.fetched]
    title = _("{count} orders and pickups {runs}")
    return DeliveryFigure(
        title.format(count=number(len(behind)), runs=runs.format(count=number(found.runs))),
        saved,
        behind,
        "accent",
        saved if found.trips_saved else "",
    )


def _packaging(found: Tally) -> DeliveryFigure:
    count = len(found.packaging)
    said = ngettext("at {count} stop", "at {count} stops", count).format(count=number(count))
    return DeliveryFigure(_("Used packaging was taken along"), said, found.packaging, "accent")


def _orders(orders: Sequence[object]) -> str:
    return _("Orders: {count}").format(count=number(len(orders)))


def _share(part: int, whole: int) -> str:
    return percent(part / whole) if whole else "–"
