"""The words of the command line; the commands' own modules are imported only to run them."""

import argparse
from collections.abc import Sequence

from moebelcirkel import __version__
from moebelcirkel.cli import values
from moebelcirkel.cli.values import Between
from moebelcirkel.cli.wording import Parser
from moebelcirkel.language import _

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


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
        "--version", action="version", version=f"%(prog)s {__version__}",
        help=_("say the version and end"),
    )  # fmt: skip
    parser.add_argument(
        "--database", type=values.filled, metavar=_("PATH|URL"), help=_("the database to use")
    )
    parser.add_argument(
        "--clock-is-right", action="store_true",
        help=_("say that the clock of this PC is right, where the program doubts it"),
    )  # fmt: skip
    parser.add_argument(
        "--user", type=values.filled, metavar=_("NAME"), help=_("who runs the command")
    )
    commands = parser.add_subparsers(
        dest="command", metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    for add in (
        _demo,
        _import,
        _report,
        _labels,
        _shop,
        _open,
        _check,
        _migrate,
        _move,
        _backup,
        _restore,
        _server,
        _doctor,
        _user,
        _person,
        _work,
        _tests,
    ):
        add(commands)
    return parser


def _command(commands: "Commands[Parser]", name: str, what: str) -> Parser:
    """One command, which says the same about itself in both helps."""
    return commands.add_parser(name, help=what, description=what)


def _demo(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "demo", _("make a database of example data"))
    parser.add_argument(
        "--create", type=values.filled, metavar=_("PATH"), required=True,
        help=_("the new database; where there is one already, it is left as it is"),
    )  # fmt: skip
    parser.add_argument(
        "--units", type=Between(10, 100_000), default=3_000, metavar=_("COUNT"),
        help=_("how many pieces of furniture, from 10 to 100,000 (else 3,000)"),
    )  # fmt: skip
    parser.add_argument(
        "--articles", type=Between(5, 10_000), metavar=_("COUNT"),
        help=_("how many furniture types, from 5 to 10,000 (else what suits the pieces)"),
    )  # fmt: skip
    parser.add_argument(
        "--today", type=values.day, metavar=_("DATE"),
        help=_("the last day of the example (else today)"),
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=Between(0, 2**31), default=1, metavar=_("FIGURE"),
        help=_("another figure gives another example (else 1)"),
    )  # fmt: skip


def _import(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "import", _("take in furniture types with new prices"))
    parser.add_argument(
        "file", metavar=_("FILE"), type=values.file, help=_("a spreadsheet or a CSV file")
    )
    parser.add_argument(
        "--as", dest="kind", choices=["articles"], required=True,
        help=_("what the lines are; articles means furniture types"),
    )  # fmt: skip
    parser.add_argument(
        "--map", metavar=_("COLUMNS.toml"), type=values.file, required=True,
        help=_("the file of choices, as the window saves it"),
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would happen, and import nothing")
    )
    parser.add_argument(
        "--any-price", action="store_true",
        help=_("also import prices far from what such furniture costs"),
    )  # fmt: skip


def _report(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "report", _("write a report to a file"))
    parser.add_argument(
        "kind", choices=["savings"], metavar=_("REPORT"),
        help=_("savings is the report on what reuse saved"),
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="first", type=values.day, metavar=_("DATE"),
        help=_("the first day of a new report"),
    )  # fmt: skip
    parser.add_argument(
        "--to", dest="last", type=values.day, metavar=_("DATE"),
        help=_("the last day of a new report"),
    )  # fmt: skip
    parser.add_argument(
        "--institution", type=values.filled, metavar=_("NAME"),
        help=_("a new report on this institution only"),
    )  # fmt: skip
    parser.add_argument(
        "--number", type=values.filled, metavar=_("NUMBER"),
        help=_("fetch the report recorded under this number, instead of making a new one"),
    )  # fmt: skip
    parser.add_argument(
        "--with-lines",
        action="store_true",
        help=_("print all lines behind the totals too; recorded file and spreadsheet have them"),
    )
    parser.add_argument(
        "--out", type=values.file, required=True, metavar=_("FILE.pdf|.xlsx|.csv"),
        help=_("the new file; a new report as PDF is recorded, a new spreadsheet is a draft"),
    )  # fmt: skip


def _one_way(parser: Parser, options: argparse.Namespace) -> None:
    """A report is either made of a period or fetched by its number."""
    asked = {"--from": options.first, "--to": options.last, "--institution": options.institution}
    given = [name for name, value in asked.items() if value is not None]
    missing = [name for name in ("--from", "--to") if name not in given]
    if options.number is not None and given:
        what = _("not allowed with argument %s") % ", ".join(given)
        parser.error(_("argument %(argument_name)s: %(message)s") % {
            "argument_name": "--number", "message": what
        })  # fmt: skip
    if options.number is None and missing:
        parser.error(_("the following arguments are required: %s") % ", ".join(missing))


def _labels(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "labels", _("print labels to a PDF file"))
    parser.add_argument(
        "numbers", nargs="+", type=values.filled, metavar=_("NUMBER"),
        help=_("the number of a piece, for example MC-000117-5"),
    )  # fmt: skip
    parser.add_argument(
        "--out", type=values.file, required=True, metavar=_("FILE.pdf"), help=_("the new file")
    )
    parser.add_argument(
        "--start", type=Between(1, 200), default=1, metavar=_("FIELD"),
        help=_("the first free field of the sheet (else 1)"),
    )  # fmt: skip


def _shop(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "shop", _("hand out what is on sale"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"),
        parser_class=Parser,
    )  # fmt: skip
    export = _command(actions, "export", _("write what is on sale to a file, with pictures"))
    export.add_argument(
        "--out", type=values.file, required=True, metavar=_("FILE.csv|.xlsx|.zip"),
        help=_("the new file; its pictures lie in a folder beside, or in the zip"),
    )  # fmt: skip


def _open(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "open", _("show a furniture type in the window"))
    parser.add_argument(
        "link", type=values.filled, metavar=_("LINK"),
        help=_("its address, for example moebelcirklen:type/123"),
    )  # fmt: skip


def _check(commands: "Commands[Parser]") -> None:
    _command(commands, "check", _("prove that rows equal their events, and figures too"))


def _migrate(commands: "Commands[Parser]") -> None:
    what = _("bring the database up to date; an empty shared database is set up")
    _command(commands, "migrate", what)


def _move(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "move", _("move the database file to a PostgreSQL server"))
    parser.add_argument(
        "--to", metavar="URL", type=values.filled, required=True,
        help=_("the empty database on the server"),
    )  # fmt: skip
    parser.add_argument(
        "--from", dest="source", metavar=_("PATH"), type=values.file,
        help=_("the file (else the one that this PC uses)"),
    )  # fmt: skip


def _backup(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "backup", _("copy the database while it is in use"))
    parser.add_argument(
        "path", metavar=_("PATH"), nargs="?", type=values.file,
        help=_("the new file, with all pictures (else where the program keeps its copies)"),
    )  # fmt: skip


def _restore(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "restore", _("list the copies, or put one back"))
    parser.add_argument(
        "copy", metavar=_("COPY"), nargs="?", type=values.file, help=_("the copy to put back")
    )
    parser.add_argument("--newest", action="store_true", help=_("put the newest good copy back"))
    parser.add_argument(
        "--folder", metavar=_("FOLDER"), type=values.file,
        help=_("where the copies lie (else where they were put last)"),
    )  # fmt: skip


def _server(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "server", _("the PostgreSQL server"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"),
        parser_class=Parser,
    )  # fmt: skip
    prepare = _command(actions, "prepare", _("make and check accounts, database and rights"))
    prepare.epilog = _(
        "Passwords of new accounts are asked for, or taken from the variables "
        "MOEBELCIRKEL_OWNER_PASSWORD and MOEBELCIRKEL_PROGRAM_PASSWORD."
    )
    prepare.add_argument(
        "--admin-url", metavar="URL", type=values.filled, required=True,
        help=_("the server, by the account that runs it"),
    )  # fmt: skip
    prepare.add_argument(
        "--name", metavar=_("NAME"), type=values.filled, default="moebelcirkel",
        help=_("the database (else moebelcirkel)"),
    )  # fmt: skip
    for option, what in (
        ("--owner", _("the account that owns the database (else NAME_owner)")),
        ("--program", _("the account of the program (else NAME_program)")),
    ):
        prepare.add_argument(option, metavar=_("ACCOUNT"), type=values.filled, help=what)
    prepare.add_argument(
        "--personal-roles", action="store_true",
        help=_("an account for each person, so that nobody acts as another; it stays so"),
    )  # fmt: skip
    prepare.add_argument(
        "--dry-run", action="store_true", help=_("print the SQL, and change nothing")
    )


def _doctor(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "doctor", _("write a support file without personal data"))
    parser.add_argument(
        "path", metavar=_("FILE.zip"), type=values.file, help=_("the new file for whoever helps")
    )


def _user(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "user", _("people who log in"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"),
        parser_class=Parser,
    )  # fmt: skip
    reset = _command(actions, "reset-password", _("give a person a one-time password"))
    reset.add_argument("name", metavar=_("NAME"), type=values.filled, help=_("the user name"))


def _person(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "person", _("what is kept about a person"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"),
        parser_class=Parser,
    )  # fmt: skip
    paper = _command(actions, "paper", _("write to a PDF file what is kept about a person"))
    _command(actions, "old", _("list what is too old to be kept; nothing is erased"))
    who = paper.add_mutually_exclusive_group(required=True)
    who.add_argument("--login", type=values.filled, metavar=_("NAME"), help=_("the user name"))
    who.add_argument(
        "--name", type=values.filled, metavar=_("NAME"),
        help=_("a name that stands in texts, of somebody who does not log in"),
    )  # fmt: skip
    paper.add_argument(
        "--out", type=values.file, required=True, metavar=_("FILE.pdf"), help=_("the new file")
    )


def _work(commands: "Commands[Parser]") -> None:
    parser = _command(commands, "work", _("do what is due without a person: copies and tidying"))
    parser.add_argument(
        "--once", action="store_true",
        help=_("do what is due and end, as a scheduler wants it (else go on until stopped)"),
    )  # fmt: skip
    parser.add_argument(
        "--job",
        type=values.filled,
        metavar=_("NAME"),
        help=_("do this one now and end: copies, dumps, baskets, wants, shop or sweep"),
    )
    parser.add_argument(
        "--dumps",
        type=values.file,
        metavar=_("FOLDER"),
        help=_("of a PostgreSQL server: take a proved dump each day and put it here"),
    )
    parser.epilog = _(
        "Ends with 0 when all went well, with 1 when something failed. Two at once do each thing "
        "once."
    )


def _tests(commands: "Commands[Parser]") -> None:
    _command(commands, "self-test", _("prove that this installation works"))
    tour = _command(commands, "tour", _("run the main job without a screen"))
    tour.add_argument(
        "--out", type=values.filled, metavar=_("FOLDER"),
        help=_("where the report and the pictures are put (else build)"),
    )  # fmt: skip
    tour.add_argument(
        "--shots", type=values.filled, metavar=_("FOLDER"),
        help=_("take pictures of all pages only, and put them here"),
    )  # fmt: skip
