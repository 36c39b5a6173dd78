"""What an IntegrityError means on either engine: two people collided, or the program is wrong."""

import re

from sqlalchemy.exc import IntegrityError

from moebelcirkel.domain.errors import N_, Refused, Stale

NOT_WHOLE = N_(
    "A number that was given out before has come again, so nothing was saved: part of the history "
    "is gone. Ask an administrator to check the database."
)
#: What the program numbers itself, one writer at a time, as either engine names it: nobody else can
#: have taken it just now.
_OWN_NUMBERS = re.compile(
    r"failed: (?:change(?:_link|_result)?\.|\w+\.(?:number|serial))"
    r"|\"(?:(?:pk|uq)_change(?:_link|_result)?(?:_request_id)?|uq_\w+_(?:number|serial))\""
)
#: SQLSTATEs and words of SQLite: a value that is taken already, a row that is spoken of or gone.
_COLLISIONS = ("23505", "23503", "UNIQUE", "FOREIGN KEY")


def _collides(error: IntegrityError) -> bool:
    """Whether it is about other rows; a value that no row may have is a fault of the program."""
    told = getattr(error.orig, "sqlstate", None) or str(error.orig)
    return told.startswith(_COLLISIONS)


def refusal(error: IntegrityError) -> Refused | None:
    """What is said to who was slower; ``None`` for a fault of the program."""
    if not _collides(error):
        return None
    if _OWN_NUMBERS.search(str(error.orig)):
        return Refused(NOT_WHOLE)
    return Stale(
        N_("Someone else has just saved something that collides with this. Reload the page.")
    )
