"""Label numbers and their check digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.labels import check_digit, label_number, label_prefix, parse_label

SERIALS = st.integers(1, 999_999_999_999)
DIGITS = st.text(alphabet="0123456789", min_size=2, max_size=12)


def test_known_check_digits() -> None:
    assert check_digit("572") == "4"
    assert label_number("MC", 4127) == "MC-004127-1"


@given(DIGITS, st.data())
def test_every_single_wrong_digit_is_caught(digits: str, data: st.DataObject) -> None:
    whole = digits + check_digit(digits)
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != whole[at]]))
    wrong = whole[:at] + other + whole[at + 1 :]
    assert check_digit(wrong[:-1]) != wrong[-1]


@given(DIGITS, st.data())
def test_every_swap_of_neighbours_is_caught(digits: str, data: st.DataObject) -> None:
    whole = digits + check_digit(digits)
    at = data.draw(st.integers(0, len(whole) - 2))
    wrong = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
    assert wrong == whole or check_digit(wrong[:-1]) != wrong[-1]


@given(SERIALS)
def test_a_label_number_is_read_back(serial: int) -> None:
    label = label_number("MC", serial)
    assert parse_label(label, "MC") == label
    assert parse_label(f"  {label.lower()} ", "MC") == label
    assert parse_label(label.replace("-", ""), "MC") == label
    assert parse_label(label.replace("-", " "), "mc") == label
    assert parse_label(label.removeprefix("MC-"), "MC") == label


@pytest.mark.parametrize(
    "text", ["mc 4127-1", "MC-4127-1", "MC+004127+1", "MC–004127–1", "004127-1", "mc0041271\n"]
)
def test_other_ways_to_write_it(text: str) -> None:
    assert parse_label(text, "MC") == "MC-004127-1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MC",
        "MC-",
        "MC-004127-2",
        "MC-004172-1",
        "0041271",
        "XX-004127-1",
        "MC-000000-0",
        "MC-00412A-1",
        "5799999000010",
        "stol",
        "MC-٠٠٤١٢٧-1",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert parse_label(text, "MC") is None


@pytest.mark.parametrize("serial", [0, -1, 10**12])
def test_serials_outside_are_a_fault(serial: int) -> None:
    with pytest.raises(ValueError, match="serial"):
        label_number("MC", serial)


def test_prefix() -> None:
    assert label_prefix(" mc ") == "MC"
    for wrong in ["", "M1", "ABCDE", "Ø"]:
        with pytest.raises(Refused):
            label_prefix(wrong)
