"""A set of alike pieces over one type or several, and how its pieces differ."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.shop import Member, gather
from moebelcirkel.domain.shop.colours import colour_group
from moebelcirkel.domain.shop.sets import TOLERANCE_MM, near

BLUE = Member(1, "Stol, blå", "chair", "Blå", "B", 30_000, 9, 500, 500, 800)


def test_one_type_that_is_enough_makes_the_set_alone() -> None:
    dear = replace(BLUE, article_id=2, price_ore=90_000, count=40)
    found = gather(8, [dear, BLUE])
    assert found is not None
    assert (found.members, found.missing, found.differ) == (((BLUE, 8),), 0, ())


def test_near_alike_types_fill_the_set_and_it_says_how_they_differ() -> None:
    worn = replace(BLUE, condition="C", price_ore=20_000, count=1)
    like = replace(BLUE, article_id=2, colour="Mørkeblå", height_mm=820, count=5)
    red = replace(BLUE, article_id=3, colour="Rød")
    found = gather(12, [like, red, BLUE, worn])
    assert found is not None
    assert [(each.article_id, count) for each, count in found.members] == [(1, 9), (1, 1), (2, 2)]
    assert found.missing == 0
    assert found.differ == ("type", "condition", "colour", "measures", "price")


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (replace(BLUE, height_mm=800 + TOLERANCE_MM), True),
        (replace(BLUE, height_mm=801 + TOLERANCE_MM), False),
        (replace(BLUE, height_mm=None), True),
        (replace(BLUE, category_key="table"), False),
        (replace(BLUE, colour="Lyseblå stof"), True),
        (replace(BLUE, colour="Grå"), False),
    ],
)
def test_what_looks_alike(other: Member, alike: bool) -> None:
    assert near(BLUE, other) is alike
    assert near(other, BLUE) is alike


def test_the_first_colour_of_a_name_is_its_group() -> None:
    assert [colour_group(each) for each in ("Sort/hvid", "Black", "Lys eg", "Turkis", "")] == [
        "sort",
        "sort",
        "eg",
        "turkis",
        "",
    ]


def test_light_and_dark_colours_are_no_oak() -> None:
    names = ("Lysegrå", "mørkegrøn", "Lysegul stof", "Egetræ", "Hvid, ask")
    assert [colour_group(each) for each in names] == ["graa", "groen", "gul", "eg", "hvid"]


def test_nothing_makes_no_set() -> None:
    assert gather(3, []) is None


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6), st.integers(1, 60))
def test_a_set_takes_what_is_there_and_no_more(counts: list[int], pieces: int) -> None:
    there = [replace(BLUE, article_id=at, count=count) for at, count in enumerate(counts)]
    found = gather(pieces, there)
    assert found is not None
    taken = sum(count for _member, count in found.members)
    assert taken == min(pieces, sum(counts))
    assert taken + found.missing == pieces
    assert all(count <= member.count for member, count in found.members)
