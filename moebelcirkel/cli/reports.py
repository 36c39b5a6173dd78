"""`moebelcirkel report savings --from D --to D [--institution NAME] --out FILE`: to a file.

A PDF is recorded with number and seal, as from the window; spreadsheets are drafts.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from moebelcirkel.cli.files import write_new
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _
from moebelcirkel.services import overview, reports
from moebelcirkel.services.context import Context

Write = Callable[[argparse.Namespace, Context, int | None], bytes]


def run(options: argparse.Namespace, context: Context) -> int:
    """Write the report in the form the file's ending asks for."""
    write = _WRITERS.get(options.out.suffix.lower())
    if write is None:
        raise Refused(
            N_("{name} must end in .pdf, .xlsx or .csv."), name=options.out.name or str(options.out)
        )
    _check_folder(options.out)
    write_new(options.out, write(options, context, _institution(context, options.institution)))
    return 0


def _check_folder(path: Path) -> None:
    """Nothing is recorded for a file that has no folder to lie in."""
    if not path.parent.is_dir():
        raise Refused(N_("There is no folder {name}. Make it first."), name=str(path.parent))


def _institution(context: Context, name: str | None) -> int | None:
    """The id behind a name as it is written in the register, in small or capital letters."""
    if name is None:
        return None
    wanted = " ".join(name.split()).casefold()
    for place in overview.places(context):
        if place.name.casefold() == wanted:
            return place.id
    raise Refused(N_("There is no institution called “{name}”."), name=name)


def _pdf(options: argparse.Namespace, context: Context, institution_id: int | None) -> bytes:
    done = reports.record(context, options.first, options.last, institution_id)
    print(
        _("Recorded as report {number} with seal {seal}.").format(
            number=done.data["number"], seal=done.data["seal"]
        )
    )
    return reports.reprint(context, int(done.data["id"]))


def _xlsx(options: argparse.Namespace, context: Context, institution_id: int | None) -> bytes:
    return reports.workbook(context, options.first, options.last, institution_id)


def _csv(options: argparse.Namespace, context: Context, institution_id: int | None) -> bytes:
    return reports.csv(context, options.first, options.last, institution_id)


_WRITERS: dict[str, Write] = {".pdf": _pdf, ".xlsx": _xlsx, ".csv": _csv}
