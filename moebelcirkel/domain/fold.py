"""Text made comparable: folded for search, and a key that sorts the Danish way in any database.

Both results are compared byte by byte, so SQLite and PostgreSQL find and order alike. Search is
plain ``LIKE`` over ``search_text``: ``'% eg %'`` ranks 0, ``'% eg%'`` 1 and ``'%eg%'`` 2, so that
"eg" lists "Bogreol eg" before "Legetøj" while "stol" still finds "Kontorstol".

A diameter "Ø120" folds to "oe120"; ``search_text`` adds "120" as a word of its own, so both
"ø120" and "120" find it.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ä": "ae",
        "ø": "oe",
        "ö": "oe",
        "ő": "oe",
        "œ": "oe",
        "⌀": "oe",
        "å": "aa",
        "ü": "y",
        "ű": "y",
        "ß": "ss",
        "ð": "d",
        "đ": "d",
        "þ": "th",
        "ł": "l",
        "×": "x",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "−": "-",
    }
)

_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = r"(?:\s*(?:cm|mm)\b\.?)?"
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_DIAMETER = re.compile(r"(?<![^\W\d_])(?:ø|⌀)\s*(?=\d)")
_TIMES = re.compile(rf"(?<![^\W_])(oe)?({_NUMBER}){_UNIT}\s*[x*]\s*(?=\d)")
_MEASURE_UNIT = re.compile(r"((?:\d\.?)x[\d.\-]+|\boe[\d.]+)\s*(?:cm|mm)\b")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+|(?<=\d)\.(?=\d)[^\W_]+)*")
_ONLY_MEASURES = re.compile(r"[\dx.\-]+")
_DIAMETER_WORD = re.compile(r"oe(\d[\d.]*)")

#: How many signs and words of a query are looked for.
MOST_QUERY, MOST_WORDS = 200, 20
RANK_WORD, RANK_START, RANK_INSIDE = 0, 1, 2


# Makers, colours and categories come again with every row, so what they fold to is kept.
@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case ASCII-like words with one space between them, for search.

    Danish letters become ae, oe and aa, other accents go, measures read 160x80, and punctuation
    splits words except a hyphen inside one or a decimal point.
    """
    return " ".join(_folded(text))


def _folded(text: str) -> list[str]:
    plain = text.lower() if text.isascii() else _plain_letters(text)
    # Most names have no measure, and looking for a sign costs less than looking for a pattern.
    if "," in plain:
        plain = _DECIMAL_COMMA.sub(".", plain)
    if "x" in plain or "*" in plain:
        plain = _TIMES.sub(lambda found: f"{found[1] or ''}{found[2]}x", plain)
    if "cm" in plain or "mm" in plain:
        plain = _MEASURE_UNIT.sub(r"\1", plain)
    return _WORD.findall(plain)


def _plain_letters(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text).lower()
    lowered = _DIAMETER.sub("oe", lowered).translate(_LETTERS)
    return lowered if lowered.isascii() else _without_accents(lowered)


def _without_accents(text: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)
    ).lower()


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once; every one of them must be found.

    Of a page of text that was pasted only the beginning is looked for: databases bound how long a
    question may be.
    """
    return tuple(dict.fromkeys(fold(query[:MOST_QUERY]).split()))[:MOST_WORDS]


def search_text(parts: Iterable[str | None]) -> str:
    """What a row is searched in: its folded words with a space before and after.

    A hyphenated word is there as written, joined and in parts, so "hæve-sænkebord" is found by
    "hævesænkebord" and ranks as a word for "haeve".
    """
    found: dict[str, None] = {}
    for part in parts:
        if part:
            found.update(_searched(part))
    return f" {' '.join(found)} " if found else " "


@functools.lru_cache(maxsize=4096)
def _searched(part: str) -> dict[str, None]:
    """The words that one part is found by, in their order; kept, so never changed."""
    found: dict[str, None] = {}
    for word in _folded(part):
        found[word] = None
        if "-" in word or word.startswith("oe"):
            found.update(dict.fromkeys(_forms(word)))
    return found


def _forms(word: str) -> list[str]:
    forms = [word]
    if "-" in word:
        if not _ONLY_MEASURES.fullmatch(word):
            forms.append(word.replace("-", ""))
        forms += word.split("-")
    if diameter := _DIAMETER_WORD.fullmatch(word):
        forms.append(diameter[1])
    return forms


def like_pattern(word: str) -> str:
    r"""A word for use inside ``LIKE … ESCAPE '\'``; the caller adds spaces and percent signs."""
    return word[:MOST_QUERY].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def matches_rank(query_words: Sequence[str], folded_name: str) -> int | None:
    """Rank of a name for a query, lower is better, or None where a word is missing.

    The sum over the words of 0 for a whole word, 1 for the start of one, 2 for inside a compound:
    the same as the sum of the SQL cases.
    """
    padded = f" {folded_name.strip()} "
    total = 0
    for word in query_words:
        rank = _rank(word, padded)
        if rank is None:
            return None
        total += rank
    return total


def _rank(word: str, padded: str) -> int | None:
    if f" {word} " in padded:
        return RANK_WORD
    if f" {word}" in padded:
        return RANK_START
    return RANK_INSIDE if word in padded else None


# --- Danish order -------------------------------------------------------------------------------

_AFTER_Z = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "ő": "|", "œ": "|", "å": "}"}
_SECOND = {"ä", "ö", "ő", "œ", "ü", "ű"}
_BASES = {"ü": "y", "ű": "y", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l"}
_PIECES = re.compile(r"[0-9]+|aa|\s+|.", re.IGNORECASE | re.DOTALL)
_WORDS = re.compile(r"\s+|\S+")
_MOST_DIGITS = 99


def sort_key(text: str) -> str:
    """Printable ASCII that sorts as Danish does when compared byte by byte.

    æ, ø and å follow z, aa counts as å, ä, ö and ü go with æ, ø and y, numbers sort by size;
    where that ties, plain letters come before accented ones and upper case before lower.
    """
    words = _WORDS.findall(unicodedata.normalize("NFC", text.strip()))
    return " ".join(map("".join, zip(*map(_of_word, words), strict=True))) if words else "  "


@functools.lru_cache(maxsize=4096)
def _of_word(word: str) -> tuple[str, str, str]:
    """Letters, accents and cases of a word, or of what stands between two: words come again."""
    if word.isdecimal() and word.isascii():
        number, cut = _weigh_number(word)
        return number, "1" if cut else "0", "1"
    letters, accents, cases = zip(*map(_weights, _PIECES.findall(word)), strict=True)
    return "".join(letters), "".join(accents), "".join(cases)


@functools.lru_cache(maxsize=1024)
def _weights(piece: str) -> tuple[str, str, str]:
    """What one piece of text adds to the letters, the accents and the cases of a key."""
    letter, accent = _weigh(piece)
    return letter, "1" if accent else "0", "0" if piece[0].isupper() else "1"


def _weigh(piece: str) -> tuple[str, bool]:
    """Primary weight of one piece of text, and whether it is the accented one of its kind."""
    if piece[0] in "0123456789":
        return _weigh_number(piece)
    if piece.isspace():
        return "!", False
    lower = piece.lower()
    if lower == "aa":
        return "}", True
    if lower in _AFTER_Z:
        return _AFTER_Z[lower], lower in _SECOND
    if lower in _BASES:
        return _BASES[lower], True
    return _weigh_other(lower)


def _weigh_number(digits: str) -> tuple[str, bool]:
    """Length before digits, so that 9 comes before 10 without a fixed width."""
    significant = digits.lstrip("0")[:_MOST_DIGITS]
    return f"{len(significant):02d}{significant}", significant != digits


def _weigh_other(char: str) -> tuple[str, bool]:
    base = "".join(
        part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)
    ).lower()
    if base.isascii():
        plain = "".join(part if part.isalnum() else "-" for part in base)
        return plain or "-", base != char
    if char.isalnum():
        return f"~{ord(char[0]):06x}", False
    return "-", False
