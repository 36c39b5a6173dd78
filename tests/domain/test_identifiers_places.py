"""Postcodes and coordinates as lists and maps write them."""

from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.identifiers import coordinates, postcode


@pytest.mark.parametrize("text", ["8900", " DK-8900 ", "dk8900"])
def test_a_postcode_is_four_digits(text: str) -> None:
    assert postcode(text) == "8900"
    assert postcode(" ") == ""


@pytest.mark.parametrize("text", ["890", "89000", "89OO", "S-1234"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(Refused, match="4 digits"):
        postcode(text)


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
