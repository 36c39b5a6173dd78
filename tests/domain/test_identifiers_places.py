"""Postcodes, telephone numbers and coordinates as lists and maps write them."""

from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.identifiers import coordinates, postcode, telephone


@pytest.mark.parametrize("text", ["8900", " DK-8900 ", "dk8900"])
def test_a_postcode_is_four_digits(text: str) -> None:
    assert postcode(text) == "8900"
    assert postcode(" ") == ""


@pytest.mark.parametrize("text", ["890", "89000", "89OO", "S-1234"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(Refused, match="4 digits"):
        postcode(text)


@pytest.mark.parametrize("text", ["12345678", " +45 12 34 56 78", "0045 1234-5678", "12.34.56.78"])
def test_a_telephone_number_is_eight_digits_in_pairs(text: str) -> None:
    assert telephone(text) == "12 34 56 78"
    assert telephone("  ") == ""


@pytest.mark.parametrize("text", ["1234567", "123456789", "+46 12345678", "Pedel 12345678", "- ."])
def test_any_other_telephone_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="8 digits"):
        telephone(text)


@pytest.mark.parametrize(
    "text", ["56.4606, 10.0364", "56,4606 10,0364", "56,4606, 10,0364", "56.4606;10.0364"]
)
def test_coordinates_are_taken_as_maps_give_them(text: str) -> None:
    assert coordinates(text) == (Decimal("56.4606"), Decimal("10.0364"))


def test_bornholm_is_denmark() -> None:
    assert coordinates("55.1000, 14.9000") == (Decimal("55.1000"), Decimal("14.9000"))
    assert coordinates("") == (None, None)


@pytest.mark.parametrize("text", ["10.0364, 56.4606", "59.91, 10.75", "55.6, 17.0", "52.5, 13.4"])
def test_coordinates_elsewhere_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="not in Denmark"):
        coordinates(text)


@pytest.mark.parametrize("text", ["56.4606", "nord", "56.4606, ", "1e9, 10", "556.1, 10.2"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="degrees north and east"):
        coordinates(text)
