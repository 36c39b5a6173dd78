"""Corrections to earlier periods on paper, and the result with them."""

from collections.abc import Callable, Sequence

from moebelcirkel.documents import tables
from moebelcirkel.documents.paper import PART, QUIET, Flow
from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.savings import Elsewhere, SavingsReport
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import _, co2_alike, day, kroner, ngettext, number

#: So many lines are printed one by one; more stand in the spreadsheet.
_MOST = 40
#: From so many øre on, amounts are told in whole kroner.
_LARGE = 10_000_000


def corrections(flow: Flow, report: SavingsReport) -> None:
    """What came too late for the recorded reports of its day, by report, and with the result."""
    late = report.late
    if late.periods:
        flow.heading(_("Corrections to earlier periods"), PART, keep=150)
        flow.paragraph(_explained(report), QUIET)
        flow.gap(4)
        columns = (
            tables.TableColumn(_("Too late for"), 205),
            tables.TableColumn(_("Lines"), 46, right=True),
            tables.TableColumn(_("Pieces"), 46, right=True),
            tables.TableColumn(_("Saved purchases (estimate)"), 104, right=True, strong=True),
            tables.TableColumn(_("Avoided CO₂e (estimate)"), 104, right=True, strong=True),
        )
        entries = _entries(report)
        mass = co2_alike(sums.net_g for _name, _lines, sums in entries)
        rows = [(name, number(lines), *_amounts(sums, mass)) for name, lines, sums in entries]
        tables.place(flow, columns, rows[:-1], total=rows[-1])
        _also(flow, [(name, sums) for name, _count, sums in entries], together=True)
        _lines(flow, report)
        flow.gap(14)
    if late.elsewhere:
        _elsewhere(flow, late.elsewhere)
        flow.gap(14)
    if late.told:
        flow.paragraph(_told(report), QUIET)
        flow.gap(14)


def _entries(report: SavingsReport) -> list[tuple[str, int, Sums]]:
    """By period what came too late, all of it, this period, and last the two together."""
    late = report.late
    return [
        *(
            (
                f"{each.number} · {words.period(each.start, each.end)}",
                each.totals.lines,
                each.totals,
            )
            for each in late.periods
        ),
        (_("Corrections in all"), late.lines, late.totals),
        (_("This period"), report.line_count, report.totals),
        (_("Result with corrections"), report.line_count + late.lines, report.corrected),
    ]


def _also(flow: Flow, entries: Sequence[tuple[str, Sums]], *, together: bool = False) -> None:
    """The other sums of the same rows, so that a reader can add up each of them."""
    flow.gap(6)
    columns = (
        tables.TableColumn(_("Too late for"), 205),
        tables.TableColumn(_("Value as new"), 96, right=True),
        tables.TableColumn(_("Revenue"), 96, right=True),
        tables.TableColumn(_("Adjusted for life"), 108, right=True),
    )
    rows = [
        (name, _money(sums.new_value_ore), _money(sums.paid_ore), _money(sums.lifetime_ore))
        for name, sums in entries
    ]
    tables.place(
        flow, columns, rows[:-1] if together else rows, total=rows[-1] if together else None
    )


def _money(ore: int) -> str:
    return (words.whole_kroner if abs(ore) >= _LARGE else kroner)(ore)


def _elsewhere(flow: Flow, found: Sequence[Elsewhere]) -> None:
    """Corrections that stand in other reports: named, so that a reader can add them up."""
    flow.heading(_("Corrections that stand in other reports"), PART, keep=110)
    text = _(
        "Lines that came too late for the first report and stand in the second already. They are"
        " not in the figures here: whoever adds the first report up adds them to it."
    )
    flow.paragraph(text, QUIET)
    flow.gap(4)
    columns = (
        tables.TableColumn(_("Too late for"), 170),
        tables.TableColumn(_("Stand in"), 60),
        tables.TableColumn(_("Lines"), 40, right=True),
        tables.TableColumn(_("Pieces"), 40, right=True),
        tables.TableColumn(_("Saved purchases (estimate)"), 104, right=True, strong=True),
        tables.TableColumn(_("Avoided CO₂e (estimate)"), 104, right=True, strong=True),
    )
    mass = co2_alike(each.totals.net_g for each in found)
    rows = [
        (
            f"{each.lacking} · {words.period(each.start, each.end)}",
            each.number,
            number(each.totals.lines),
            *_amounts(each.totals, mass),
        )
        for each in found
    ]
    tables.place(flow, columns, rows)
    _also(
        flow,
        [(f"{each.lacking} · {words.period(each.start, each.end)}", each.totals) for each in found],
    )


def _amounts(totals: Sums, mass: Callable[[int], str]) -> tuple[str, str, str]:
    return number(totals.pieces), _money(totals.cash_ore), mass(totals.net_g)


def _explained(report: SavingsReport) -> str:
    text = _(
        "Lines of earlier days that were booked after the report of their period was recorded. They"
        " are in no earlier report and not in the totals of this period; each is corrected once, so"
        " recorded reports and their corrections add up to the year."
    )
    if report.number is None:
        text += " " + _("A draft takes no corrections: they wait for the next recorded report.")
    return text


def _lines(flow: Flow, report: SavingsReport) -> None:
    """Each line, where there are not too many."""
    rows = report.late.rows
    if not rows or len(rows) > _MOST:
        flow.gap(4)
        text = _("Each of the {count} lines stands in the spreadsheet of this report.")
        flow.paragraph(text.format(count=number(report.late.lines)), QUIET)
        return
    flow.gap(8)
    kinds = words.line_kinds()
    mass = co2_alike(row.net_g for row in rows if row.net_g is not None)
    columns = (
        tables.TableColumn(_("Date"), 55),
        tables.TableColumn(_("Label no."), 62),
        tables.TableColumn(_("Institution"), 130),
        tables.TableColumn(_("Kind"), 72),
        tables.TableColumn(_("Saved purchases"), 93, right=True),
        tables.TableColumn(_("Avoided CO₂e"), 93, right=True),
    )
    found = [
        (
            day(row.effective_on),
            row.number,
            row.institution,
            kinds[row.kind],
            kroner(row.cash_ore),
            "–" if row.net_g is None else mass(row.net_g),
        )
        for row in rows
    ]
    tables.place(flow, columns, found)


def _told(report: SavingsReport) -> str:
    """That some of its own lines stand as corrections in other reports already."""
    parts = [
        ngettext(
            "{count} line of this report is a correction in report {number} as well",
            "{count} lines of this report are corrections in report {number} as well",
            count,
        ).format(count=number(count), number=name)
        for name, count in report.late.told
    ]
    end = _("do not add the two together.")
    return f"{'; '.join(parts)}: {end}"
