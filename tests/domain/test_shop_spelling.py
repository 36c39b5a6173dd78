"""Words spelled wrong, and words that mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.ecolabels import is_type_1
from moebelcirkel.domain.shop import meant, read_synonyms, spoken
from moebelcirkel.domain.shop.spelling import likeness, slips

KNOWN = ("kontorstol", "stabelstol", "skrivebord", "reol", "haeve-saenkebord", "sofa")
WORDS = st.text("abcdeo", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kontrostol", "kontorstol"),
        ("kontostol", "kontorstol"),
        ("kontorstoll", "kontorstol"),
        ("skirvebord", "skrivebord"),
        ("soffa", "sofa"),
        ("lampe", None),
        ("xyz", None),
        ("160x80", None),
    ],
)
def test_the_nearest_word_is_meant(typed: str, found: str | None) -> None:
    assert meant(typed, KNOWN) == found


@given(WORDS, WORDS)
def test_slips_and_likeness_are_the_same_both_ways(one: str, other: str) -> None:
    assert slips(one, other) == slips(other, one)
    assert likeness(one, other) == likeness(other, one)
    assert (slips(one, other) == 0) == (one == other)
    assert slips(one, other) <= max(len(one), len(other))


def test_words_that_mean_the_same_find_each_other() -> None:
    found = read_synonyms("elbord = hæve-sænkebord = Løftebord; tavle=whiteboard; ; halv =")
    assert found["elbord"] == ("haeve-saenkebord", "loeftebord")
    assert found["loeftebord"] == ("elbord", "haeve-saenkebord")
    assert found["tavle"] == ("whiteboard",)
    assert "halv" not in found


@given(st.text(max_size=60))
def test_whatever_is_written_as_synonyms_is_read(text: str) -> None:
    assert all(word not in others for word, others in read_synonyms(text).items())


def test_the_municipality_says_which_labels_are_of_type_1() -> None:
    assert is_type_1("Svanemærket") is True
    assert is_type_1("FSC") is False
    assert is_type_1("Kommunens eget") is None
    assert is_type_1("Kommunens eget", "kommunens; ") is True


def test_the_words_of_names_are_known_as_folded_and_as_written() -> None:
    assert spoken(["Hæve-sænkebord, eg", "Skrivebord (eg)"]) == {
        "haeve-saenkebord": "hæve-sænkebord",
        "haevesaenkebord": "hæve-sænkebord",
        "haeve": "hæve",
        "saenkebord": "sænkebord",
        "eg": "eg",
        "skrivebord": "skrivebord",
    }
