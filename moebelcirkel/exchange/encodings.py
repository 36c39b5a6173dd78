"""Encodings of text files: which one a file is in, and how a line of it reads in each."""

import codecs
import re

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso-8859-1",
    "cp850",
    "cp865",
    "mac_roman",
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_ONE_BYTE = ("cp1252", "iso-8859-1", "cp850", "cp865", "mac_roman")
_SAMPLE = 200_000
_SPECIAL = re.compile(r"(.?)([^\x00-\x7f])(.?)", re.DOTALL)
_CONTROLS = re.compile(r"[\x80-\x9f]")
_NORDIC = frozenset("æøåÆØÅ")
_LETTERS = frozenset("äöüßéèêëáàâãçíìîïóòôõúùûñýÄÖÜÉÈÊËÁÀÂÇÍÎÏÓÔÚÛÑ")
_SIGNS = frozenset("–—‘’“”„•…€£¥§°±²³½¼¾×®©™´«»·µº¹\xa0\xad")
_INSIDE_WORDS = frozenset("’´·–\xa0\xad")
_MOST_SHOWN = 60


def likeliest(data: bytes) -> str:
    """The encoding a file is most probably in."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    if wide := _wide(data):
        return wide
    if _decoded(data, "utf-8") is not None:
        return "utf-8"
    sample = data[:_SAMPLE]
    scores = [
        (_plausible(text), -place, encoding)
        for place, encoding in enumerate(_OF_ONE_BYTE)
        if _decoded(data, encoding) is not None and (text := _decoded(sample, encoding)) is not None
    ]
    return max(scores)[2]


def readings(data: bytes) -> dict[str, str]:
    """How the first line with special letters reads in each encoding that fits the whole file."""
    best = likeliest(data)
    first = _lines(data.decode(best, "replace"))
    place = next((n for n, line in enumerate(first) if not line.isascii()), 0)
    found: dict[str, str] = {}
    for encoding in ENCODINGS:
        text = _decoded(data, encoding)
        if text is None or (encoding.startswith("utf-16") and encoding != best):
            continue
        lines = _lines(text)
        if _CONTROLS.search(text[:_SAMPLE]):
            continue
        found[encoding] = lines[place].strip()[:_MOST_SHOWN] if place < len(lines) else ""
    return found


def _lines(text: str) -> list[str]:
    return text[:_SAMPLE].split("\n")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zeros that Latin letters have on one side."""
    start = data[: 4000 & ~1]
    half = len(start) // 2
    left, right = start[::2].count(0), start[1::2].count(0)
    if half < 2 or len(data) % 2:
        return None
    if right > 0.4 * half and left < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if left > 0.4 * half and right < 0.05 * half else None


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _plausible(text: str) -> float:
    """How much the special characters look like those of Danish and its neighbours' words."""
    return sum(_weight(*match.groups()) for match in _SPECIAL.finditer(text))


def _weight(before: str, char: str, after: str) -> float:
    inside = before.isalpha() and after.isalpha()
    if char in _NORDIC or char in _LETTERS:
        if inside and char.isupper() and before.islower() and after.islower():
            return -2
        return 3 if char in _NORDIC else 1
    if char in _SIGNS:
        return -2 if inside and char not in _INSIDE_WORDS else 0.5
    return -3
