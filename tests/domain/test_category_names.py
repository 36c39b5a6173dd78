"""How well categories are suggested: a sample of names as price lists write them."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from moebelcirkel.domain.categories import PART, CategoryWords
from tests import reference

SAMPLE = Path(__file__).parents[1] / "data" / "category_names.csv"
RIGHT, WRONG = 0.85, 0.03


def sample() -> list[tuple[str, str | None, str]]:
    """Name, category (None where none is to be suggested), and which part of the sample it is."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [(row["name"], row["category"] or None, row["part"]) for row in rows]


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_most_names_get_their_category_and_hardly_one_a_wrong_one(
    part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rules were written before the unseen names were."""
    words = CategoryWords(reference.categories())
    names = [(name, key, words.guess(name)) for name, key, of in sample() if of == part]
    right = sum(1 for _, key, found in names if found == key)
    wrong = [each for each in names if each[2] not in (None, each[1])]
    with capsys.disabled():
        print(f"\n{part}: {right} of {len(names)} right, {len(wrong)} wrong")
    assert right >= RIGHT * len(names)
    assert len(wrong) <= WRONG * len(names), wrong


def test_parts_and_covers_are_told_from_what_is_not_known() -> None:
    words = CategoryWords(reference.categories())
    for name in (
        "Armlæn til kontorstol",
        "Hjul til kontorstol, sæt á 5",
        "Glasplade til skrivebord",
        "Stel til hæve-/sænkebord, sort",
        "Fjordvig betræk til sofa",
        "Låge til skab",
        "Chair cover",
    ):
        assert words.look(name) == PART, name
    for name in ("Køleskab", "Fællesskab plakat", "Reoler og skabe", "Symaskine", ""):
        assert words.look(name) is None, name


@pytest.mark.parametrize(
    ("forms", "key"),
    [
        ("stol stolen stole stolene stoler stolar", "visitor_chair"),
        ("reol reolen reoler reolerne", "bookcase_wood"),
        ("skab skabet skabe skabene skåp skåpet", "cupboard_wood"),
        ("puf puffen puffer pufferne puff", "pouf"),
        ("skammel skamler skamlerne", "stool_wood"),
        ("rullecontainer rullecontaineren rullecontainere rullecontainerne", "pedestal"),
        ("madras madrassen madrasser madrass", "mattress_single"),
        ("soffa soffan soffor", "sofa_3_seat"),
    ],
)
def test_number_and_form_make_no_difference(forms: str, key: str) -> None:
    words = CategoryWords(reference.categories())
    assert {form: words.guess(form.capitalize()) for form in forms.split()} == dict.fromkeys(
        forms.split(), key
    )


def test_each_different_word_is_worked_out_once() -> None:
    """Thousands of names are made of few words; only these may cost."""
    nouns = "stol bord reol skab lampe sofa modul serie klassisk rund massiv grå uden hylde".split()  # noqa: SIM905 - so they read as names
    names = [" ".join(three) for three in itertools.permutations(nouns, 3)]
    words = CategoryWords(reference.categories())
    found = [words.look(name) for name in names]
    assert len(names) == 2184
    assert words.looked_up <= len(nouns)
    assert sum(key is not None for key in found) > 1000
