"""The words of the commands that keep a database and a server: check, copies, moving, people."""

import argparse

from moebelcirkel.cli import values
from moebelcirkel.cli.wording import Parser
from moebelcirkel.language import _

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def command(commands: "Commands[Parser]", name: str, what: str) -> Parser:
    """One command, which says the same about itself in both helps."""
    return commands.add_parser(name, help=what, description=what)


def _check(commands: "Commands[Parser]") -> None:
    command(commands, "check", _("prove that rows equal their events, and figures too"))


def _migrate(commands: "Commands[Parser]") -> None:
    what = _("bring the database up to date; an empty shared database is set up")
    command(commands, "migrate", what)


def _move(commands: "Commands[Parser]") -> None:
    parser = command(commands, "move", _("move the database file to a PostgreSQL server"))
    parser.add_argument(
        "--to",
        metavar="URL",
        type=values.filled,
        required=True,
        help=_("the empty database on the server"),
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar=_("PATH"),
        type=values.file,
        help=_("the file (else the one that this PC uses)"),
    )


def _backup(commands: "Commands[Parser]") -> None:
    parser = command(commands, "backup", _("copy the database while it is in use"))
    parser.add_argument(
        "path",
        metavar=_("PATH"),
        nargs="?",
        type=values.file,
        help=_("the new file, with all pictures (else where the program keeps its copies)"),
    )


def _restore(commands: "Commands[Parser]") -> None:
    parser = command(commands, "restore", _("list the copies, or put one back"))
    parser.add_argument(
        "copy", metavar=_("COPY"), nargs="?", type=values.file, help=_("the copy to put back")
    )
    parser.add_argument("--newest", action="store_true", help=_("put the newest good copy back"))
    parser.add_argument(
        "--folder",
        metavar=_("FOLDER"),
        type=values.file,
        help=_("where the copies lie (else where they were put last)"),
    )


def _server(commands: "Commands[Parser]") -> None:
    parser = command(commands, "server", _("the PostgreSQL server"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    prepare = command(actions, "prepare", _("make and check accounts, database and rights"))
    prepare.epilog = _(
        "Passwords of new accounts are asked for, or taken from the variables "
        "MOEBELCIRKEL_OWNER_PASSWORD and MOEBELCIRKEL_PROGRAM_PASSWORD."
    )
    prepare.add_argument(
        "--admin-url",
        metavar="URL",
        type=values.filled,
        required=True,
        help=_("the server, by the account that runs it"),
    )
    prepare.add_argument(
        "--name",
        metavar=_("NAME"),
        type=values.filled,
        default="moebelcirkel",
        help=_("the database (else moebelcirkel)"),
    )
    for option, what in (
        ("--owner", _("the account that owns the database (else NAME_owner)")),
        ("--program", _("the account of the program (else NAME_program)")),
    ):
        prepare.add_argument(option, metavar=_("ACCOUNT"), type=values.filled, help=what)
    prepare.add_argument(
        "--personal-roles",
        action="store_true",
        help=_("an account for each person, so that nobody acts as another; it stays so"),
    )
    prepare.add_argument(
        "--dry-run", action="store_true", help=_("print the SQL, and change nothing")
    )


def _doctor(commands: "Commands[Parser]") -> None:
    parser = command(commands, "doctor", _("write a support file without personal data"))
    parser.add_argument(
        "path", metavar=_("FILE.zip"), type=values.file, help=_("the new file for whoever helps")
    )


def _user(commands: "Commands[Parser]") -> None:
    parser = command(commands, "user", _("people who log in"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    reset = command(actions, "reset-password", _("give a person a one-time password"))
    reset.add_argument("name", metavar=_("NAME"), type=values.filled, help=_("the user name"))


def _person(commands: "Commands[Parser]") -> None:
    parser = command(commands, "person", _("what is kept about a person"))
    actions = parser.add_subparsers(
        dest="action", required=True, metavar=_("COMMAND"), title=_("commands"), parser_class=Parser
    )
    paper = command(actions, "paper", _("write to a PDF file what is kept about a person"))
    command(actions, "old", _("list what is too old to be kept; nothing is erased"))
    who = paper.add_mutually_exclusive_group(required=True)
    who.add_argument("--login", type=values.filled, metavar=_("NAME"), help=_("the user name"))
    who.add_argument(
        "--name",
        type=values.filled,
        metavar=_("NAME"),
        help=_("a name that stands in texts, of somebody who does not log in"),
    )
    paper.add_argument(
        "--out", type=values.file, required=True, metavar=_("FILE.pdf"), help=_("the new file")
    )


def _work(commands: "Commands[Parser]") -> None:
    parser = command(commands, "work", _("do what is due without a person: copies and tidying"))
    parser.add_argument(
        "--once",
        action="store_true",
        help=_("do what is due and end, as a scheduler wants it (else go on until stopped)"),
    )
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
    command(commands, "self-test", _("prove that this installation works"))
    tour = command(commands, "tour", _("run the main job without a screen"))
    tour.add_argument(
        "--out",
        type=values.filled,
        metavar=_("FOLDER"),
        help=_("where the report and the pictures are put (else build)"),
    )
    tour.add_argument(
        "--shots",
        type=values.filled,
        metavar=_("FOLDER"),
        help=_("take pictures of all pages only, and put them here"),
    )


def _prove(commands: "Commands[Parser]") -> None:
    """The window's own, which no help names."""
    parser = commands.add_parser("prove", add_help=False, description=argparse.SUPPRESS)
    for name in ("copy", "answer", "now", "language"):
        parser.add_argument(name, help=argparse.SUPPRESS)


#: In the order in which they are listed.
ALL = (
    *(_check, _migrate, _move, _backup, _restore, _server, _doctor, _user, _person, _work, _tests),
    _prove,
)
