"""What the overview says beside its figures; every sentence is true of them, also of none."""

from collections.abc import Callable
from decimal import Decimal

from moebelcirkel.language import (
    _,
    co2,
    co2_span,
    day,
    kroner,
    kroner_about,
    ngettext,
    number,
    percent,
)
from moebelcirkel.services.overview import Coverage, KeyFigures

_DOT = " · "


def whole(ore: int) -> str:
    """An amount without øre."""
    return kroner(round(Decimal(ore) / 100) * 100)


def _joined(*parts: str) -> str:
    return _DOT.join(part for part in parts if part)


def growth(now: int, before: int, year: int, show: Callable[[int], str]) -> str:
    """Compared with the same days the year before; per cent of nothing is not a figure."""
    if before <= 0:
        return _("same period {year}: {value}").format(year=year, value=show(before))
    change = round(Decimal(now - before) / Decimal(before), 2)
    shown = ("+" if change > 0 else "") + percent(change) if change else _("unchanged")
    return _("{change} on the same period {year}").format(change=shown, year=year)


def _grown(found: KeyFigures, name: str, show: Callable[[int], str]) -> str:
    if found.previous is None:
        return ""
    now, before = getattr(found.totals, name), getattr(found.previous, name)
    return growth(int(now), int(before), found.start.year - 1, show)


def money(found: KeyFigures) -> tuple[str, str]:
    """Saved purchases, and what to know about it."""
    return _kroner(found, "cash_ore")


def lifetime(found: KeyFigures) -> tuple[str, str]:
    """Saved purchases adjusted for life."""
    return _kroner(found, "lifetime_ore")


def revenue(found: KeyFigures) -> tuple[str, str]:
    """What institutions paid."""
    said = _("without fees") if found.institution_id else _("what institutions paid, without fees")
    return _kroner(found, "paid_ore", said)


def _kroner(found: KeyFigures, name: str, first: str = "") -> tuple[str, str]:
    """An amount, with its growth since the year before and what it has come to since the start."""
    return whole(getattr(found.totals, name)), _joined(
        first, _grown(found, name, whole), _since(found, name)
    )


def _since(found: KeyFigures, name: str) -> str:
    if found.since is None or found.since.start >= found.start:
        return ""
    return _("since {day} {money}").format(
        day=day(found.since.start), money=kroner_about(getattr(found.since.totals, name))
    )


def mass(found: KeyFigures) -> tuple[str, str]:
    """Avoided CO2e, and what to know about it."""
    totals = found.totals
    if not co2_known(found):
        return "–", _("no factors yet")
    gross = _("gross {mass}").format(mass=co2(totals.gross_g))
    return co2(totals.net_g), _joined(co2_span(*found.span), gross, _grown(found, "net_g", co2))


def co2_known(found: KeyFigures) -> bool:
    """Whether any line has a factor; nothing delivered is known to be nothing."""
    cover = found.coverage
    return cover.lines == 0 or cover.without_factor < cover.lines or found.totals.net_g != 0


def pieces(found: KeyFigures) -> tuple[str, str]:
    """Reused pieces, and how long they were in stock."""
    text = ngettext(
        "deliveries of {count} different piece",
        "deliveries of {count} different pieces",
        found.different,
    )
    different = text.format(count=number(found.different)) if found.different else ""
    days = ""
    if found.days is not None:
        text = ngettext(
            "{count} day from received to delivered (median)",
            "{count} days from received to delivered (median)",
            found.days,
        )
        days = text.format(count=number(found.days))
    to = ""
    if found.institution_id is None and found.receivers:
        text = ngettext("to {count} institution", "to {count} institutions", found.receivers)
        to = text.format(count=number(found.receivers))
        others = sum(1 for row in found.rows if not row.apart and row.totals.pieces <= 0)
        if others:
            to += _(", {count} with corrections only").format(count=number(others))
    return number(found.totals.pieces), _joined(different, to, days)


def worth(found: KeyFigures) -> tuple[str, str]:
    """Value as new; for one institution how much less it paid."""
    if found.institution_id is None:
        return _kroner(found, "new_value_ore", _("new price excl. VAT"))
    new, paid = found.totals.new_value_ore, found.totals.paid_ore
    text = _("value as new {new}, paid {paid}")
    return whole(new - paid), text.format(new=whole(new), paid=whole(paid))


def coverage(found: KeyFigures) -> str:
    """What the figures rest on, in one line."""
    cover = found.coverage
    if cover.lines == 0:
        return ""
    text = ngettext(
        "{read} of {lines} line uses a factor that was read in a source",
        "{read} of {lines} lines use a factor that was read in a source",
        cover.lines,
    )
    parts = [text.format(read=number(cover.read), lines=number(cover.lines))]
    if cover.new_value > 0:
        text = _("{known} of the new price is documented, {rest} is an estimate")
        known, rest = _shares(cover)
        parts.append(text.format(known=known, rest=rest))
    answered = _share(cover.answered, cover.lines)
    parts.append(
        _("{answered} have answered whether they would have bought new").format(
            answered=percent(answered)
        )
    )
    return _joined(*parts, *(note.rstrip(".") for note in found.notes))


def _shares(cover: Coverage) -> tuple[str, str]:
    known = _share(cover.documented, cover.new_value)
    return percent(known), percent(1 - known)


def _share(part: int, of: int) -> Decimal:
    """A part as whole per cent, but 0 and 100 only where that is exactly so."""
    exact = Decimal(part) / Decimal(of)
    if 0 < exact < 1:
        exact = min(max(exact, Decimal("0.01")), Decimal("0.99"))
    return exact.quantize(Decimal("0.01"))
