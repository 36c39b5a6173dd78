"""Places: their codes, and a whole series written in one line ("Hal 2, Reol 1–20, hylde A–D")."""

import itertools
import re
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import too_long
from moebelcirkel.domain.named import NamedCode

CODE_LENGTH = 24
NAME_LENGTH = 80
#: More at once is surely a slip of the finger.
MOST_AT_ONCE = 2000
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"


class PlaceKind(NamedCode):
    """What a place is; some can roll."""

    SHELF = "shelf", N_("Shelf")
    WORKSHOP = "workshop", N_("Workshop")
    FLOOR = "floor", N_("Floor")
    TROLLEY = "trolley", N_("Trolley")
    PALLET = "pallet", N_("Pallet")
    CAGE = "cage", N_("Cage")


_CODE = re.compile(r"[0-9A-ZÆØÅ](?:[0-9A-ZÆØÅ./\-]*[0-9A-ZÆØÅ])?")
_DASH = r"\s*[-–—]\s*"
_NUMBERS = re.compile(rf"(?:^|\s)(?P<first>\d{{1,4}}){_DASH}(?P<last>\d{{1,4}})$")
_SIGNS = re.compile(rf"(?:^|\s)(?P<first>[A-Za-zÆØÅæøå]){_DASH}(?P<last>[A-Za-zÆØÅæøå])$")
_VALUE = re.compile(r"(?:^|\s)(?P<value>\d{1,4}|[A-Za-zÆØÅæøå])$")
#: What lists put between the parts of a path.
_BETWEEN = re.compile(r"[/·>,|\\]")
#: A shelf is named by its letter alone: "Hal 2 · Reol 14 · C".
_LEFT_OUT = frozenset({"hylde", "hylder", "shelf", "shelves"})


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that a series asks for."""

    code: str
    name: str


def place_code(typed: str) -> str:
    """The code of a place as it is printed and scanned: capitals, digits, dash, stop, slash."""
    value = "".join(typed.split()).upper()
    if not value:
        raise Refused(N_("Fill in this field."))
    if len(value) > CODE_LENGTH:
        raise Refused(
            N_("A place code may have at most {most} characters. You have written {count}."),
            most=CODE_LENGTH,
            count=len(value),
        )
    if not _CODE.fullmatch(value):
        raise Refused(N_("A place code may only have letters, digits, dash, full stop and slash."))
    return value


def path_key(text: str) -> tuple[str, ...]:
    """A place's path for comparing: "Hal 1 / Reol 2 / Hylde A" is "hal 1 · reol 2 · a"."""
    return tuple(filter(None, map(_plain_part, _BETWEEN.split(text))))


def _plain_part(part: str) -> str:
    words = part.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _LEFT_OUT else words)


def site_of(code: str, name: str) -> str:
    """The house or hall of a place: "Hal 2" of "Hal 2 · Reol 14 · C", or how its code begins."""
    return (_BETWEEN.split(name)[0] if name else code.partition("-")[0]).strip()


def from_path(text: str) -> list[NewPlace]:
    """The places of a path as lists write it: "Hal 1 / Reol 2 / A", or "Hal 1 > Reol 1–20"."""
    return series(_BETWEEN.sub(",", text))


def series(typed: str) -> list[NewPlace]:
    """All places of a line such as "Hal 2, Reol 1–20, hylde A–D", in order."""
    parts = [part for part in (" ".join(part.split()) for part in typed.split(",")) if part]
    if not parts:
        raise Refused(N_("Write for example: Hal 2, Reol 1–20, hylde A–D"))
    choices = [_choices(part) for part in parts]
    count = 1
    for each in choices:
        count *= len(each)
    if count > MOST_AT_ONCE:
        raise Refused(
            N_("That is {count} places. Make at most {most} at once."),
            count=count,
            most=MOST_AT_ONCE,
        )
    return [_joined(found) for found in itertools.product(*choices)]


def _joined(parts: tuple[tuple[str, str], ...]) -> NewPlace:
    name = " · ".join(label for _value, label in parts)
    if len(name) > NAME_LENGTH:
        raise too_long(NAME_LENGTH, len(name))
    return NewPlace(place_code("-".join(value for value, _label in parts)), name)


def _choices(part: str) -> list[tuple[str, str]]:
    """Code part and label of every value a part of the line stands for."""
    found = _NUMBERS.search(part) or _SIGNS.search(part)
    if found:
        word = part[: found.start()].strip()
        return [(value, _label(word, value)) for value in _span(found["first"], found["last"])]
    single = _VALUE.search(part)
    if single:
        value = single["value"].upper()
        return [(value, _label(part[: single.start()].strip(), value))]
    return [("".join(part.split()), part)]


def _label(word: str, value: str) -> str:
    if not word or word.lower() in _LEFT_OUT:
        return value
    return f"{word[0].upper()}{word[1:]} {value}"


def _span(first: str, last: str) -> list[str]:
    if first.isdigit():
        values = [str(number) for number in range(int(first), int(last) + 1)]
    else:
        start, end = LETTERS.index(first.upper()), LETTERS.index(last.upper())
        values = list(LETTERS[start : end + 1])
    if not values:
        raise Refused(
            N_("{first}–{last} is no series. Write the smallest first, for example 1–20 or A–D."),
            first=first,
            last=last,
        )
    return values
