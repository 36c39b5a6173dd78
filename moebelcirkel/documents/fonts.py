"""The typeface on paper: Source Sans in three weights, and how wide and how tall texts are in it.

The fonts lie in a package of their own, so that screen and paper show the same face.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from threading import Lock

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "SourceSans"
SEMIBOLD = "SourceSans-Semibold"
BOLD = "SourceSans-Bold"
ELLIPSIS = "…"
_JOINT = re.compile(r"(?<=[/+\-–_.])(?=\w)")
_MINUS = re.compile(r"(?<![^\s(])-(?=\d)")

_FILES = {
    REGULAR: "SourceSansPro-Regular.ttf",
    SEMIBOLD: "SourceSansPro-Semibold.ttf",
    BOLD: "SourceSansPro-Bold.ttf",
}


_lock = Lock()
#: Held while letters are cut out of the files: reportlab reads them from one place at a time.
cutting = Lock()


def register() -> None:
    """Make the three weights known to reportlab, once per process.

    Papers are drawn on several threads: registering anew while one is drawn would spoil its text.
    """
    with _lock:
        _register()


@cache
def _register() -> None:
    # Files as text-safe characters are a fifth larger and slower to write; nobody needs them so.
    rl_config.useA85 = 0
    folder = Path(str(files("font_source_sans_pro"))) / "files"
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


@lru_cache(maxsize=16_384)
def clean(text: str) -> str:
    """A text as one line that paper can show: composed letters, true minus, no control signs."""
    text = minus(text)
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    # What cannot be printed would come out as an empty box; a plain space is less noise.
    return "".join(
        sign if sign.isprintable() or sign == "\u00a0" else " " for sign in composed
    ).rstrip()


def minus(text: str) -> str:
    """The text with a true minus before negative figures, as in the formulas beside them."""
    return _MINUS.sub("\u2212", text) if "-" in text else text


@lru_cache(maxsize=65_536)
def _width_of_one(text: str, font: str) -> float:
    register()
    return float(pdfmetrics.stringWidth(text, font, 1))


def width(text: str, font: str, size: float) -> float:
    """The width of a text in points."""
    return _width_of_one(text, font) * size


@lru_cache(maxsize=16_384)
def fit(text: str, font: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    if width(text, font, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, font, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


def fitting_size(text: str, font: str, size: float, room: float, *, least: float) -> float:
    """The largest size, in half points down to ``least``, at which the text has room."""
    while size > least and width(text, font, size) > room:
        size -= 0.5
    return size


@lru_cache(maxsize=4_096)
def wrap(
    text: str, font: str, size: float, room: float, *, most: int = 0, indent: float = 0.0
) -> tuple[str, ...]:
    """The lines of a text in a column; with ``most`` the last line allowed ends in an ellipsis.

    The first line starts ``indent`` further in. Words wider than the column are broken.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text, font, size, room):
        longer = f"{line} {word}" if line else word
        left = room - (0.0 if lines else indent)
        if line and width(longer, font, size) > left:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if most and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        lines[most - 1 :] = [_cut(rest, font, size, room)]
    return tuple(lines)


def _cut(text: str, font: str, size: float, room: float) -> str:
    """A text that goes on elsewhere: always ends in an ellipsis."""
    shown = fit(text, font, size, room)
    return shown if shown.endswith(ELLIPSIS) else fit(text + ELLIPSIS, font, size, room)


def _words(text: str, font: str, size: float, room: float) -> list[str]:
    """The words of a text at plain spaces; those too wide for the column are broken in pieces.

    They break after a stroke, plus or hyphen where there is one, else wherever the room ends.
    """
    words: list[str] = []
    for word in text.split(" "):
        if width(word, font, size) <= room:
            words.append(word)
        else:
            words += _pieces(word, font, size, room)
    return [word for word in words if word]


def _pieces(word: str, font: str, size: float, room: float) -> list[str]:
    """A wide word in pieces that fit, as long as they can be."""
    found = [""]
    for part in _JOINT.split(word):
        if found[-1] and width(found[-1] + part, font, size) > room:
            found.append("")
        for sign in part:
            if found[-1] and width(found[-1] + sign, font, size) > room:
                found.append("")
            found[-1] += sign
    return found
