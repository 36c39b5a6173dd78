"""`moebelcirkel report savings --from D --to D [--institution NAME] --out FILE`: to a file.

A PDF is recorded with number and seal, as from the window; a spreadsheet of a period is a draft.
With `--number` a report that is recorded already is fetched, in any of the forms.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from moebelcirkel.cli.files import Keep, new_file
from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services import overview, reports
from moebelcirkel.services.context import Context
from moebelcirkel.services.reports import sheets as report_sheets


@dataclass(frozen=True, slots=True)
class _Form:
    """How a form of report is made of a period, and of one that is recorded."""

    new: Callable[[argparse.Namespace, Context, int | None, Keep], None]
    recorded: Callable[[argparse.Namespace, Context, int], bytes]


def run(options: argparse.Namespace, context: Context) -> int:
    """Write the report in the form the file's ending asks for."""
    form = _FORMS.get(options.out.suffix.lower())
    if form is None:
        raise Refused(N_("{name} must end in .pdf, .xlsx or .csv."), name=options.out.name)
    with new_file(options.out) as keep:
        if options.number is not None:
            keep(form.recorded(options, context, reports.id_of(context, options.number)))
        else:
            form.new(options, context, _institution(context, options.institution), keep)
    return 0


def _institution(context: Context, name: str | None) -> int | None:
    """The id behind a name as it is written in the register, in small or capital letters."""
    if name is None:
        return None
    wanted = " ".join(name.split()).casefold()
    for place in overview.places(context):
        if place.name.casefold() == wanted:
            return place.id
    if context.reach(Action.REPORT) is None:
        raise Refused(N_("There is no institution called “{name}”."), name=name)
    raise Refused(N_("You may not see the figures of an institution called “{name}”."), name=name)


def _pdf(
    options: argparse.Namespace, context: Context, institution_id: int | None, keep: Keep
) -> None:
    done = reports.record(context, options.first, options.last, institution_id)
    try:
        keep(_reprint(options, context, done.id))
    except (Refused, Unavailable) as error:
        raise Unavailable(
            N_(
                "The report is recorded as {number}, but its file is missing. {reason} Fetch it "
                "with: moebelcirkel report savings --number {number} --out FILE.pdf"
            ),
            number=done.number,
            reason=error,
        ) from error
    said = _("Recorded as report {number} with seal {seal}.")
    print(said.format(number=done.number, seal=done.seal))


def _reprint(options: argparse.Namespace, context: Context, report_id: int) -> bytes:
    return reports.reprint(context, report_id, all_lines=options.with_lines)


def _xlsx(
    options: argparse.Namespace, context: Context, institution_id: int | None, keep: Keep
) -> None:
    keep(report_sheets.workbook(context, options.first, options.last, institution_id))


def _csv(
    options: argparse.Namespace, context: Context, institution_id: int | None, keep: Keep
) -> None:
    keep(report_sheets.csv(context, options.first, options.last, institution_id))


_FORMS = {
    ".pdf": _Form(_pdf, _reprint),
    ".xlsx": _Form(_xlsx, lambda _options, *report: report_sheets.workbook_of(*report)),
    ".csv": _Form(_csv, lambda _options, *report: report_sheets.csv_of(*report)),
}
