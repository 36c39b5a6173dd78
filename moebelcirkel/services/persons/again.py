"""Erasing again what an older copy has brought back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import copies, photos
from moebelcirkel.services.context import Context
from moebelcirkel.services.persons import anonymising
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.tables.users import User


def erase_again(context: Context, dumps: Path | None = None) -> int:
    """Do again each erasing that a copy from before it has undone; tells how many.

    What cannot be done, as with the only administrator, stays for ``check`` to tell.
    """
    back = copies.come_back(context, dumps)
    done = 0
    for key in sorted(back.accounts):
        with context.read() as session:
            version = session.get_one(User, key).version
        done += _tried(partial(anonymising.anonymise_here, context, key, version))
    for picture, cause in sorted(back.pictures.items()):
        done += _tried(partial(photos.erase, context, picture, cause))
    copies.remember(context, dumps)
    return done


def is_due(context: Context, dumps: Path | None = None) -> bool:
    """Whether something erased is here again, or is not yet written down as erased.

    Where each person is an account of the server's, nobody erases in the program's own name.
    """
    with context.read() as session:
        if shop_holds.is_somebodys(session):
            return False
    return bool(copies.come_back(context, dumps)) or copies.is_behind(context, dumps)


def _tried(erase: Callable[[], object]) -> bool:
    try:
        erase()
    except Refused:
        return False
    return True
