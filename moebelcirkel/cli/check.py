"""`moebelcirkel check`: prove that rows equal their events and figures their inputs."""

import argparse

from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services import check
from moebelcirkel.services.context import Context


def run(_options: argparse.Namespace, context: Context) -> int:
    """Print what is wrong, one line each; exit code 1 when anything is."""
    report = check.run(context)
    for finding in report.findings:
        print(check.text(finding))
    if report.more:
        print(_("… and {count} more.").format(count=number(report.more)))
    rows = number(sum(report.counts.values()))
    if report.ok:
        print(_("Everything agrees: {rows} rows were checked.").format(rows=rows))
        return 0
    count = len(report.findings) + report.more
    found = ngettext("{count} thing is wrong", "{count} things are wrong", count)
    print(_("{rows} rows were checked:").format(rows=rows), found.format(count=number(count)))
    return 1
