"""Mapping files: what is written is read back, and a wrong entry is refused by its name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange.articles import Mapping, Measure, PriceBasis
from moebelcirkel.exchange.mapping_file import ImportChoices, read_mapping_file, write_mapping_file

KEYS = ("office_task_chair", "dining_table")
LEAST = '[columns]\nkey = "Nr"\nname = "Navn"\n'


def read(text: str) -> ImportChoices:
    return read_mapping_file(text.encode(), "m.toml", KEYS)


def test_the_least_a_mapping_says() -> None:
    assert read(LEAST) == ImportChoices(Mapping("Nr", ("Navn",)), PriceBasis())


def test_written_form() -> None:
    choices = ImportChoices(
        Mapping(
            "Nr",
            ("Navn", "Tekst"),
            width=Measure("B (mm)", "mm"),
            fixed={"maker": 'HÅG "SoFi"'},
            words=(("Bord", "dining_table"), ("Ben", "")),
        ),
        PriceBasis("EUR", Decimal("7.46"), False, Decimal(0), dt.date(2026, 1, 2), "Liste"),
        {"Stole": "office_task_chair", "Ukendt": None},
        delimiter="\t",
    )
    text = write_mapping_file(choices)
    assert text == (
        '[file]\ndelimiter = "\\t"\n\n'
        '[columns]\nkey = "Nr"\nname = ["Navn", "Tekst"]\n'
        'width = { column = "B (mm)", unit = "mm" }\n\n'
        '[fixed]\nmaker = "HÅG \\"SoFi\\""\n\n'
        '[price]\ncurrency = "EUR"\nrate = "7.46"\nvat_included = false\nvat_percent = "0"\n'
        'date = 2026-01-02\nsource = "Liste"\n\n'
        '[categories]\n"Stole" = "office_task_chair"\n\n'
        '[words]\n"Bord" = "dining_table"\n"Ben" = ""\n'
    )
    back = read(text)
    assert back.mapping == choices.mapping
    assert back.basis == choices.basis
    assert back.categories == {"Stole": "office_task_chair"}
    assert write_mapping_file(back) == text


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=10)
keys = st.sampled_from([*KEYS, ""])
measures = st.none() | st.builds(Measure, words, st.sampled_from(["mm", "cm", "m"]))


@given(
    st.builds(
        ImportChoices,
        st.builds(
            Mapping,
            key=words,
            name=st.lists(words, min_size=1, max_size=3).map(tuple),
            colour=st.none() | words,
            width=measures,
            price=st.none() | words,
            fixed=st.dictionaries(st.sampled_from(["maker", "supplier"]), words),
            words=st.dictionaries(words, keys).map(lambda rules: tuple(rules.items())),
        ),
        st.builds(
            PriceBasis,
            currency=st.just("EUR"),
            rate=st.decimals(Decimal("0.001"), 100, places=3).filter(lambda rate: rate != 1),
            vat_percent=st.decimals(0, 100, places=1),
            price_date=st.none() | st.dates(),
            price_source=words,
        ),
        st.dictionaries(words, keys),
        decimal=st.sampled_from([None, ",", "."]),
    )
)
def test_what_is_written_is_read_back(choices: ImportChoices) -> None:
    assert read(write_mapping_file(choices)) == choices


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("columns = 5", "columns"),
        ("x = 1\n" + LEAST, "x"),
        ("", "columns.name"),
        ('[columns]\nkey = "Nr"\n', "columns.name"),
        (LEAST + "colour = 5\n", "columns.colour"),
        (LEAST + '"kulør" = "x"\n', "columns.kulør"),
        (LEAST + 'width = "B"\n', "columns.width"),
        (LEAST + 'width = { column = "B" }\n', "columns.width"),
        (LEAST + 'width = { column = "B", unit = "tommer" }\n', "tommer"),
        (LEAST + 'width = { column = "B", unit = "cm", x = 1 }\n', "columns.width.x"),
        (LEAST + '[fixed]\nprice = "5"\n', "price"),
        (LEAST + "[fixed]\nmaker = 5\n", "fixed.maker"),
        (LEAST + '[fixed]\ncategory = "x"\n', "fixed.category"),
        (LEAST + '[price]\nrate = "dyr"\n', "price.rate"),
        (LEAST + "[price]\nrate = true\n", "price.rate"),
        (LEAST + '[price]\nvat_included = "ja"\n', "price.vat_included"),
        (LEAST + "[price]\ndate = 2026-01-01T10:00:00\n", "price.date"),
        (LEAST + '[price]\ncurrency = "kroner"\n', "three capital letters"),
        (LEAST + '[categories]\nStole = "chairs"\n', "categories.Stole"),
        (LEAST + '[words]\nStol = "chairs"\n', "words.Stol"),
        (LEAST + "[file]\ndecimal = 5\n", "file.decimal"),
        (LEAST + "[file]\nsheet = 5\n", "file.sheet"),
        (LEAST + "[columns\n", "Line 4 of m.toml"),
        (LEAST + "x =", "m.toml"),
        ("a = " + "[" * 5000, "m.toml"),
    ],
)
def test_a_wrong_entry_is_refused_by_its_name(text: str, names: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text)
    assert names in str(refused.value)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Refused, match="UTF-8"):
        read_mapping_file(b"\xff\xfe\x00", "m.toml", KEYS)
    with pytest.raises(Refused, match="too large"):
        read_mapping_file(b"#" * 1_000_001, "m.toml", KEYS)
