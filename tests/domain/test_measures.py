"""Measures: what people type, the one written form, the way back, and plain refusals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.measures import MAX_MM, Measures, parse_measures, write_measures


@pytest.mark.parametrize(
    ("typed", "measures"),
    [
        ("68 × 66 × 98–115", Measures(680, 660, 980, 1150)),
        ("68x66x98-115", Measures(680, 660, 980, 1150)),
        ("68 X 66 x 98 til 115 cm", Measures(680, 660, 980, 1150)),
        ("680*660*980 mm", Measures(680, 660, 980, 980)),
        ("B 120 × D 80 × H 72,5", Measures(1200, 800, 725, 725)),
        ("h 72 x b 120 x d 80", Measures(1200, 800, 720, 720)),
        ("Ø120 × 72", Measures(1200, 1200, 720, 720)),
        ("120 × 60", Measures(1200, 600)),
        ("120", Measures(1200)),
        ("80 × ? × 180", Measures(800, None, 1800, 1800)),
        ("h 180", Measures(None, None, 1800, 1800)),
        ("45.5 × 50", Measures(455, 500)),
        ("   ", Measures()),
    ],
)
def test_what_people_type_is_understood(typed: str, measures: Measures) -> None:
    assert parse_measures(typed) == measures


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("stor", "width × depth × height"),
        ("10 × 20 × 30 × 40", "width × depth × height"),
        ("b 10 × b 20", "width × depth × height"),
        ("68, 66, 98", "width × depth × height"),
        ("?", "width × depth × height"),
        ("60–70 × 60 × 90", "Only the height"),
        ("60 × 60 × 115–98", "lowest height first"),
        ("60,55 × 60", "one decimal"),
        ("0 × 60", "between 0.1 and 2,000"),
        ("9000 × 60", "between 0.1 and 2,000"),
    ],
)
def test_what_makes_no_sense_is_refused_plainly(typed: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        parse_measures(typed)


_MM = st.none() | st.integers(1, MAX_MM)


@given(_MM, _MM, st.none() | st.tuples(st.integers(1, MAX_MM), st.integers(1, MAX_MM)))
def test_written_and_read_again_is_the_same(
    width: int | None, depth: int | None, heights: tuple[int, int] | None
) -> None:
    low, high = sorted(heights) if heights else (None, None)
    measures = Measures(width, depth, low, high)
    assert parse_measures(write_measures(measures)) == measures
    assert parse_measures(write_measures(measures, ".")) == measures


def test_a_single_known_height_is_written_once() -> None:
    assert write_measures(Measures(680, 660, None, 980)) == "68 × 66 × 98"
    assert write_measures(Measures(680, 660, 980, None)) == "68 × 66 × 98"
    assert write_measures(Measures(1205, None, 725, 725)) == "120,5 × ? × 72,5"
    assert write_measures(Measures()) == ""
