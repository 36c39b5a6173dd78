"""`moebelcirkel import FILE --as articles --map MAPPING.toml [--dry-run]`: types from a file."""

import argparse
from pathlib import Path

from moebelcirkel.domain.errors import N_, Refused, Unavailable
from moebelcirkel.language import _, ngettext, number, refusal
from moebelcirkel.services import copies, imports
from moebelcirkel.services.context import Context


def run(options: argparse.Namespace, context: Context) -> int:
    """Import, or with --dry-run only say what would happen; refused lines go to stdout."""
    choices = imports.choices_from_file(context, _bytes(options.map), options.map.name)
    source = imports.read(_bytes(options.file), options.file.name, **choices.facts())
    trial = _tried(context, source, choices, options)
    for error in trial.errors:
        print(_("Line {line}: {text}").format(line=error.line, text=refusal(error.refused())))
    if trial.far_out and not options.any_price:
        print(_("If the prices are right, give --any-price."))
    if options.dry_run:
        print(_summary(len(trial.records), len(trial.errors)))
        print(_("This was a dry run. Nothing has been imported."))
        return 0
    copies.before_import(context)
    done = imports.run(context, source, choices, any_price=options.any_price)
    print(_summary(done.taken, done.refused))
    return 0


def _tried(
    context: Context,
    source: imports.Source,
    choices: imports.ImportChoices,
    options: argparse.Namespace,
) -> imports.Trial[imports.ArticleRecord]:
    try:
        return imports.try_out(context, source, choices, any_price=options.any_price)
    except Refused as error:
        if error.field != "decimal":
            raise
        raise Refused(
            N_('{reason} Write decimal = "," or "." under [file] in {name}.'),
            reason=error,
            name=options.map.name,
        ) from None


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
