"""EAN, CVR, cost bearer and e-mail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.identifiers import (
    cost_bearer,
    cvr_number,
    cvr_warning,
    ean_check_digit,
    ean_number,
    email_address,
)


@pytest.mark.parametrize(
    "number",
    ["5790987654321", "5790002750595", "5799999000010", "5799999000027", "57 99999 000034"],
)
def test_real_ean_numbers(number: str) -> None:
    assert ean_number(f" {number}\u00a0") == number.replace(" ", "")


@given(st.text(alphabet="0123456789", min_size=12, max_size=12), st.data())
def test_a_wrong_digit_in_an_ean_is_refused(twelve: str, data: st.DataObject) -> None:
    number = twelve + ean_check_digit(twelve)
    assert ean_number(number) == number
    at = data.draw(st.integers(0, 12))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))
    with pytest.raises(Refused):
        ean_number(number[:at] + other + number[at + 1 :])


def test_ean_says_how_many_digits_were_written() -> None:
    with pytest.raises(Refused) as refused:
        ean_number("579999900001")
    assert str(refused.value) == "The EAN number must have 13 digits. You have written 12."


@pytest.mark.parametrize("text", ["", "57999990000x0", "5799999000011", "٥٧٩٩٩٩٩٠٠٠٠١٠"])
def test_no_ean(text: str) -> None:
    with pytest.raises(Refused):
        ean_number(text)


def test_cvr() -> None:
    assert cvr_number("41 84 99 83") == "41849983"
    assert cvr_number("dk41849983") == "41849983"
    assert cvr_warning("41849983") is None
    for odd in ["41849984", "4184998", "4184998x", "00000000", ""]:
        assert isinstance(cvr_warning(odd), Refused)


def test_cost_bearer() -> None:
    assert cost_bearer(" XG-4300001221-00140 ") == "XG-4300001221-00140"
    assert cost_bearer("a.1") == "a.1"
    for wrong in ["", "a b", "æ", "1" * 25, "a_b"]:
        with pytest.raises(Refused):
            cost_bearer(wrong)


def test_email() -> None:
    assert email_address(" a.b@skole.randers.dk ") == "a.b@skole.randers.dk"
    for wrong in ["", "a", "a@b", "a b@c.dk", "a@b@c.dk", "a@.", "a@b.d", f"{'a' * 250}@b.dk"]:
        with pytest.raises(Refused):
            email_address(wrong)
