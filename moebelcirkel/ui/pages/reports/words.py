"""What the reports page says about a report, on the screen beside its paper."""

from decimal import Decimal

from moebelcirkel.domain.periods import Period
from moebelcirkel.language import _, co2, kroner, moment, number
from moebelcirkel.services.reports import Paper
from moebelcirkel.ui.kit.forms import period as periods
from moebelcirkel.ui.kit.lists.facts import Fact


def whole(ore: int) -> str:
    """An amount without øre."""
    return kroner(round(Decimal(ore) / 100) * 100)


def covers(institution: str | None) -> str:
    """Whose figures a report holds."""
    return institution or _("All institutions")


def of_what(paper: Paper) -> str:
    """Period and scope of a report."""
    return f"{periods.words(Period(paper.start, paper.end))} · {covers(paper.institution)}"


def facts(paper: Paper) -> list[Fact]:
    """The report in a column."""
    found = [
        Fact(_("Saved purchases (estimate)"), whole(paper.cash_ore), tone="money"),
        Fact(_("Adjusted for life (estimate)"), whole(paper.lifetime_ore), tone="money"),
        Fact(_("Avoided CO₂e"), co2(paper.net_g), tone="co2"),
        Fact(_("Reused pieces"), number(paper.pieces)),
        Fact(_("Lines"), number(paper.lines)),
        Fact(_("Made up"), moment(paper.settled_at)),
    ]
    if paper.number is not None:
        found.append(Fact(_("Recorded by"), paper.by or "Møbelcirklen"))
        found.append(Fact(_("Seal"), f"{(paper.seal or '')[:4]} {(paper.seal or '')[4:8]}"))
    return found


def advice(paper: Paper) -> str:
    """What the reader should know before printing."""
    parts = []
    if paper.number is None:
        parts.append(
            _(
                "This draft is not recorded. “Save and print” gives it a number and a seal; then it"
                " can be printed again at any time, exactly as it is."
            )
        )
    else:
        parts.append(_("The report is recorded. Printing it again gives the very same pages."))
    if paper.lines and not paper.printed_lines:
        parts.append(
            _("Its {count} lines are too many for paper. They are in the spreadsheet.").format(
                count=number(paper.lines)
            )
        )
    return " ".join(parts)
