"""The posting file: every byte of it as the profile says, whatever stands in it."""

import csv
import dataclasses
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.documents.settlement.posting_file import FilePosting, posting_file
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.parameters import PARAMETERS, Value
from moebelcirkel.domain.settlement import KEYS, Profile, profile_of

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
USUAL = {
    **{key: PARAMETERS[key].default for key in KEYS},
    "settlement_account_pays": "22901010",
    "settlement_account_gets": "97001010",
    "settlement_bearer_gets": "XG-4300001221-00140",
}


def profile(**other: Value) -> Profile:
    return profile_of({**USUAL, **{f"settlement_{name}": each for name, each in other.items()}})


def posting(side: str = "D", **other: object) -> FilePosting:
    usual = FilePosting(
        batch="A-2026-011",
        voucher=1,
        line=1,
        voucher_on=dt.date(2026, 12, 2),
        posting_on=dt.date(2026, 11, 30),
        period=11,
        fiscal_year=2026,
        account="22901010",
        bearer="4300",
        ean="5799999000010",
        counterpart="Møbelcirklen",
        side=side,
        amount_ore=134_050,
        vat="Uden moms (intern)",
        text="Møbelcirklen B-00041 Søndervangskolen",
        order="B-00041",
        institution="Søndervangskolen",
        approved_by="Marianne Fjord",
        reference="A-2026-011-1",
    )
    return dataclasses.replace(usual, **other)  # type: ignore[arg-type]


PAIR = [
    posting(),
    posting(
        "K",
        line=2,
        account="97001010",
        bearer="XG-4300001221-00140",
        ean="",
        counterpart="Søndervangskolen",
    ),
]


def test_the_usual_file_is_the_golden_one() -> None:
    assert posting_file(profile(), PAIR) == (GOLDEN / "postings.csv").read_bytes()


def test_another_systems_file_is_the_golden_one() -> None:
    other = profile(
        columns='Konto=Artskonto;Beløb=BeløbMedFortegn;Dato=Bogføringsdato;Art="Z1";Tekst',
        heading=False,
        windows=True,
        compact_dates=True,
        point=True,
    )
    assert posting_file(other, PAIR) == (GOLDEN / "postings-other.csv").read_bytes()


def test_what_looks_like_a_formula_is_guarded_in_texts_and_never_in_numbers() -> None:
    dangerous = posting("K", institution="=SUM(A1)", order="@B", text="-x")
    (line,) = (
        posting_file(
            profile(columns="Institution;Ordrenr;Tekst;BeløbMedFortegn", heading=False), [dangerous]
        )
        .decode("utf-8-sig")
        .splitlines()
    )
    assert line == '"\'=SUM(A1)";"\'@B";"\'-x";-1340,50'


def test_a_sign_that_windows_cannot_write_is_named() -> None:
    with pytest.raises(Refused) as refused:
        posting_file(profile(windows=True), [posting(institution="Skolen ved Łódź")])
    assert refused.value.values["sign"] == "Ł"


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ("Beløb;Farve", "There is no column “Farve”"),
        ("Artskonto;Tekst", "needs a column of the amount"),
    ],
)
def test_columns_that_make_no_file_are_refused(columns: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        profile(columns=columns)


@given(
    st.lists(
        st.builds(
            posting,
            side=st.sampled_from("DK"),
            amount_ore=st.integers(1, 10**12),
            institution=st.text(max_size=60).map(lambda text: " ".join(text.split())),
        ),
        max_size=8,
    )
)
def test_whatever_stands_in_it_a_reader_finds_again(postings: list[FilePosting]) -> None:
    text = posting_file(profile(), postings).decode("utf-8-sig")
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(rows) == len(postings)
    for row, each in zip(rows, postings, strict=True):
        assert int(row["Beløb"].replace(",", "")) == each.amount_ore
        assert row["DebetKredit"] == each.side
        assert row["Institution"].removeprefix("'") == each.institution.removeprefix("'")
