"""How mail is tried: when again, how many at once, and when it is given up."""

import datetime as dt
import re
from collections.abc import Sequence

from moebelcirkel.domain.messages.texts import one_line

#: After each try in vain the next one waits longer, up to the last of these.
_WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (2, 5, 15, 60, 240))
LONGEST_WAIT = _WAITS[-1]
#: So long a mail is tried; then the message stands in the program alone.
TRIED_FOR = dt.timedelta(days=14)
#: Whoever claimed a mail and did not come back in this time has died.
CLAIMED_FOR = dt.timedelta(minutes=15)
#: A round ends after this, however slow the server is: nobody else has taken its mails by then.
ROUND_FOR = dt.timedelta(minutes=10)
#: Mails of one round, so that a server that comes back is not flooded.
AT_ONCE = 50
#: More than these for one person come as one mail.
SINGLE = 3
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
#: A name of up to 63 signs in each part, or an address of numbers.
_HOST = re.compile(r"[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*|[0-9A-Fa-f.:]+")


def is_host(text: str) -> bool:
    """Whether a server can be called so."""
    return len(text) <= 253 and _HOST.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Whether mail can be sent there; nothing else ever stands in a mail's head."""
    return len(text) <= 160 and _ADDRESS.fullmatch(text) is not None


def next_try(tries: int, now: dt.datetime) -> dt.datetime:
    """When it is tried again after so many tries in vain."""
    return now + _WAITS[min(max(tries, 1), len(_WAITS)) - 1]


def together(messages: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Many messages as one: subject and text."""
    if len(messages) == 1:
        return messages[0]
    parts = [f"{subject}\n{text}" for subject, text in messages]
    return one_line(f"{len(messages)} beskeder: {messages[0][0]} …", 150), "\n\n".join(parts)
