"""The words of the command line; the commands' own modules are imported only to run them."""

import argparse
from collections.abc import Sequence

from moebelcirkel import __version__
from moebelcirkel.cli import upkeep, values
from moebelcirkel.cli.values import Between
from moebelcirkel.cli.wording import Parser
from moebelcirkel.language import _


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The options; wrong ones end the program with one line on stderr and exit code 2."""
    parser = made()
    options = parser.parse_args(argv)
    if options.command == "report":
        _one_way(parser, options)
    return options


def made() -> Parser:
    """The parser, in the language that is set."""
    parser = Parser(
        prog="moebelcirkel",
        description=_("Internal furniture reuse exchange. Without a command the window opens."),
        epilog=_("A password is asked for, or taken from the variable MOEBELCIRKEL_PASSWORD."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"%(prog)s {__version__}",
        help=_("say the version and end"),
    )
    parser.add_argument(
        "--database", type=values.filled, metavar=_("PATH|URL"), help=_("the database to use")
    )
    parser.add_argument(
        "--clock-is-right",
        action="store_true",
        help=_("say that the clock of this PC is right, where the program doubts it"),
    )
    parser.add_argument(
        "--user", type=values.filled, metavar=_("NAME"), help=_("who runs the command")
    )
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    for add in (_demo, _import, _report, _labels, _shop, _open, *upkeep.ALL):
        add(commands)
    return parser


def _demo(commands: "upkeep.Commands[Parser]") -> None:
    parser = upkeep.command(commands, "demo", _("make a database of example data"))
    parser.add_argument(
        "--create",
        type=values.filled,
        metavar=_("PATH"),
        required=True,
        help=_("the new database; where there is one already, it is left as it is"),
    )
    parser.add_argument(
        "--units",
        type=Between(10, 100_000),
        default=3_000,
        metavar=_("COUNT"),
        help=_("how many pieces of furniture, from 10 to 100,000 (else 3,000)"),
    )
    parser.add_argument(
        "--articles",
        type=Between(5, 10_000),
        metavar=_("COUNT"),
        help=_("how many furniture types, from 5 to 10,000 (else what suits the pieces)"),
    )
    parser.add_argument(
        "--today",
        type=values.day,
        metavar=_("DATE"),
        help=_("the last day of the example (else today)"),
    )
    parser.add_argument(
        "--seed",
        type=Between(0, 2**31),
        default=1,
        metavar=_("FIGURE"),
        help=_("another figure gives another example (else 1)"),
    )


def _import(commands: "upkeep.Commands[Parser]") -> None:
    parser = upkeep.command(commands, "import", _("take in furniture types with new prices"))
    parser.add_argument(
        "file", metavar=_("FILE"), type=values.file, help=_("a spreadsheet or a CSV file")
    )
    parser.add_argument(
        "--as",
        dest="kind",
        choices=["articles"],
        required=True,
        help=_("what the lines are; articles means furniture types"),
    )
    parser.add_argument(
        "--map",
        metavar=_("COLUMNS.toml"),
        type=values.file,
        required=True,
        help=_("the file of choices, as the window saves it"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen, and import nothing")
    )
    parser.add_argument(
        "--any-price",
        action="store_true",
        help=_("also import prices far from what such furniture costs"),
    )


def _report(commands: "upkeep.Commands[Parser]") -> None:
    parser = upkeep.command(commands, "report", _("write a report to a file"))
    parser.add_argument(
        "kind",
        choices=["savings"],
        metavar=_("REPORT"),
        help=_("savings is the report on what reuse saved"),
    )
    parser.add_argument(
        "--from",
        dest="first",
        type=values.day,
        metavar=_("DATE"),
        help=_("the first day of a new report"),
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=values.day,
        metavar=_("DATE"),
        help=_("the last day of a new report"),
    )
    parser.add_argument(
        "--institution",
        type=values.filled,
        metavar=_("NAME"),
        help=_("a new report on this institution only"),
    )
    parser.add_argument(
        "--number",
        type=values.filled,
        metavar=_("NUMBER"),
        help=_("fetch the report recorded under this number, instead of making a new one"),
    )
    parser.add_argument(
        "--with-lines",
        action="store_true",
        help=_("print all lines behind the totals too; recorded file and spreadsheet have them"),
    )
    parser.add_argument(
        "--out",
        type=values.file,
        required=True,
        metavar=_("FILE.pdf|.xlsx|.csv"),
        help=_("the new file; a new report as PDF is recorded, a new spreadsheet is a draft"),
    )


def _one_way(parser: Parser, options: argparse.Namespace) -> None:
    """A report is either made of a period or fetched by its number."""
    asked = {"--from": options.first, "--to": options.last, "--institution": options.institution}
    given = [name for name, value in asked.items() if value is not None]
    missing = [name for name in ("--from", "--to") if name not in given]
    if options.number is not None and given:
        what = _("not allowed with argument %s") % ", ".join(given)
        parser.error(
            _("argument %(argument_name)s: %(message)s")
            % {"argument_name": "--number", "message": what}
        )
    if options.number is None and missing:
        parser.error(_("the following arguments are required: %s") % ", ".join(missing))


def _labels(commands: "upkeep.Commands[Parser]") -> None:
    parser = upkeep.command(commands, "labels", _("print labels to a PDF file"))
    parser.add_argument(
        "numbers",
        nargs="+",
        type=values.filled,
        metavar=_("NUMBER"),
        help=_("the number of a piece, for example MC-000117-5"),
    )
    parser.add_argument(
        "--out", type=values.file, required=True, metavar=_("FILE.pdf"), help=_("the new file")
    )
    parser.add_argument(
        "--start",
        type=Between(1, 200),
        default=1,
        metavar=_("FIELD"),
        help=_("the first free field of the sheet (else 1)"),
    )


def _shop(commands: "upkeep.Commands[Parser]") -> None:
    parser = upkeep.command(commands, "shop", _("hand out what is on sale"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    export = upkeep.command(actions, "export", _("write what is on sale to a file, with pictures"))
    export.add_argument(
        "--out",
        type=values.file,
        required=True,
        metavar=_("FILE.csv|.xlsx|.zip"),
        help=_("the new file; its pictures lie in a folder beside, or in the zip"),
    )


def _open(commands: "upkeep.Commands[Parser]") -> None:
    parser = upkeep.command(commands, "open", _("show a furniture type in the window"))
    parser.add_argument(
        "link",
        type=values.filled,
        metavar=_("LINK"),
        help=_("its address, for example moebelcirklen:type/123"),
    )
