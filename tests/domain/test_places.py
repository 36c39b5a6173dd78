"""Codes of places, and a series of them in one line."""

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.places import place_code, series


def test_a_hall_of_shelves_in_one_line() -> None:
    found = series("Hal 2, Reol 1–20, hylde A–D")
    assert len(found) == 80
    assert (found[0].code, found[0].name) == ("2-1-A", "Hal 2 · Reol 1 · A")
    assert (found[-1].code, found[-1].name) == ("2-20-D", "Hal 2 · Reol 20 · D")


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Vogn 1-3", ["1", "2", "3"]),
        ("garage, plads a - c", ["GARAGE-A", "GARAGE-B", "GARAGE-C"]),
        ("Hal 2", ["2"]),
        ("Kælder", ["KÆLDER"]),
        ("hylde Z–Å", ["Z", "Æ", "Ø", "Å"]),
        ("Zone B-12, 1—2", ["ZONEB-12-1", "ZONEB-12-2"]),
    ],
)
def test_other_lines(typed: str, codes: list[str]) -> None:
    assert [place.code for place in series(typed)] == codes


@pytest.mark.parametrize(
    "typed", ["", " , ", "Reol 20-1", "Hal 1-100, Reol 1-100", "Hal ?", "x" * 200]
)
def test_lines_that_make_no_sense(typed: str) -> None:
    with pytest.raises(Refused):
        series(typed)


def test_a_code_is_capitals_without_spaces() -> None:
    assert place_code(" v - 1 ") == "V-1"
    for wrong in ("", "-1", "A" * 25, "a;b"):
        with pytest.raises(Refused):
            place_code(wrong)
