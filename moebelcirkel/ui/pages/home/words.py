"""What the start page says of orders, wants, reports and the year, each with where it leads."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from moebelcirkel.language import _, co2, co2_span, day, kroner, moment, ngettext, number
from moebelcirkel.ui.kit.lists.chips import Chip
from moebelcirkel.ui.kit.lists.links import Link
from moebelcirkel.ui.parts import order_words, pickup_words

if TYPE_CHECKING:
    from moebelcirkel.services.home import Gift, Home
    from moebelcirkel.services.orders import OrderRow
    from moebelcirkel.services.pickups import PickupRow
    from moebelcirkel.services.receipts import Receipt
    from moebelcirkel.services.repairs import RepairRow
    from moebelcirkel.services.wants import ListedWant
    from moebelcirkel.ui.kit.shell import Shell

_DOT = " · "
#: So many places of one report's pieces are named.
_FATES = 3


def _joined(*parts: str) -> str:
    return _DOT.join(part for part in parts if part)


def orders(found: Home, shell: Shell) -> list[Link]:
    """Orders under way, each with how far it is."""
    rows = [_order(row, "orders", shell, found) for row in found.orders.rows]
    return rows + _more(found.orders.total, rows, "orders", shell)


def _more(total: int, rows: Sequence[Link], page: str, shell: Shell) -> list[Link]:
    """The way to those of a kind that are not named."""
    left = total - len(rows)
    if left <= 0:
        return []
    text = ngettext("See {count} more", "See {count} more", left)
    return [Link(text.format(count=number(left)), "", partial(shell.go, page))]


def _named(names: Sequence[str], code: str) -> tuple[str, str]:
    """What furniture it is, and its number after that; the number alone where nobody knows."""
    if not names:
        return code, ""
    first, *others = names
    if not others:
        return first, code
    text = ngettext("{name} and {count} other kind", "{name} and {count} other kinds", len(others))
    return text.format(name=first, count=number(len(others))), code


def _order(row: OrderRow, page: str, shell: Shell, found: Home) -> Link:
    mine = page == "approvals"
    title, code = _named(found.names.orders.get(row.id, ()), row.number)
    told = _joined(
        code,
        row.institution if found.many else "",
        pickup_words.count_of(row.pieces),
        kroner(row.total_ore),
        row.orderer if mine else _when(row),
    )
    chip = Chip(_("To approve"), "warning") if mine else order_words.waiting_chip(row)
    return Link(title, told, partial(shell.go, page, row.id), chip)


def _when(row: OrderRow) -> str:
    """The week that is promised, or when it was sent where none is."""
    if row.promised_on is None:
        return moment(row.sent_at)
    return order_words.promised(row.promised_on)


def waiting(found: Home, shell: Shell) -> list[Link]:
    """What nobody but the asker can answer."""
    decide = [_order(row, "approvals", shell, found) for row in found.to_approve.rows]
    asked = [_asked(row, shell, found) for row in found.asked.rows]
    priced = [_priced(row, shell, many=found.many) for row in found.priced]
    received = [_received(row, shell, found) for row in found.received.rows]
    return [
        *decide,
        *_more(found.to_approve.total, decide, "approvals", shell),
        *asked,
        *_more(found.asked.total, asked, "pickups", shell),
        *priced,
        *received,
        *_more(found.received.total, received, "receipts", shell),
    ]


def _priced(row: RepairRow, shell: Shell, *, many: bool) -> Link:
    listed = row.listed
    told = _joined(
        listed.number,
        listed.institution if many else "",
        pickup_words.count_of(listed.pieces),
        kroner(row.total_ore),
    )
    chip = Chip(_("Agree to the price"), "warning")
    return Link(listed.name, told, partial(shell.go, "repairs", row.id), chip)


def _received(row: Receipt, shell: Shell, found: Home) -> Link:
    title, code = _named(found.names.deliveries.get(row.id, ()), row.number)
    told = _joined(
        code,
        row.institution if found.many else "",
        pickup_words.count_of(row.pieces),
        _("delivered {day}").format(day=day(row.handed_on)),
    )
    chip = Chip(_("Confirm the delivery"), "warning")
    return Link(title, told, partial(shell.go, "receipts", row.id), chip)


def _asked(row: PickupRow, shell: Shell, found: Home) -> Link:
    title, code = _named(found.names.reports.get(row.id, ()), row.number)
    told = _joined(code, row.giver, pickup_words.count_of(row.pieces))
    chip = Chip(_("The warehouse asks"), "warning")
    return Link(title, told, partial(shell.go, "pickups", row.id), chip)


def wants(found: Home, shell: Shell) -> list[Link]:
    """Wants that something is held for."""
    return [_want(row, shell, many=found.many) for row in found.wants]


def _want(row: ListedWant, shell: Shell, *, many: bool) -> Link:
    until = "" if row.until is None else _("held until {time}").format(time=moment(row.until))
    chip = Chip(
        _("found {count} of {all}").format(
            count=number(row.held), all=number(row.pieces - row.ordered)
        ),
        "accent",
    )
    told = _joined(row.number, row.institution if many else "", until)
    return Link(row.what, told, partial(shell.go, "wants", row.id), chip)


def gifts(found: Home, shell: Shell) -> list[Link]:
    """One's own furniture that was reported, and where it is now."""
    rows = [_gift(gift, shell, found) for gift in found.gifts]
    return rows + _more(found.reported, rows, "pickups", shell)


def _gift(gift: Gift, shell: Shell, found: Home) -> Link:
    row = gift.row
    most = sorted(gift.fates, key=lambda fate: -fate.pieces)
    fates = [f"{number(each.pieces)} {pickup_words.fate_words(each)}" for each in most[:_FATES]]
    title, code = _named(found.names.reports.get(row.id, ()), row.number)
    count = "" if fates else pickup_words.count_of(row.pieces)
    told = _joined(code, row.giver if found.many else "", count, *fates)
    return Link(title, told, partial(shell.go, "pickups", row.id), pickup_words.state_chip(row))


def given(found: Home) -> str:
    """What became of all that was received this year."""
    given = found.given
    if not given.pieces:
        return ""
    text = ngettext(
        "{count} piece received in {year}: {homes} with others, {here} in the warehouse, {gone} out"
        " of use",
        "{count} pieces received in {year}: {homes} with others, {here} in the warehouse, {gone} "
        "out of use",
        given.pieces,
    )
    return text.format(
        count=number(given.pieces),
        year=found.year,
        homes=number(given.homes),
        here=number(given.here),
        gone=number(given.gone),
    )


def figures(found: Home) -> tuple[tuple[str, str], ...]:
    """Saved purchases, the same for the life left, CO2e, and pieces, with what to know of each."""
    sums = found.sums
    known = sums.net_g or not sums.lines
    return (
        (_whole(sums.cash_ore), ""),
        (_whole(sums.lifetime_ore), ""),
        (co2(sums.net_g), co2_span(sums.low_g, sums.high_g)) if known else ("–", ""),
        (number(sums.pieces), _("as new {money}").format(money=_whole(sums.new_value_ore))),
    )


def _whole(ore: int) -> str:
    return kroner(round(Decimal(ore) / 100) * 100)
