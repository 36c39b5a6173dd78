"""The sentences of the besparelsesrapport: each must be true of the figures it stands beside.

That holds for gains, losses and nothing at all, for one piece and for many.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from moebelcirkel.documents.reports.savings import ClimatePrices, SavingsReport
from moebelcirkel.domain.figures import LineKind, Sums
from moebelcirkel.domain.periods import Period
from moebelcirkel.language import (
    _,
    co2,
    co2_about,
    kroner,
    kroner_about,
    long_day,
    ngettext,
    number,
    percent,
)


def whole_kroner(ore: int) -> str:
    """An amount without øre, as in running text."""
    return kroner(round(Decimal(ore) / 100) * 100)


def digits(hexadecimal: str) -> str:
    """A seal or a link as it is printed: groups of eight, so that the eye keeps its place."""
    return " ".join(hexadecimal[at : at + 8] for at in range(0, len(hexadecimal), 8))


def share(part: int, whole: int) -> str:
    """A part as whole per cent, but 0 % and 100 % only where that is exactly so."""
    if whole == 0:
        return percent(0)
    exact = Decimal(part) / Decimal(whole)
    if 0 < exact < 1:
        exact = min(max(exact, Decimal("0.01")), Decimal("0.99"))
    return percent(exact)


def period(start: date, end: date) -> str:
    """The days of a report: "1. januar – 20. november 2026"."""
    if start == end:
        return long_day(start)
    first = long_day(start)
    if start.year == end.year:
        first = first.removesuffix(f" {start.year}")
    return f"{first} – {long_day(end)}"


def scope(report: SavingsReport) -> str:
    """Whose figures these are."""
    return report.institution or _("all institutions")


def subtitle(report: SavingsReport) -> str:
    """Period, scope, and what growth is measured against."""
    parts = [period(report.start, report.end), scope(report)]
    if report.previous is not None and not report.empty:
        parts.append(_("compared with the same period the year before"))
    return " · ".join(parts)


# --- headline --------------------------------------------------------------------------------


def headline(report: SavingsReport) -> str:
    """The whole report in one sentence; rounded, as an estimate is no exact figure."""
    if report.empty:
        return _("No reused furniture in this period")
    totals = report.totals
    if totals.pieces <= 0:
        return _("Corrections change saved purchases by {money} and avoided CO₂e by {mass}").format(
            money=whole_kroner(totals.cash_ore), mass=co2(totals.net_g)
        )
    sentence = f"{_subject(report)} {_money_clause(totals.cash_ore)}"
    if report.co2_known:
        return f"{sentence} {_co2_clause(totals.net_g)}"
    # In Danish a clause may close with a comma that only what follows it calls for.
    return f"{sentence.rstrip(',')} {_('(estimate)')}"


def _subject(report: SavingsReport) -> str:
    if report.institution:
        text = ngettext(
            "One reused piece of furniture for {institution}",
            "Reused furniture for {institution}",
            report.totals.pieces,
        )
        return text.format(institution=report.institution)
    return ngettext("One reused piece of furniture", "Reused furniture", report.totals.pieces)


def _money_clause(cash: int) -> str:
    whole = round(Decimal(cash) / 100)
    if whole > 0:
        return _("saved purchases of about {money}").format(money=kroner_about(cash))
    if whole < 0:
        text = _("cost about {money} more than the purchases it saved")
        return text.format(money=kroner_about(-cash))
    return _("cost as much as the purchases it saved")


def _co2_clause(grams: int) -> str:
    if grams >= 50:
        return _("and avoided about {mass} CO₂e (estimate)").format(mass=co2_about(grams))
    if grams <= -50:
        text = _("and emitted about {mass} more CO₂e than was avoided (estimate)")
        return text.format(mass=co2_about(-grams))
    return _("and avoided no CO₂e (estimate)")


def year_before(report: SavingsReport) -> str:
    """The days of the year before: "1. januar – 20. november 2025"."""
    before = Period(report.start, report.end).year_before()
    return period(before.start, before.end)


def leap_day(start: date, end: date) -> str:
    """Why a period and the same days a year earlier are not alike long; mostly they are."""
    known = Period(start, end).leap_day()
    if known is None:
        return ""
    if known.counted:
        text = _("{day} is in one of the two periods only.")
    else:
        text = _("{day} is in neither of the two periods.")
    return text.format(day=long_day(known.day))


def changed(now: int, before: int) -> str:
    """A change in per cent; per cent of nothing is not a figure, and 0 % is no change."""
    if before <= 0:
        return "–"
    change = round(Decimal(now - before) / Decimal(before), 2)
    return ("+" if change > 0 else "") + percent(change) if change else _("unchanged")


def growth(now: int, before: int, show: Callable[[int], str]) -> str:
    """How a figure has changed since the year before; per cent of nothing is not a figure."""
    if before <= 0:
        return _("the year before: {value}").format(value=show(before))
    return _("{change} on the year before").format(change=changed(now, before))


def in_house(ore: int, pieces: int, on: date | None = None) -> str:
    """What work has cost that no delivery has carried yet; ``on`` a day that has to be told."""
    text = ngettext(
        "Work done on furniture that is not delivered yet: {money} on {count} piece",
        "Work done on furniture that is not delivered yet: {money} on {count} pieces",
        pieces,
    )
    told = text.format(money=kroner(ore), count=number(pieces))
    return told if on is None else _("{text} (as of {day})").format(text=told, day=long_day(on))


def line_kinds() -> dict[LineKind, str]:
    """Why a line was written, in words."""
    return {
        LineKind.HANDOVER: _("hand-over"),
        LineKind.ADJUSTMENT: _("adjustment"),
        LineKind.LATE_COST: _("later cost"),
        LineKind.REVERSAL: _("reversal"),
        LineKind.TRANSPORT: _("transport on its run"),
        LineKind.COMPLAINT: _("complaint"),
    }


# --- boxes -----------------------------------------------------------------------------------


def unfinished(report: SavingsReport) -> str:
    """What is not in a report whose period goes on."""
    text = _("The period lasts until {end}; what is booked after {today} is not included.")
    return text.format(end=long_day(report.end), today=long_day(report.settled_on))


def calculation(report: SavingsReport) -> str:
    """How the two headline figures are made, in a few sentences."""
    if report.fee_counted:
        money = _(
            "Saved purchases = new price excl. VAT × share that replaces new purchases (D) × life"
            " not counted before − refurbishment − handling and transport + saved waste fee."
        )
    else:
        money = _(
            "Saved purchases = new price excl. VAT × share that replaces new purchases (D) × life"
            " not counted before − refurbishment − handling and transport."
        )
    rest = _(
        "Avoided CO₂e = (new production + freight) × D × life left (L) − refurbishment − driving."
        " Internal prices are not included."
    )
    return f"{money} {rest}"


def definitions(report: SavingsReport) -> list[str]:
    """What the words of the calculation mean, for those who check it."""
    return [
        _(
            "Share that replaces new purchases (D): the order's answer to “Would you otherwise have"
            " bought new?”. Yes counts 1, some of them 0.5 and no 0; no answer counts 0.5."
        ),
        _(
            "Life not counted before: 1 the first time a piece is reused. A period of use that has"
            " ended leaves 1 minus what it used, and a task that gives new life sets it to 1 again,"
            " so one life is never counted twice."
        ),
        _(
            "Life left (L): by condition, A 0.8, B 0.6, C 0.4 and D 0.2, or 1 after a task that"
            " gives new life; never more than the life not counted before."
        ),
        _(
            "Adjusted for life: as saved purchases, but with L in place of the life not counted"
            " before. A chair with half its life left has not saved a whole chair."
        ),
        _(
            "Return: only the life that was used may count, days in use / 365 / lifetime in years,"
            " at most L. Saved purchases change by new price × D × (life used − life counted at"
            " the hand-over), and CO₂e likewise from L; costs, pieces and value as new stay."
        ),
        _(
            "Returns, reversals and later costs are lines of their own on the day they happen; no"
            " line is ever changed."
        ),
        _counted(report),
        _waste(report),
        _(
            "New price: the furniture type's own, else the category's middle figure, which is an"
            " estimate. Documented means that the price has a date and a source. Every total is"
            " the sum of its rounded lines."
        ),
    ]


def method(report: SavingsReport) -> list[tuple[str, str]]:
    """How it is calculated and what weakens it: texts, each with what it is."""
    return [
        (_("Calculation"), calculation(report)),
        *((_("Definition"), text) for text in definitions(report)),
        *((_("Method"), text) for text in report.method),
    ]


def _counted(report: SavingsReport) -> str:
    text = _(
        "Reused pieces are counted by hand-over, and so is their value as new: the hand-overs that"
        " stand here are of {different} different pieces. A return changes neither count nor value"
        " as new, and a reversal takes both back."
    )
    return text.format(different=number(report.different))


def _waste(report: SavingsReport) -> str:
    if report.fee_counted:
        return _(
            "Reuse postpones waste rather than avoiding it. Still lines here count a saved waste"
            " fee, weight × kr. per tonne, as the municipality has set it; see Assumptions."
        )
    return _("Waste is postponed by reuse, not avoided, and counts 0.")


def own_saving(report: SavingsReport) -> str:
    """How much less the institution paid than new ones cost; never summed over all of them."""
    if report.institution is None or report.paid_ore is None:
        return ""
    if report.paid_ore == report.totals.new_value_ore == 0:
        return ""
    text = _(
        "{institution} paid {paid} for furniture worth {new_value} as new: {less} less than the new"
        " price. The internal price moves money inside the municipality and is no saving for it."
    )
    return text.format(
        institution=report.institution,
        paid=whole_kroner(report.paid_ore),
        new_value=whole_kroner(report.totals.new_value_ore),
        less=whole_kroner(report.totals.new_value_ore - report.paid_ore),
    )


def reused(report: SavingsReport) -> list[str]:
    """Of how many different pieces the deliveries are, and to how many institutions."""
    text = ngettext(
        "deliveries of {count} different piece",
        "deliveries of {count} different pieces",
        report.different,
    )
    places = sum(1 for each in report.institutions if each.totals.pieces > 0)
    to = ngettext("to {count} institution", "to {count} institutions", places)
    return [
        text.format(count=number(report.different)),
        report.institution or to.format(count=number(places)),
    ]


def loans(of: Sums) -> str:
    """What of the figures is of loans, and how far a loan counts in each."""
    text = ngettext(
        "Loans: {count} piece, {value} as new, saved purchases {cash}, {mass} avoided; {rule}.",
        "Loans: {count} pieces, {value} as new, saved purchases {cash}, {mass} avoided; {rule}.",
        of.pieces,
    )
    return text.format(
        count=number(of.pieces),
        value=kroner(of.new_value_ore),
        cash=kroner(of.cash_ore),
        mass=co2(of.net_g),
        rule=loans_count(),
    )


def loans_count() -> str:
    """How far a loan counts."""
    return _(
        "a loan counts whole in pieces and value as new, and elsewhere by its planned days, put"
        " right by the real ones when it is returned"
    )


def climate_prices(of: ClimatePrices | None) -> str:
    """The avoided levy and the shadow value, each by itself."""
    told = _priced(of)
    if late := _priced(of and of.late):
        text = _("of corrections to earlier periods {figures}")
        told.append(text.format(figures=", ".join(late)))
    if not told:
        return ""
    text = _("Beside the savings and never added to them: {figures}")
    return text.format(figures="; ".join(told))


def _priced(of: ClimatePrices | None) -> list[str]:
    """Levy and shadow value of some lines."""
    told = []
    if of is not None and of.levy:
        text = _("avoided climate levy on new furniture {money}")
        told.append(text.format(money=kroner(of.levy)))
    if of is not None and of.value is not None:
        text = _("shadow value of net avoided CO₂e {money} at {prices}")
        told.append(text.format(money=kroner(of.value), prices=shadow_prices(of)))
    return told


def shadow_prices(of: ClimatePrices) -> str:
    """The price of a tonne in each year that counts."""
    text = _("{money} per tonne ({year})")
    return ", ".join(text.format(money=kroner(ore), year=year) for year, ore in of.prices)


def undone_before(count: int) -> str:
    """Why pieces may be fewer than none: what was undone here was counted in a period before."""
    text = ngettext(
        "{count} hand-over from before the period was undone in it: it counts −1 here, and the"
        " period before stays as it was.",
        "{count} hand-overs from before the period were undone in it: each counts −1 here, and the"
        " period before stays as it was.",
        count,
    )
    return text.format(count=number(count))


def left_outside() -> str:
    """What a reader may think is deducted or measured, and is not."""
    return _(
        "Rent, vans, wages outside the tasks and the start are not deducted, and nobody tells when"
        " users throw a delivered piece out. Most of the avoided CO₂e lies outside the"
        " municipality, often abroad, where furniture is made. Not verified externally."
    )


def rounded() -> str:
    """Why a column of a table may differ from its total."""
    return _("Each figure is rounded by itself, so columns may differ by 1.")
