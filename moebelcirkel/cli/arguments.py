"""The words of the command line; the commands' own modules are imported only to run them."""

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from moebelcirkel import __version__
from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, parse_day, refusal


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options; wrong ones end the program with one line on stderr and exit code 2."""
    return _parser().parse_args(argv)


class _Parser(argparse.ArgumentParser):
    """Errors in one line: usage is what --help is for."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"moebelcirkel: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="moebelcirkel", description=_("Internal furniture reuse exchange"))
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--database", metavar=_("PATH|URL"), help=_("the database to use"))
    parser.add_argument("--user", metavar=_("NAME"), help=_("who runs the command"))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=_Parser)
    for add in (_demo, _import, _report, _labels, _check, _migrate, _backup, _user, _tests):
        add(commands)
    return parser


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _demo(commands: "Commands[_Parser]") -> None:
    parser = commands.add_parser("demo", help=_("make a database of example data"))
    parser.add_argument("--create", metavar=_("PATH"), required=True)
    parser.add_argument("--units", type=_between(10, 100_000), default=3_000)
    parser.add_argument("--articles", type=_between(5, 10_000), default=None)
    parser.add_argument("--today", type=_day, default=None)
    parser.add_argument("--seed", type=int, default=1)


def _import(commands: "Commands[_Parser]") -> None:
    parser = commands.add_parser("import", help=_("take in furniture types with new prices"))
    parser.add_argument("file", metavar=_("FILE"), type=Path)
    parser.add_argument("--as", dest="kind", choices=["articles"], required=True)
    parser.add_argument("--map", metavar="MAPPING.toml", type=Path, required=True)
    parser.add_argument("--dry-run", action="store_true")


def _report(commands: "Commands[_Parser]") -> None:
    parser = commands.add_parser("report", help=_("write a report to a file"))
    parser.add_argument("kind", choices=["savings"])
    parser.add_argument("--from", dest="first", type=_day, required=True)
    parser.add_argument("--to", dest="last", type=_day, required=True)
    parser.add_argument("--institution", metavar=_("NAME"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf|.xlsx|.csv")


def _labels(commands: "Commands[_Parser]") -> None:
    parser = commands.add_parser("labels", help=_("print labels to a PDF file"))
    parser.add_argument("numbers", nargs="+", metavar=_("NUMBER"))
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument("--start", type=_between(1, 200), default=1)


def _check(commands: "Commands[_Parser]") -> None:
    commands.add_parser("check", help=_("prove that rows equal their events, and figures too"))


def _migrate(commands: "Commands[_Parser]") -> None:
    commands.add_parser("migrate", help=_("bring the database up to date"))


def _backup(commands: "Commands[_Parser]") -> None:
    parser = commands.add_parser("backup", help=_("copy the database while it is in use"))
    parser.add_argument("path", metavar=_("PATH"), type=Path)


def _user(commands: "Commands[_Parser]") -> None:
    parser = commands.add_parser("user", help=_("people who log in"))
    actions = parser.add_subparsers(dest="action", required=True, parser_class=_Parser)
    reset = actions.add_parser("reset-password", help=_("give a person a one-time password"))
    reset.add_argument("name", metavar=_("NAME"))


def _tests(commands: "Commands[_Parser]") -> None:
    commands.add_parser("self-test", help=_("prove that this installation works"))
    tour = commands.add_parser("tour", help=_("run the main job without a screen"))
    tour.add_argument("--out", metavar=_("FOLDER"))
    tour.add_argument("--shots", metavar=_("FOLDER"))


class _Between:
    """A whole number within bounds, as an argument type."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = self.low - 1
        if not self.low <= number <= self.high:
            raise argparse.ArgumentTypeError(
                _("write a whole number between {low} and {high}").format(
                    low=self.low, high=self.high
                )
            )
        return number


def _between(low: int, high: int) -> _Between:
    return _Between(low, high)


def _day(text: str) -> dt.date:
    try:
        return parse_day(text)
    except Refused as error:
        raise argparse.ArgumentTypeError(refusal(error)) from error
