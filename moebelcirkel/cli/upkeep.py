"""The words of the commands that keep a database and a server: check, copies, moving, people."""

import argparse

from moebelcirkel.cli import values
from moebelcirkel.cli.options import Commands, command, commands, flag, option
from moebelcirkel.language import _


def _check(among: Commands) -> None:
    command(among, "check", _("prove that rows equal their events, and figures too"))


def _migrate(among: Commands) -> None:
    what = _("bring the database up to date; an empty shared database is set up")
    command(among, "migrate", what)


def _move(among: Commands) -> None:
    parser = command(among, "move", _("move the database file to a PostgreSQL server"))
    option(parser, "--to", "URL", _("the empty database on the server"), required=True)
    option(
        parser,
        "--from",
        _("PATH"),
        _("the file (else the one that this PC uses)"),
        values.file,
        dest="source",
    )


def _backup(among: Commands) -> None:
    parser = command(among, "backup", _("copy the database while it is in use"))
    option(
        parser,
        "path",
        _("PATH"),
        _("the new file, with all pictures (else where the program keeps its copies)"),
        values.file,
        nargs="?",
    )


def _restore(among: Commands) -> None:
    parser = command(among, "restore", _("list the copies, or put one back"))
    option(parser, "copy", _("COPY"), _("the copy to put back"), values.file, nargs="?")
    flag(parser, "--newest", _("put the newest good copy back"))
    option(
        parser,
        "--folder",
        _("FOLDER"),
        _("where the copies lie (else where they were put last)"),
        values.file,
    )


def _server(among: Commands) -> None:
    parser = command(among, "server", _("the PostgreSQL server"))
    actions = commands(parser)
    prepare = command(actions, "prepare", _("make and check accounts, database and rights"))
    prepare.epilog = _(
        "Passwords of new accounts are asked for, or taken from the variables "
        "MOEBELCIRKEL_OWNER_PASSWORD and MOEBELCIRKEL_PROGRAM_PASSWORD."
    )
    option(
        prepare, "--admin-url", "URL", _("the server, by the account that runs it"), required=True
    )
    option(
        prepare, "--name", _("NAME"), _("the database (else moebelcirkel)"), default="moebelcirkel"
    )
    for name, what in (
        ("--owner", _("the account that owns the database (else NAME_owner)")),
        ("--program", _("the account of the program (else NAME_program)")),
    ):
        option(prepare, name, _("ACCOUNT"), what)
    flag(
        prepare,
        "--personal-roles",
        _("an account for each person, so that nobody acts as another; it stays so"),
    )
    flag(prepare, "--dry-run", _("print the SQL, and change nothing"))


def _doctor(among: Commands) -> None:
    parser = command(among, "doctor", _("write a support file without personal data"))
    option(parser, "path", _("FILE.zip"), _("the new file for whoever helps"), values.file)


def _user(among: Commands) -> None:
    parser = command(among, "user", _("people who log in"))
    actions = commands(parser)
    reset = command(actions, "reset-password", _("give a person a one-time password"))
    option(reset, "name", _("NAME"), _("the user name"))


def _person(among: Commands) -> None:
    parser = command(among, "person", _("what is kept about a person"))
    actions = commands(parser)
    paper = command(actions, "paper", _("write to a PDF file what is kept about a person"))
    command(actions, "old", _("list what is too old to be kept; nothing is erased"))
    who = paper.add_mutually_exclusive_group(required=True)
    option(who, "--login", _("NAME"), _("the user name"))
    option(
        who, "--name", _("NAME"), _("a name that stands in texts, of somebody who does not log in")
    )
    option(paper, "--out", _("FILE.pdf"), _("the new file"), values.file, required=True)


def _work(among: Commands) -> None:
    parser = command(among, "work", _("do what is due without a person: copies and tidying"))
    flag(
        parser,
        "--once",
        _("do what is due and end, as a scheduler wants it (else go on until stopped)"),
    )
    option(
        parser,
        "--job",
        _("NAME"),
        _("do this one now and end: copies, dumps, baskets, wants, shop or sweep"),
    )
    option(
        parser,
        "--dumps",
        _("FOLDER"),
        _("of a PostgreSQL server: take a proved dump each day and put it here"),
        values.file,
    )
    # The window's own, where it starts this.
    parser.add_argument("--beside-window", action="store_true", help=argparse.SUPPRESS)
    parser.epilog = _(
        "Ends with 0 when all went well, with 1 when something failed. Two at once do each thing "
        "once."
    )


def _tests(among: Commands) -> None:
    command(among, "self-test", _("prove that this installation works"))
    tour = command(among, "tour", _("run the main job without a screen"))
    tour.add_argument(
        "--out",
        type=values.filled,
        metavar=_("FOLDER"),
        help=_("where the report and the pictures are put (else build)"),
    )
    option(tour, "--shots", _("FOLDER"), _("take pictures of all pages only, and put them here"))


def _prove(among: Commands) -> None:
    """The window's own, which no help names."""
    parser = among.add_parser("prove", add_help=False, description=argparse.SUPPRESS)
    for name in ("copy", "answer", "now", "language"):
        parser.add_argument(name, help=argparse.SUPPRESS)


#: In the order in which they are listed.
ALL = (
    *(_check, _migrate, _move, _backup, _restore, _server, _doctor, _user, _person, _work, _tests),
    _prove,
)
