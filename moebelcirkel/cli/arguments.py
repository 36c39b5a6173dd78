"""The words of the command line; the commands' own modules are imported only to run them."""

import argparse
from collections.abc import Sequence

from moebelcirkel import __version__
from moebelcirkel.cli import upkeep, values
from moebelcirkel.cli.options import Commands, command, commands, flag, option
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
    option(parser, "--database", _("PATH|URL"), _("the database to use"))
    flag(
        parser,
        "--clock-is-right",
        _("say that the clock of this PC is right, where the program doubts it"),
    )
    option(parser, "--user", _("NAME"), _("who runs the command"))
    among = commands(parser, "command", required=False)
    for add in (_demo, _import, _report, _labels, _shop, _open, *upkeep.ALL):
        add(among)
    return parser


def _demo(among: Commands) -> None:
    parser = command(among, "demo", _("make a database of example data"))
    option(
        parser,
        "--create",
        _("PATH"),
        _("the new database; where there is one already, it is left as it is"),
        required=True,
    )
    option(
        parser,
        "--units",
        _("COUNT"),
        _("how many pieces of furniture, from 10 to 100,000 (else 3,000)"),
        Between(10, 100_000),
        default=3_000,
    )
    option(
        parser,
        "--articles",
        _("COUNT"),
        _("how many furniture types, from 5 to 10,000 (else what suits the pieces)"),
        Between(5, 10_000),
    )
    option(parser, "--today", _("DATE"), _("the last day of the example (else today)"), values.day)
    option(
        parser,
        "--seed",
        _("FIGURE"),
        _("another figure gives another example (else 1)"),
        Between(0, 2**31),
        default=1,
    )


def _import(among: Commands) -> None:
    parser = command(among, "import", _("take in furniture types with new prices"))
    option(parser, "file", _("FILE"), _("a spreadsheet or a CSV file"), values.file)
    option(
        parser,
        "--as",
        None,
        _("what the lines are; articles means furniture types"),
        str,
        dest="kind",
        choices=["articles"],
        required=True,
    )
    option(
        parser,
        "--map",
        _("COLUMNS.toml"),
        _("the file of choices, as the window saves it"),
        values.file,
        required=True,
    )
    flag(parser, "--dry-run", _("say what would happen, and import nothing"))
    flag(parser, "--any-price", _("also import prices far from what such furniture costs"))


def _report(among: Commands) -> None:
    parser = command(among, "report", _("write a report to a file"))
    option(
        parser,
        "kind",
        _("REPORT"),
        _("savings is the report on what reuse saved"),
        str,
        choices=["savings"],
    )
    option(
        parser, "--from", _("DATE"), _("the first day of a new report"), values.day, dest="first"
    )
    option(parser, "--to", _("DATE"), _("the last day of a new report"), values.day, dest="last")
    option(parser, "--institution", _("NAME"), _("a new report on this institution only"))
    option(
        parser,
        "--number",
        _("NUMBER"),
        _("fetch the report recorded under this number, instead of making a new one"),
    )
    flag(
        parser,
        "--with-lines",
        _("print all lines behind the totals too; recorded file and spreadsheet have them"),
    )
    option(
        parser,
        "--out",
        _("FILE.pdf|.xlsx|.csv"),
        _("the new file; a new report as PDF is recorded, a new spreadsheet is a draft"),
        values.file,
        required=True,
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


def _labels(among: Commands) -> None:
    parser = command(among, "labels", _("print labels to a PDF file"))
    option(
        parser,
        "numbers",
        _("NUMBER"),
        _("the number of a piece, for example MC-000117-5"),
        nargs="+",
    )
    option(parser, "--out", _("FILE.pdf"), _("the new file"), values.file, required=True)
    option(
        parser,
        "--start",
        _("FIELD"),
        _("the first free field of the sheet (else 1)"),
        Between(1, 200),
        default=1,
    )


def _shop(among: Commands) -> None:
    parser = command(among, "shop", _("hand out what is on sale"))
    actions = commands(parser)
    export = command(actions, "export", _("write what is on sale to a file, with pictures"))
    option(
        export,
        "--out",
        _("FILE.csv|.xlsx|.zip"),
        _("the new file; its pictures lie in a folder beside, or in the zip"),
        values.file,
        required=True,
    )


def _open(among: Commands) -> None:
    parser = command(among, "open", _("show a furniture type in the window"))
    option(parser, "link", _("LINK"), _("its address, for example moebelcirklen:type/123"))
