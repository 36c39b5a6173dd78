"""Passwords at rest: argon2id, and a comparison that takes as long for someone unknown."""

import base64
import contextlib
import secrets
from collections.abc import Iterator
from contextvars import ContextVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from moebelcirkel.domain.users import normal_password

_HASHER = PasswordHasher()
#: Without signs that are easily mistaken for each other.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
#: Of passwords that everybody knows anyway, what is stored; only within ``known_to_all``.
_SHARED: ContextVar[dict[str, str] | None] = ContextVar("shared", default=None)


def hashed(password: str) -> str:
    """What is stored of a password."""
    shared = _SHARED.get()
    if shared is None:
        return _HASHER.hash(normal_password(password))
    if password not in shared:
        shared[password] = _HASHER.hash(normal_password(password))
    return shared[password]


@contextlib.contextmanager
def known_to_all() -> Iterator[None]:
    """While people get a password that is told to everybody, it is hashed once for all of them.

    That two have the same one can be seen then, and each new hash costs a fifth of a second.
    """
    token = _SHARED.set({})
    try:
        yield
    finally:
        _SHARED.reset(token)


def matches(stored: str | None, password: str) -> bool:
    """Compare; with nothing stored the same work is done, so that time tells no one apart."""
    try:
        _HASHER.verify(stored or _NOBODY, normal_password(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether it was hashed more weakly than new ones are."""
    return _HASHER.check_needs_rehash(stored)


def one_time() -> str:
    """A password made up by the machine: sixteen signs in groups, e.g. kq7m-2xtp-9hwe-fd4n."""
    return "-".join(
        "".join(secrets.choice(_SIGNS) for _sign in range(_GROUP)) for _group in range(_GROUPS)
    )


def _encoded(count: int) -> str:
    return base64.b64encode(secrets.token_bytes(count)).rstrip(b"=").decode("ascii")


def _made_up(hasher: PasswordHasher) -> str:
    """A hash no password has, made up without hashing."""
    return (
        f"$argon2id$v={ARGON2_VERSION}$m={hasher.memory_cost},t={hasher.time_cost},"
        f"p={hasher.parallelism}${_encoded(hasher.salt_len)}${_encoded(hasher.hash_len)}"
    )


#: Also the first unknown name is answered as slowly as a known one, and no slower.
_NOBODY = _made_up(_HASHER)
