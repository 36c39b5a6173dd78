"""What is kept of a search in vain: words and measures, and nothing that may be a name."""

import datetime as dt

import pytest

from moebelcirkel.domain.wants import demand

TELLING = frozenset({"mette", "krogh", "soendervangskolen"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  12 Elevstole ", "12 elevstole"),
        ("Garderobebænk bredde 120-140", "garderobebænk bredde 120-140"),
        ("HÅG Capisco", "håg capisco"),
        ("stol til Nielses kontor", "stol til nielses kontor"),
        ("bord 160x80 højde 70-75", "bord 160x80 højde 70-75"),
    ],
)
def test_furniture_is_kept_in_small_letters(typed: str, kept: str) -> None:
    assert demand.kept(typed, TELLING) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12",
        "eg",
        "stol 010190-1234",
        "stol til 0101901234",
        "mette@skolen.dk",
        "89 15 15 15 stol",
        "ring 89151515",
        "MC-004127-1",
        "Mette",
        "stol til mette",
        "krogh stol",
        "stol til Søndervangskolen",
        "peter",
        "stol til anne-marie",
        "bord nielsen",
        "Jón Ágústsson",
        "stol til Bitte Ravn",
        "stol " * 40,
        "stol\0 rund",
        "stol \u202edur",
    ],
)
def test_what_may_be_a_name_or_says_nothing_is_not(typed: str) -> None:
    assert demand.kept(typed, TELLING) is None


def test_a_word_that_types_have_is_no_name() -> None:
    assert demand.kept("Anna Stol", TELLING) is None
    assert demand.kept("Anna Stol", TELLING, {"anna", "stol"}) == "anna stol"


def test_the_words_are_read_without_count_and_measures() -> None:
    assert demand.written("12 stk ens høje elevstole højde 45-47") == "høje elevstole"
    assert demand.written("bord ø120") == "bord ø120"


def test_a_week_is_its_monday() -> None:
    assert demand.week_of(dt.date(2026, 11, 29)) == dt.date(2026, 11, 23)
    assert demand.week_of(dt.date(2026, 11, 30)) == dt.date(2026, 11, 30)
