"""Besparelsesrapport on paper and as a spreadsheet."""

from moebelcirkel.documents.reports.savings import SavingsReport


def drawn(report: SavingsReport, *, with_lines: bool = True) -> bytes:
    """The report as PDF."""
    # Drawing is loaded when something is drawn, so that the program starts without it.
    from moebelcirkel.documents.reports.pages import savings_report

    return savings_report(report, with_lines=with_lines)
