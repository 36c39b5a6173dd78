"""What a login looks like, which passwords are good enough, the wait after errors."""

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import storable, whole
from moebelcirkel.domain.roles import INSTITUTION_ROLES, Grant, Role

LOGIN_LENGTH = 60
PASSWORD_LEAST = 10
PASSWORD_MOST = 200
FIRST_WAIT = dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Patience:
    """So many wrong tries in a row are free; then one waits, twice as long after each more."""

    free: int
    longest: dt.timedelta
    forgotten: dt.timedelta = dt.timedelta(hours=1)


#: One login at one workstation.
OF_A_LOGIN = Patience(5, dt.timedelta(minutes=15), dt.timedelta(days=1))
#: All logins at one workstation: whoever tries one password on many names. A hall's shared PC
#: sees many people mistype in a day.
OF_A_STATION = Patience(30, dt.timedelta(minutes=15))
#: One login at all workstations: the wait stays short, so that nobody can lock another one out.
OF_A_NAME = Patience(20, dt.timedelta(seconds=30))
_SIGNS = frozenset(".-_@+")
#: What people choose when they want to be done with it; folded, digits at the ends taken off.
_USUAL = frozenset(
    {
        "password",
        "passwort",
        "passw0rd",
        "adgangskode",
        "kodeord",
        "hemmelig",
        "qwerty",
        "qwertyuiop",
        "asdfghjkl",
        "velkommen",
        "welcome",
        "administrator",
        "moebelcirklen",
        "mobelcirklen",
        "møbelcirklen",
        "kommune",
        "kommunen",
        "sommer",
        "vinter",
        "danmark",
        "letmein",
        "iloveyou",
        "randers",
        "letmeinplease",
    }
)
_ROWS = ("abcdefghijklmnopqrstuvwxyzæøå", "qwertyuiopå", "asdfghjklæø", "zxcvbnm", "01234567890")


def login_name(typed: str) -> str:
    """A login as it is stored: lower case, no spaces, letters, digits and . - _ @ +."""
    value = storable(plain_login(typed), code=True)
    if not value:
        raise Refused(N_("Fill in this field."))
    if len(value) < 2 or len(value) > LOGIN_LENGTH:
        raise Refused(
            N_("A login must have from 2 to {most} characters. You have written {count}."),
            most=LOGIN_LENGTH,
            count=len(value),
        )
    if not all(char.isalnum() or char in _SIGNS for char in value):
        raise Refused(N_("A login may only have letters, digits and the signs . - _ @ +"))
    return value


def plain_login(typed: str) -> str:
    """A login as people type it to log in: capitals and how letters are composed do not count."""
    return unicodedata.normalize("NFC", whole(typed).strip()).lower()


def normal_password(typed: str) -> str:
    """The same password however a keyboard composed its letters."""
    return unicodedata.normalize("NFC", whole(typed))


def good_password(typed: str, login: str, name: str = "") -> str:
    """A password that is long enough and not the first guess; refuses with what to do."""
    value = normal_password(typed)
    if len(value) < PASSWORD_LEAST:
        raise Refused(
            N_("The password must have at least {least} characters. You have written {count}."),
            least=PASSWORD_LEAST,
            count=len(value),
        )
    if len(value) > PASSWORD_MOST:
        raise Refused(N_("The password may have at most {most} characters."), most=PASSWORD_MOST)
    plain = value.casefold()
    if _own_words(plain, login, name):
        raise Refused(N_("The password may not be the login or the name. Choose another one."))
    if _first_guess(plain):
        raise Refused(
            N_("That password is among the first anyone guesses. Try three or four words together.")
        )
    return value


def _own_words(plain: str, login: str, name: str) -> bool:
    bare = plain.strip("0123456789!?.,-_ ")
    own = {login.casefold(), login.casefold().split("@")[0], name.casefold()}
    own |= {"".join(part.split()) for part in own}
    return bool({bare, plain, "".join(bare.split())} & {part for part in own if part})


def _first_guess(plain: str) -> bool:
    if len(set(plain)) < 4:
        return True
    bare = plain.strip("0123456789!?.,-_ ")
    if bare in _USUAL:
        return True
    return any(_runs_along(plain, row) for row in _ROWS)


def _runs_along(plain: str, row: str) -> bool:
    endless = row * (len(plain) // len(row) + 2)
    return plain in endless or plain in endless[::-1]


def wait_after(failures: int, patience: Patience = OF_A_LOGIN) -> dt.timedelta:
    """How long nobody may try after so many wrong tries in a row."""
    extra = failures - patience.free
    if extra < 0:
        return dt.timedelta(0)
    return min(patience.longest, FIRST_WAIT * (1 << min(extra, 20)))


def checked_grants(grants: Iterable[Grant]) -> frozenset[Grant]:
    """The roles of a person: each once, and those of an institution tied to one.

    A role that reaches everything is never tied, so it cannot look narrower than it is.
    """
    found: set[Grant] = set()
    for grant in grants:
        if grant.role not in INSTITUTION_ROLES:
            found.add(Grant(Role(grant.role)))
        elif grant.institution_id is None:
            raise Refused(N_("Choose the institution that the role is for."))
        else:
            found.add(grant)
    return frozenset(found)
