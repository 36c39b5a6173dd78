"""Colours gathered into groups, since makers write the same one in many ways."""

import functools
from collections.abc import Mapping

from moebelcirkel.domain.fold import fold

#: By group its name in Danish and in English.
COLOURS: Mapping[str, tuple[str, str]] = {
    "sort": ("Sort", "Black"),
    "hvid": ("Hvid", "White"),
    "graa": ("Grå", "Grey"),
    "blaa": ("Blå", "Blue"),
    "roed": ("Rød", "Red"),
    "groen": ("Grøn", "Green"),
    "gul": ("Gul", "Yellow"),
    "orange": ("Orange", "Orange"),
    "lilla": ("Lilla", "Purple"),
    "brun": ("Brun", "Brown"),
    "eg": ("Eg", "Oak"),
    "boeg": ("Bøg", "Beech"),
    "birk": ("Birk", "Birch"),
    "ask": ("Ask", "Ash"),
    "valnoed": ("Valnød", "Walnut"),
    "krom": ("Krom", "Chrome"),
}
#: Only where a word begins: "lysegrå" is no oak.
_BEGIN = frozenset({"eg", "ask"})
_ALSO = {"black": "sort", "white": "hvid", "grey": "graa", "antracit": "graa", "oak": "eg"}


@functools.lru_cache(maxsize=4096)
def colour_group(colour: str) -> str:
    """The group of a colour as it was written: "Mørkeblå, meleret" is "blaa"."""
    text = fold(colour)
    text = next((group for word, group in _ALSO.items() if word in text), text)
    # The first of these in a colour's name is its group.
    found = [(at, group) for group in COLOURS if (at := _place(text, group)) >= 0]
    return min(found)[1] if found else text


def _place(text: str, group: str) -> int:
    return f" {text}".find(f" {group}") if group in _BEGIN else text.find(group)
