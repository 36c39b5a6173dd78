"""Folding for search and Danish sorting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.fold import fold, like_pattern, matches_rank, search_text, sort_key, words

DANISH = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzæøåäöüéABCÆØÅ 0123456789-.,×x*/_%\\'", max_size=40
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hæve-sænkebord", "haeve-saenkebord"),
        ("ÅRHUS  Ø\tÖrn Ärlig", "aarhus oe oern aerlig"),
        ("Müller café", "myller cafe"),
        ("160 x 80", "160x80"),
        ("160×80", "160x80"),
        ("160*80 cm", "160x80"),
        ("160 cm × 80 cm", "160x80"),
        ("68 × 66 × 98–115 cm", "68x66x98-115"),
        ("62,5 x 40", "62.5x40"),
        ("Ø120", "oe120"),
        ("ø 120 cm", "oe120"),
        ("sø 12", "soe 12"),
        ("Spise-/kantinestol, træ", "spise kantinestol trae"),
        ("a\u030a", "aa"),
        ("  ", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(DANISH)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == once.lower()
    assert "  " not in once


@given(st.text(max_size=60))
def test_fold_takes_any_text(text: str) -> None:
    assert "  " not in f" {fold(text)}x"
    assert search_text([text, None]).startswith(" ")


@given(DANISH)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    assert matches_rank(words(text), search_text([text])) == 0


def test_words_of_a_query_come_once() -> None:
    assert words("  Stol stol  160 x 80 ") == ("stol", "160x80")


def test_eg_lists_the_oak_shelf_before_toys() -> None:
    names = ["Legetøj", "Bogreol eg 80×190", "Egetræsbord"]
    ranked = sorted(names, key=lambda name: matches_rank(words("eg"), search_text([name])) or 0)
    assert ranked == ["Bogreol eg 80×190", "Egetræsbord", "Legetøj"]


@pytest.mark.parametrize(
    ("query", "name", "rank"),
    [
        ("stol", "Kontorstol HÅG", 2),
        ("haeve", "Hæve-sænkebord", 0),
        ("hævesænkebord", "Hæve-sænkebord", 0),
        ("sænke", "Hæve-sænkebord", 1),
        ("120", "Mødebord rundt Ø120", 0),
        ("ø120", "Mødebord rundt Ø120", 0),
        ("160", "Bord 160 x 80 cm", 1),
        ("80", "Bord 160 x 80 cm", 2),
        ("mc0041271", "MC-004127-1", 0),
        ("kontor stol", "Kontorstol", 3),
        ("sofa", "Kontorstol", None),
    ],
)
def test_rank(query: str, name: str, rank: int | None) -> None:
    assert matches_rank(words(query), search_text([name])) == rank


def test_like_pattern_escapes() -> None:
    assert like_pattern(r"50%_a\b") == r"50\%\_a\\b"
    assert like_pattern("stol") == "stol"


def test_search_text_of_nothing() -> None:
    assert search_text([None, ""]) == " "


def test_danish_order() -> None:
    names = [
        "a b",
        "ab",
        "Abe",
        "abe",
        "Afdeling",
        "Hal 2",
        "Hal 10",
        "ud",
        "yd",
        "üd",
        "Zebra",
        "ære",
        "ärlig",
        "Ærø",
        "Øst",
        "å",
        "aa",
        "Åbenrå",
        "Aalborg",
        "Århus",
        "Aarhus",
    ]
    assert sorted(set(names), key=sort_key) == names


def test_numbers_sort_by_size_and_before_letters() -> None:
    assert sorted(["10", "9", "a", "007", "7", ""], key=sort_key) == [
        "",
        "7",
        "007",
        "9",
        "10",
        "a",
    ]


@given(st.text(max_size=60))
def test_sort_keys_are_printable_ascii(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isprintable()


@given(DANISH, DANISH)
def test_longer_text_with_the_same_start_comes_after(start: str, end: str) -> None:
    if start.strip() and end.strip() and end[0] not in "aA0123456789":
        assert sort_key(start.strip()) <= sort_key(start.strip() + end.rstrip())
