"""`moebelcirkel import FILE --as articles --map MAPPING.toml [--dry-run]`: types from a file."""

import argparse
from pathlib import Path

from moebelcirkel.domain.errors import N_, Unavailable
from moebelcirkel.language import _, ngettext, number, refusal
from moebelcirkel.services import imports
from moebelcirkel.services.context import Context


def run(options: argparse.Namespace, context: Context) -> int:
    """Import, or with --dry-run only say what would happen; refused lines go to stdout."""
    source = imports.read(_bytes(options.file), options.file.name)
    choices = imports.choices_from_file(context, _bytes(options.map), options.map.name)
    facts = (choices.encoding, choices.delimiter, choices.decimal)
    if any(facts):
        source = source.again(encoding=facts[0], delimiter=facts[1], decimal=facts[2])
    trial = imports.try_out(context, source, choices)
    for error in trial.errors:
        print(_("Line {line}: {text}").format(line=error.line, text=refusal(error.refused())))
    if options.dry_run:
        print(_summary(len(trial.records), len(trial.errors)))
        print(_("This was a dry run. Nothing has been imported."))
        return 0
    done = imports.run(context, source, choices)
    print(_summary(done.data["taken"], done.data["refused"]))
    return 0


def _summary(taken: int, refused: int) -> str:
    first = ngettext("{n} furniture type", "{n} furniture types", taken).format(n=number(taken))
    second = ngettext("{n} line refused", "{n} lines refused", refused).format(n=number(refused))
    return f"{first}, {second}."


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            N_("{path} cannot be read. Check the name and that you may open it."), path=str(path)
        ) from error
