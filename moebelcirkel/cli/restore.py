"""`moebelcirkel restore`: the copies there are, or one of them put back."""

import argparse
import datetime as dt
from pathlib import Path

from moebelcirkel import language
from moebelcirkel.cli.running import target_of
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.language import _, ngettext, number
from moebelcirkel.services import copies
from moebelcirkel.services.start import opening


def run(options: argparse.Namespace) -> int:
    """List the copies; with one named, or the newest asked for, put it back."""
    database = opening.file_of(target_of(options))
    copy: Path | None = options.copy
    if copy is None:
        found = copies.there(database, options.folder)
        newest = copies.newest_good(found)
        if not options.newest:
            for each in found:
                print(_line(each))
            return 0
        if newest is None:
            raise Refused(N_("No good copy was found. Name the folder with --folder."))
        copy = newest.path
    restored = copies.restore(database, copy)
    print(_("{name} is in the place of the database.").format(name=copy.name))
    if restored.kept is not None:
        print(_("The file from before lies at {path}").format(path=restored.kept))
    if restored.erased:
        again = ngettext(
            "{count} person or picture, erased since the copy, is erased again.",
            "{count} people and pictures, erased since the copy, are erased again.",
            restored.erased,
        )
        print(again.format(count=number(restored.erased)))
    _tell_faults(restored)
    return 1 if restored.missing or restored.flawed else 0


def _tell_faults(restored: copies.Restored) -> None:
    if restored.missing:
        gone = ngettext(
            "{count} picture was not found.", "{count} pictures were not found.", restored.missing
        )
        print(gone.format(count=number(restored.missing)))
    if restored.flawed:
        found = ngettext("{count} thing is wrong", "{count} things are wrong", restored.flawed)
        print(found.format(count=number(restored.flawed)))


def _line(copy: copies.Copy) -> str:
    facts = copy.facts
    pieces = ngettext("{count} piece", "{count} pieces", facts.pieces)
    parts = [
        str(copy.path),
        language.moment(facts.moment),
        pieces.format(count=number(facts.pieces)),
    ]
    if facts.last_at:
        last = language.moment(dt.datetime.fromisoformat(facts.last_at))
        said = f"{last}, {facts.last_by}" if facts.last_by else last
        parts.append(_("last changed {moment}").format(moment=said))
    if facts.flawed:
        parts.append(_("with faults"))
    return " · ".join(parts)
