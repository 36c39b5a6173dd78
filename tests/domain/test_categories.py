"""The reference categories and guessing one from a name."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from moebelcirkel.domain.categories import ReferenceCategory, guess_category
from moebelcirkel.domain.factors import SPARE_PART, WITHOUT_FACTOR
from tests import reference

REFERENCE = Path(__file__).parents[2] / "db" / "reference"


@pytest.fixture(scope="module")
def categories() -> list[ReferenceCategory]:
    return reference.categories()


def test_every_factor_has_its_category_in_one_group(categories: list[ReferenceCategory]) -> None:
    with (REFERENCE / "factors-2026.1.csv").open(encoding="utf-8", newline="") as file:
        factors = {row["category_key"]: row for row in csv.DictReader(file)}
    assert len(factors) == 57
    assert {category.key for category in categories} == {*factors, WITHOUT_FACTOR, SPARE_PART}
    for category in categories:
        if category.key not in factors:
            continue
        assert category.name_da == factors[category.key]["name_da"]
        assert category.name_en == factors[category.key]["name_en"]
    assert len({category.sort for category in categories}) == 59
    groups = {(one.group_key, one.group_da, one.group_en) for one in categories}
    assert len({key for key, _, _ in groups}) == len(groups)


def test_no_keyword_points_two_ways(categories: list[ReferenceCategory]) -> None:
    counts = Counter(word for category in categories for word in category.keywords)
    assert [word for word, count in counts.items() if count > 1] == []
    for category in categories:
        for text in (*category.keywords, category.name_da, category.name_en):
            if category.key not in ("furniture_average", SPARE_PART):  # parts point to none
                assert guess_category(text, categories) == category.key, text


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("HÅG SoFi kontorstol", "office_task_chair"),
        ("Office chair with armrests", "office_task_chair"),
        ("Bar stool with backrest", "bar_stool"),
        ("Bar table and 2 bar stools", "dining_table"),
        ("Hæve-sænkebord 160×80", "desk_sit_stand"),
        ("Sofa 2-pers. uld", "sofa_2_seat"),
        ("Læderlænestol", "armchair"),
        ("Sofabord eg", "coffee_table"),
        ("Skrivebordsstol", "office_task_chair"),
        ("Bogreol eg 80×190", "bookcase_wood"),
        ("Mødebord rundt Ø120", "meeting_table_small"),
        ("Stabelstol bøg", "stacking_chair"),
        ("Arkivskab stål 4 skuffer", "filing_cabinet_steel"),
        ("Elevstol str. 5", "school_chair"),
        ("Puslebord hæve-sænke", "changing_table_electric"),
        ("Children's table", "child_table"),
        ("Chair cover", None),
        ("Cover for 3-seat sofa", None),
        ("HÅG SoFi 7200, sort", None),
        ("", None),
    ],
)
def test_guess(name: str, key: str | None, categories: list[ReferenceCategory]) -> None:
    assert guess_category(name, categories) == key


def test_the_factors_say_in_danish_where_they_are_from() -> None:
    with (REFERENCE / "factors-2026.1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = ("lifecycle_stages", "source", "source_detail", "price_source")
    english = re.compile(r"\b(low|mid|high|mixed|scaled|gate|grave|assumed|stated|pcs|DKK|wood)\b")
    found = [row[name] for row in rows for name in said if english.search(row[name])]
    assert found == []
