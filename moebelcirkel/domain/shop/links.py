"""The address of a furniture type, by which another program opens it in this one."""

import re

from moebelcirkel.domain.errors import N_, Refused

SCHEME = "moebelcirklen"
#: No database has more types than nine digits can count.
_LINK = re.compile(rf"{SCHEME}:(?://)?type/([1-9][0-9]{{0,8}})/?", re.ASCII | re.IGNORECASE)
#: A browser may hand over much; nothing longer is looked at.
MOST = 64


def link_of(article_id: int) -> str:
    """The address of a type."""
    return f"{SCHEME}:type/{article_id}"


def read_link(text: str) -> int:
    """The id of the type an address names; whatever else it holds, it is refused whole."""
    found = _LINK.fullmatch(text) if len(text) <= MOST else None
    if found is None:
        raise Refused(
            N_("This is no address of a furniture type. They look like this: {example}"),
            example=link_of(123),
        )
    return int(found[1])
