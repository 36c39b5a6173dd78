"""Making a PostgreSQL server ready: who owns the database, and what the program may do on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.server import connecting, preparing
from moebelcirkel.storage.server.preparing import WantedServer

NOT_LET_IN = connecting.NOT_LET_IN

__all__ = [
    "NOT_LET_IN",
    "Addresses",
    "WantedServer",
    "account",
    "is_personal",
    "missing",
    "prepare",
    "unproved",
    "with_passwords",
]


@dataclass(frozen=True, slots=True)
class Addresses:
    """What the owner and the program reach the database by, without any password."""

    owner: str
    program: str


def account(admin: str) -> str:
    """By which account the administrator's address logs in; empty where the system's user does."""
    return preparing.server(admin).username or ""


def missing(admin: str, wanted: WantedServer) -> frozenset[str]:
    """Those of the accounts that are not on the server yet."""
    there = preparing.roles_there(preparing.server(admin))
    return frozenset({wanted.owner, wanted.program}) - there


def with_passwords(wanted: WantedServer, owner: str | None, program: str | None) -> WantedServer:
    """The same with passwords to be set; ``None`` leaves what there is."""
    return replace(wanted, owner_password=owner, program_password=program)


def prepare(
    admin: str, wanted: WantedServer, tell: Callable[[str], None], *, dry_run: bool = False
) -> Addresses:
    """Make the server ready, telling each statement; a dry run only tells."""
    url = preparing.server(admin)
    preparing.prepare(url, wanted, tell, dry_run=dry_run)
    return Addresses(
        preparing.address(url, wanted.owner, wanted.database),
        preparing.address(url, wanted.program, wanted.database),
    )


def is_personal(admin: str, wanted: WantedServer) -> bool:
    """Whether each person is an account of the server's, now or since an earlier time."""
    return preparing.is_personal(preparing.server(admin), wanted.database)


def unproved(context: Context) -> bool:
    """Whether the server is another machine and need not prove that it is the one named."""
    context.require(Action.SETTINGS)
    return not context.database.is_sqlite and connecting.is_unproved(context.database.url)
