"""The real price list: every one of its 3,694 lines is taken in or refused with its reason."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

from moebelcirkel.exchange.articles import (
    ArticleRecord,
    LineError,
    Measure,
    PriceBasis,
    article_records,
    suggest_mapping,
)
from moebelcirkel.exchange.mapping_file import ImportChoices, read_mapping_file
from moebelcirkel.exchange.tabular import Table, read_table
from tests import reference

DATA = Path(__file__).parents[1] / "data"
TODAY = dt.date(2026, 11, 20)
DOUBLE = "Number {key} is already on line {line}, which counts because it comes first."
LEFT_OUT = "Left out by the choice of categories"
TOO_LONG = "The measure “{text}” would be more than {most} m."


@cache
def table() -> Table:
    return read_table((DATA / "ikea_sa_2020.csv").read_bytes(), "ikea_sa_2020.csv")


@cache
def category_keys() -> frozenset[str]:
    return frozenset(category.key for category in reference.categories())


@cache
def choices() -> ImportChoices:
    data = (DATA / "ikea_mapping.toml").read_bytes()
    return read_mapping_file(data, "ikea_mapping.toml", category_keys())


@cache
def outcome() -> tuple[list[ArticleRecord], list[LineError]]:
    chosen = choices()
    return article_records(table(), chosen.mapping, chosen.basis, chosen.categories, today=TODAY)


def reasons(errors: list[LineError]) -> dict[str, int]:
    known = (DOUBLE, LEFT_OUT, TOO_LONG)
    split = Counter(next(r for r in known if error.message.startswith(r)) for error in errors)
    print(dict(split))
    return dict(split)


def test_how_the_file_is_written_is_found() -> None:
    found = table()
    assert (found.encoding, found.delimiter, found.decimal) == ("utf-8-sig", ";", ",")
    assert (found.header_line, len(found.columns)) == (1, 14)
    assert len(found.rows) == 3694
    assert [row.line for row in found.rows] == list(range(2, 3696))
    assert len(found.distinct("item_id")) == 2962
    assert len(found.distinct("category")) == 17


def test_every_line_is_taken_in_or_refused_with_its_reason() -> None:
    records, errors = outcome()
    lines = [record.line for record in records] + [error.line for error in errors]
    assert sorted(lines) == list(range(2, 3696))
    assert len({record.key for record in records}) == len(records) == 2295
    assert reasons(errors) == {LEFT_OUT: 871, DOUBLE: 528}
    assert {error.values["columns"] for error in errors if "columns" in error.values} == {
        "category"
    }
    refused = {table().rows[error.line - 2].cells[1] for error in errors}
    assert len({record.key for record in records} | refused) == 2962


def test_without_leaving_parts_out_only_doubles_and_one_slip_are_refused() -> None:
    mapping = suggest_mapping(table())
    everything = dict.fromkeys(table().distinct("category"), "furniture_average")
    basis = PriceBasis("SAR", Decimal("1.82"), True, Decimal(5), dt.date(2020, 4, 20), "IKEA")
    records, errors = article_records(table(), mapping, basis, everything, today=TODAY)
    assert len(records) == 2961
    # HILVER is a leg of 70 cm, written as 700.
    assert reasons(errors) == {DOUBLE: 732, TOO_LONG: 1}


def test_the_columns_are_suggested() -> None:
    suggested, chosen = suggest_mapping(table()), choices().mapping
    # A column serves once: what is part of the name is not proposed as the model too.
    assert set(chosen.columns()) - set(suggested.columns()) == {("model", "name")}
    assert set(suggested.columns()) <= set(chosen.columns())
    assert suggested.width == Measure("width", "cm")


def test_one_line_in_full() -> None:
    assert outcome()[0][0] == ArticleRecord(
        line=2,
        key="90420332",
        name="FREKVENS · Bar table, in/outdoor, 51x51 cm",
        maker="IKEA",
        model="FREKVENS",
        category_key="dining_table",
        width_mm=510,
        depth_mm=None,
        height_min_mm=990,
        height_max_mm=990,
        weight_g=None,
        colour="",
        materials="",
        ecolabel="",
        size_mark="",
        supplier="IKEA",
        new_price_ore=45_933,  # 265 SAR x 1.82 / 1.05
        new_price_on=dt.date(2020, 4, 20),
        new_price_source="IKEA Saudi-Arabien, prisliste april 2020",
        link="https://www.ikea.com/sa/en/p/frekvens-bar-table-in-outdoor-black-90420332/",
    )


def test_the_mapping_says_what_it_uses() -> None:
    """Every word of the mapping is met in the file, and every category is a real one."""
    parts = {error.values.get("text") for error in outcome()[1]}
    words = choices().mapping.words
    assert {word for word, key in words if not key} <= parts
    taken = {record.category_key for record in outcome()[0]}
    assert {key for _, key in words if key} | {"trolley"} <= taken | {"furniture_average"}
    assert taken <= category_keys()
