"""CPR numbers in what people write: found however they are written, and never stored.

A number is one when its first six digits are a day that exists and its shape is a CPR number's.
What is called something else right before it ("faktura 150623-1001") is not one, nor are ten digits
in a row where codes are expected: of all ten-digit codes one in 27 begins with a day.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from moebelcirkel.domain.errors import N_, Refused

#: As many as 1.1.90-1234 has; most texts have too few to be looked at any closer.
_DIGITS = 8
_ENOUGH_DIGITS = re.compile(rf"\D*+(?:\d\D*+){{{_DIGITS}}}")
_SIGNS = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−⁃ー˗", "-"), **dict.fromkeys("∕⁄", "/"), **dict.fromkeys("·․", ".")}
)
_GAP = r"[^\S\n]{0,3}"
_JOINT = rf"{_GAP}[-/._]{_GAP}"
_BLANK = r"[^\S\n]"
#: Between six digits in a row and the last four, where less can be meant by it.
_BETWEEN = rf"(?:{_JOINT}|{_BLANK}{{1,3}}|-{{2,3}}|[:=+|~*]|[])]-?{_BLANK}?|-\s{{0,3}}\n\s{{0,3}})"
_PART = rf"(?:{_JOINT}|{_BLANK})"
_LAST = rf"(?:(?:{_JOINT}|{_BLANK}{{0,3}})\d{{4}}|{_BLANK}{{1,3}}\d\d{_BLANK}\d\d)"
_SHAPES = (
    # 010190-1234, 010190/1234, 010190 1234
    rf"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d\d)(?:{_BETWEEN}\d{{4}}|{_JOINT}\d\d{_BLANK}\d\d)",
    # 01.0190-1234, 0101 90-1234
    rf"(?P<d>\d\d){_PART}?(?P<m>\d\d){_PART}?(?P<y>\d\d){_GAP}-{_GAP}\d{{4}}",
    # 01.01.90-1234, 01 01 90 12 34
    rf"(?P<d>\d\d){_PART}(?P<m>\d\d){_PART}(?P<y>\d\d){_LAST}",
    # 01.01.1990-1234
    rf"(?P<d>\d\d)[-/. ]?(?P<m>\d\d)[-/. ]?(?:19|20)(?P<y>\d\d){_GAP}-{_GAP}\d{{4}}",
    # 01.01.1990 1234: before what is written now, where an hour may follow a date
    rf"(?P<d>\d\d)[-/. ](?P<m>\d\d)[-/. ](?:19|20(?=[01]))(?P<y>\d\d){_BLANK}{{1,3}}\d{{4}}",
    # 1.1.90-1234
    rf"(?<!\d[-/.])(?P<d>\d\d?)[/.](?P<m>\d\d?)[/.](?:19|20)?(?P<y>\d\d){_GAP}-{_GAP}\d{{4}}",
    # 0101 90 1234, 010190,1234: no measure begins with a nought, no amount has four decimals
    rf"(?P<d>0\d)(?P<m>\d\d){_BLANK}(?P<y>\d\d){_BLANK}\d{{4}}",
    r"(?<!\d[.,])(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d\d),\d{4}",
    # 0 1 0 1 9 0 - 1 2 3 4
    rf"(?P<d>\d \d) (?P<m>\d \d) (?P<y>\d \d)(?: |{_JOINT})\d(?: \d){{3}}",
)
_WRITTEN = tuple(rf"(?<!\d){shape}(?!\d)(?!{_GAP}kr\b)" for shape in _SHAPES)
_IN_A_ROW = r"(?<!\d)(?<!\d[.,])(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d\d)\d{4}(?!\d)(?![.,]\d)"
_END = r"(?:[-. ]{0,2}(?:nr|no|nummer|numre|id))?[.:#\s\-]{0,4}$"
_PERSON = r"cpr|c\.p\.r|person|borger|patient|elev|beboer|medarbejder|født|fødsels|barn"
_PERSONAL = rf"(?:{_PERSON})\w*\.?{_END}"
_OTHER = (
    r"(?:\w*(?:faktura|ordre|bestilling|rekvisition|bilag|kvittering|kreditnota|seddel|tilbud"
    r"|kontrakt|journal|telefon|mobil|invoice|order|voucher|receipt|serial|phone)\w*"
    r"|(?<!\w)(?:\w+[-. ]?(?:nr|nummer|numre)"
    r"|(?:værksteds|service|bygge)?sag(?:en|s)?|tlf|tel|mob|fax|batch|lot|parti|serie|s/n|sn|ean|po"
    r"|gln|cvr|konto|psp|ref|reference|artikel|model|vare|projekt|case|item|article))\.?" + _END
)
_AND = re.compile(r"\s*(?:[,;/+&-]|og|and)\s*")
#: How far back a number's name is looked for.
_NAME = 48


@cache
def _form(text: str) -> re.Pattern[str]:
    """Compiled when digits are first looked at, since the start need not wait for it."""
    return re.compile(text, re.IGNORECASE)


def has_cpr(text: str, *, code: bool = False) -> bool:
    """Whether a text holds a CPR number; ``code``: it is a code, where ten digits are just that."""
    if len(text) < _DIGITS or not _ENOUGH_DIGITS.match(text):
        return False
    plain = _plain(text)
    called_otherwise = 0
    for start, end in sorted(_found(plain, code=code)):
        if start < called_otherwise:
            continue
        listed = called_otherwise and _AND.fullmatch(plain, called_otherwise, start)
        if not listed and not _is_called_otherwise(plain[max(0, start - _NAME) : start]):
            return True
        called_otherwise = end
    return False


def without_cpr(text: str, *, code: bool = False) -> str:
    """Free text that holds no CPR number; it is refused, since it must never be stored."""
    if has_cpr(text, code=code):
        raise Refused(
            N_("The text looks as if it holds a CPR number. Remove it; it may not be stored here.")
        )
    return text


def _plain(text: str) -> str:
    """The text with ordinary digits, dashes and blanks, and without signs that cannot be seen."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return "".join(
        sign for sign in composed if unicodedata.category(sign) not in {"Cf", "Mn", "Me"}
    )


def _found(text: str, *, code: bool) -> Iterator[tuple[int, int]]:
    """Where something of the right shape stands whose first digits are a day."""
    for shape in _WRITTEN:
        for match in _form(shape).finditer(text):
            if _is_day(match):
                yield match.span()
    if code:
        return
    for match in _form(_IN_A_ROW).finditer(text):
        before = text[max(0, match.start() - _NAME) : match.start()]
        # Letters right before ten digits make a code of them: "AB0101901234".
        if _is_day(match) and (not before[-1:].isalpha() or _form(_PERSONAL).search(before)):
            yield match.span()


def _is_day(match: re.Match[str]) -> bool:
    day, month, year = (int(match[name].replace(" ", "")) for name in "dmy")
    # Who has no number of their own gets one whose day is 60 higher. Of the centuries that two
    # digits may stand for, the one with a leap year counts.
    day -= 60 if day > 60 and match.re.pattern is _WRITTEN[0] else 0
    try:
        dt.date(2000 + year, month, day)
    except ValueError:
        return False
    return True


def _is_called_otherwise(before: str) -> bool:
    return bool(_form(_OTHER).search(before)) and not _form(_PERSONAL).search(before)
