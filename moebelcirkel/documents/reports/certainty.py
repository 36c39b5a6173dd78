"""How certain the figures of a besparelsesrapport are: covered, other shares, corrections."""

from moebelcirkel.documents.reports.savings import Correction, SavingsReport, Sensitivity
from moebelcirkel.documents.reports.words import share, unfinished, whole_kroner
from moebelcirkel.domain.figures import Coverage, LineKind
from moebelcirkel.language import _, co2, ngettext, number, percent


def certainty(report: SavingsReport) -> str:
    """What the figures rest on, and how far they could be off."""
    cover = report.coverage
    sentences = [unfinished(report)] if report.unfinished else []
    sentences += _covered(cover) if cover.lines else []
    sentences += _if_other_shares(report)
    sentences += _left_out(report)
    if report.co2_known:
        sentences.append(_("Sums of low and high figures are extremes, not a likely range."))
    return " ".join(sentences)


def _covered(cover: Coverage) -> list[str]:
    text = ngettext(
        "{read} of {lines} line uses a factor that was read in a source.",
        "{read} of {lines} lines use a factor that was read in a source.",
        cover.lines,
    )
    sentences = [text.format(read=number(cover.read), lines=number(cover.lines))]
    if cover.new_value > 0:
        known = share(cover.documented, cover.new_value)
        rest = share(cover.new_value - cover.documented, cover.new_value)
        text = _("{known} of the new price is documented, {rest} is an estimate.")
        sentences.append(text.format(known=known, rest=rest))
    text = _("{answered} have answered whether they would otherwise have bought new.")
    sentences.append(text.format(answered=share(cover.answered, cover.lines)))
    return sentences


def _if_other_shares(report: SavingsReport) -> list[str]:
    if len(report.sensitivity) < 2:
        return []
    ordered = sorted(report.sensitivity, key=lambda each: each.share)
    low, high = ordered[0], ordered[-1]
    if high.share == 1:
        text = _(
            "If reuse replaces new purchases only {share} of the time, saved purchases are"
            " {low_money} and avoided CO₂e {low_mass}; if it always does, {high_money} and"
            " {high_mass}."
        )
    else:
        text = _(
            "If reuse replaces new purchases {share} of the time, saved purchases are {low_money}"
            " and avoided CO₂e {low_mass}; at {high_share} {high_money} and {high_mass}."
        )
    return [
        text.format(
            share=percent(low.share),
            low_money=whole_kroner(low.cash_ore),
            low_mass=co2(low.net_g),
            high_share=percent(high.share),
            high_money=whole_kroner(high.cash_ore),
            high_mass=co2(high.net_g),
        ),
        *_odd_shares(report, low, high),
    ]


def _odd_shares(report: SavingsReport, low: Sensitivity, high: Sensitivity) -> list[str]:
    """Why the result is none of what lies between, or falls where the share rises."""
    now = report.totals
    found = []
    if low.cash_ore > high.cash_ore or low.net_g > high.net_g:
        found.append(
            _(
                "Here a larger share makes a figure smaller, because more was taken back in the"
                " period than was delivered."
            )
        )
    between = _between(low.cash_ore, now.cash_ore, high.cash_ore) and _between(
        low.net_g, now.net_g, high.net_g
    )
    if not between and report.corrections:
        found.append(
            _(
                "The result itself is not between the two: each line counts with its own answer,"
                " and a return takes back with the answer of its own delivery."
            )
        )
    elif not between:
        found.append(
            _(
                "The result itself is not between the two: each line counts with its own answer,"
                " and where that was no, with nothing."
            )
        )
    return found


def _between(one: int, value: int, other: int) -> bool:
    return min(one, other) <= value <= max(one, other)


def _left_out(report: SavingsReport) -> list[str]:
    found = []
    if report.coverage.without_factor:
        count = report.coverage.without_factor
        text = ngettext(
            "{count} line has no factor and is not in the CO₂e figure.",
            "{count} lines have no factor and are not in the CO₂e figure.",
            count,
        )
        found.append(text.format(count=number(count)))
    return [*found, *_corrections(report)]


def _corrections(report: SavingsReport) -> list[str]:
    """How many lines are no hand-overs, and how each kind of them changes the saved purchases."""
    count = sum(each.lines for each in report.corrections)
    if not count:
        return []
    text = ngettext(
        "{count} correction is included: {kinds}.",
        "{count} corrections are included: {kinds}.",
        count,
    )
    kinds = ", ".join(
        f"{_corrected(each)} {whole_kroner(each.cash_ore)}" for each in report.corrections
    )
    # An amount in Danish ends in a full stop of its own.
    return [text.format(count=number(count), kinds=kinds).rstrip(".") + "."]


def _corrected(correction: Correction) -> str:
    count = correction.lines
    if correction.kind is LineKind.ADJUSTMENT:
        text = ngettext("{count} return", "{count} returns", count)
    elif correction.kind is LineKind.TRANSPORT:
        text = ngettext("{count} share of a run", "{count} shares of runs", count)
    elif correction.kind is LineKind.COMPLAINT:
        text = ngettext("{count} complaint", "{count} complaints", count)
    elif correction.kind is LineKind.LATE_COST:
        text = ngettext("{count} later cost", "{count} later costs", count)
    else:
        text = ngettext("{count} reversal", "{count} reversals", count)
    return text.format(count=number(count))
