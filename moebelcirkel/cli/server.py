"""`moebelcirkel server prepare`: accounts, database and rights on a PostgreSQL server."""

import argparse
import os
import sys

from moebelcirkel.cli.running import asked
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.language import _
from moebelcirkel.services.start import server

OWNER_VARIABLE = "MOEBELCIRKEL_OWNER_PASSWORD"
PROGRAM_VARIABLE = "MOEBELCIRKEL_PROGRAM_PASSWORD"
_OF_LIBPQ = "PGPASSWORD"


def run(options: argparse.Namespace) -> int:
    """Print each statement, and in the end what was proved and what comes next."""
    wanted = server.WantedServer(
        options.name,
        options.owner or f"{options.name}_owner",
        options.program or f"{options.name}_program",
        personal=options.personal_roles,
    )
    new = _missing(options.admin_url, wanted)
    dry_run: bool = options.dry_run
    wanted = server.with_passwords(
        wanted,
        _password(wanted.owner, OWNER_VARIABLE, ask=wanted.owner in new and not dry_run),
        _password(wanted.program, PROGRAM_VARIABLE, ask=wanted.program in new and not dry_run),
    )
    addresses = server.prepare(options.admin_url, wanted, print, dry_run=dry_run)
    if dry_run:
        print(_("-- Nothing was changed."))
        return 0
    print(_("-- Proved: the program's account can do what the program does, and nothing else."))
    print(_("-- The owner updates the database: {address}").format(address=addresses.owner))
    if server.is_personal(options.admin_url, wanted):
        print(_("-- Each person works with an account of the same name as in the program."))
    else:
        print(_("-- The program works with: {address}").format(address=addresses.program))
    return 0


def _missing(admin: str, wanted: server.WantedServer) -> frozenset[str]:
    """The first look at the server, for which the administrator's password may be missing."""
    try:
        return server.missing(admin, wanted)
    except Unavailable as error:
        given = os.environ.get(_OF_LIBPQ)
        if error.message != server.NOT_LET_IN or given or not sys.stdin.isatty():
            raise
    os.environ[_OF_LIBPQ] = asked(server.account(admin))
    return server.missing(admin, wanted)


def _password(role: str, variable: str, *, ask: bool) -> str | None:
    """From the environment, or from whoever sits there; nothing leaves the account as it is."""
    given = os.environ.get(variable)
    if given or not ask or not sys.stdin.isatty():
        return given or None
    return asked(role) or None
