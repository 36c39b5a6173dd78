"""The fields of a form, checked together: everything wrong is said at once, each by its field."""

import contextlib
import re
import unicodedata
from collections.abc import Iterator

from moebelcirkel.domain.cpr import without_cpr
from moebelcirkel.domain.errors import N_, Invalid, Refused

MOST_LINK = 2_000
# PostgreSQL keeps no NUL, and nobody half of a pair of UTF-16; the last two are no signs at all and
# would spoil a spreadsheet.
_UNSTORABLE = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
# Signs to a terminal or a printer, and those that turn what follows round on the screen: a name
# would be shown as another one.
_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(f"[{_CONTROLS}]")
# Without width or without ink. Some join letters and pictures in people's words; in what tells one
# thing from another they only make two that look the same.
_UNSEEN = re.compile(
    f"[{_CONTROLS}\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028\u2029"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LINK = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


class Fields:
    """Collects what is wrong; ``finish`` refuses with all of it."""

    def __init__(self) -> None:
        self.errors: dict[str, Refused] = {}

    @contextlib.contextmanager
    def field(self, name: str) -> Iterator[None]:
        """What is refused inside belongs to this field."""
        try:
            yield
        except Refused as error:
            self.errors.setdefault(name, error)

    def wrong(self, name: str, error: Refused) -> None:
        """Note an error; the first of a field is the one that is said."""
        self.errors.setdefault(name, error)

    def finish(self) -> None:
        """Refuse if any field is wrong."""
        if self.errors:
            raise Invalid(self.errors)


def in_one_line(typed: str, most: int) -> str:
    """A text with single spaces between its words; one that is too long is refused, never cut."""
    value = " ".join(typed.split())
    if len(value) > most:
        raise too_long(most, len(value))
    return value


def short_text(typed: str, most: int) -> str:
    """A short text with single spaces, not too long, and without a CPR number."""
    return without_cpr(storable(in_one_line(typed, most)))


def required_text(typed: str, most: int) -> str:
    """A short text that must be there."""
    value = short_text(typed, most)
    # Of signs that nobody sees a name is not made.
    if all(unicodedata.category(sign)[0] in "CZ" for sign in seen(value)):
        raise Refused(N_("Fill in this field."))
    return value


def long_text(typed: str, most: int) -> str:
    """A text of several lines."""
    value = typed.strip()
    if len(value) > most:
        raise too_long(most, len(value))
    return without_cpr(storable(value))


def needed_text(typed: str, most: int, field: str, empty: str) -> str:
    """A text of several lines that has to say something; ``empty`` is said where it does not."""
    try:
        text = long_text(typed, most)
    except Refused as error:
        raise Refused(error.message, field=field, **error.values) from None
    if not text:
        raise Refused(empty, field=field)
    return text


def web_address(typed: str) -> str:
    """A web address, or nothing."""
    text = typed.strip()
    if text and (len(text) > MOST_LINK or not _LINK.fullmatch(text)):
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        raise Refused(N_("“{text}” is not a web address. It begins with https://."), text=shown)
    return without_cpr(storable(text, code=True), code=True)


def storable(text: str, *, code: bool = False) -> str:
    """A text that every database and every file can keep, without signs that hide what it says.

    A ``code`` tells one thing from another, so each of its signs is one that is seen.
    """
    if text.isascii() and text.isprintable():
        return text
    whole(text)
    if (_UNSEEN if code else _CONTROL).search(text):
        raise Refused(N_("The text has signs that nobody can see. Delete it and write it again."))
    return text


def whole(text: str) -> str:
    """A text without signs that are none."""
    if _UNSTORABLE.search(text):
        raise unstorable()
    return text


def seen(text: str) -> str:
    """The text without signs that nobody can see; line breaks and tabs stay."""
    return _UNSEEN.sub("", text)


def file_name(name: str, most: int) -> str:
    """A file's name as it is kept: a long one says so by an ellipsis and keeps its kind."""
    clean = seen(name)
    if len(clean) <= most:
        return clean
    stem, dot, suffix = clean.rpartition(".")
    end = f"…{dot}{suffix}" if stem and len(suffix) < most // 2 else "…"
    return clean[: most - len(end)] + end


def unstorable() -> Refused:
    """The refusal of a text with signs that are none."""
    return Refused(N_("The text has signs that cannot be stored. Delete it and write it again."))


def too_long(most: int, count: int) -> Refused:
    """The refusal of a text with too many characters."""
    return Refused(
        N_("The text may be {most} characters. You have written {count}."), most=most, count=count
    )


def whole_number(value: int, low: int, high: int) -> int:
    """A whole number within its bounds."""
    if not low <= value <= high:
        raise Refused(N_("The number must be between {low} and {high}."), low=low, high=high)
    return value
