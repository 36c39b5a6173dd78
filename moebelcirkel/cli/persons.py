"""`moebelcirkel person paper … --out FILE.pdf`: what is kept about somebody, for that somebody."""

import argparse

from moebelcirkel.cli.files import new_file
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, day
from moebelcirkel.services import persons
from moebelcirkel.services.context import Context


def run(options: argparse.Namespace, context: Context) -> int:
    """Write the paper of a user, or of a name that stands in texts; or list what is too old."""
    if options.action == "old":
        return _list(context)
    if options.out.suffix.lower() != ".pdf":
        raise Refused(N_("{name} must end in .pdf."), name=options.out.name)
    with new_file(options.out) as keep:
        if options.login is not None:
            keep(persons.paper(context, persons.id_of(context, options.login)))
        else:
            keep(persons.paper_of_name(context, options.name))
    return 0


def _list(context: Context) -> int:
    rows = persons.too_old(context).rows
    for row in rows:
        print(f"{day(row.since.date())}  {row.name}  {_(persons.KIND_NAMES[row.kind])}")
    if not rows:
        print(_("Nothing is too old."))
    return 0
