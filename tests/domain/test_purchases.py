"""A plan as people write it, and what new furniture costs beside its price."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.purchases import (
    MOST_LINES,
    MOST_PIECES,
    PlannedLine,
    levy_ore,
    per_year_ore,
    read_plan,
)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("12 kontorstole", PlannedLine("kontorstole", 12)),
        ("12 stk. kontorstole 3.350 kr.", PlannedLine("kontorstole", 12, 335_000)),
        ("kontorstole à 3350,50 kr", PlannedLine("kontorstole", 1, 335_050)),
        ("3 hæve-sænkeborde 4.950", PlannedLine("hæve-sænkeborde", 3, 495_000)),
        ("Kontorstol HÅG SoFi 7200", PlannedLine("Kontorstol HÅG SoFi 7200", 1)),
        ("Hæve-sænkebord 160x80", PlannedLine("Hæve-sænkebord 160x80", 1)),
        ("12\tkontorstole\t3.350", PlannedLine("kontorstole", 12, 335_000)),
        ("Kontorstol;4;2.100,00", PlannedLine("Kontorstol", 4, 210_000)),
        ("12 kontorstole\t3.350", PlannedLine("kontorstole", 12, 335_000)),
        ("reol", PlannedLine("reol", 1)),
        ("12 ens stole", PlannedLine("stole", 12)),
        ("12 stk. ens stole", PlannedLine("stole", 12)),
        ("- 4 reoler", PlannedLine("reoler", 4)),
        ("• 4 stk. reoler", PlannedLine("reoler", 4)),
        ("1) 5 stole", PlannedLine("stole", 5)),
        ("2. reol, eg", PlannedLine("reol, eg", 1)),
        ("12 stk stole á 3.350 kr.", PlannedLine("stole", 12, 335_000)),
        ("stole, 12 stk., 1.200,00", PlannedLine("stole", 12, 120_000)),
        ("Kontorstole: 12", PlannedLine("Kontorstole", 12)),
        ("Kontorstole (12 stk.)", PlannedLine("Kontorstole", 12)),
        ("Vi mangler 12 stole.", PlannedLine("stole", 12)),
        ("Bord 160 x 80", PlannedLine("Bord 160 x 80", 1)),
        ("12 reoler med 3 hylder og 2 låger", PlannedLine("reoler med 3 hylder og 2 låger", 12)),
        ("12 elevstole, str. 5", PlannedLine("elevstole, str. 5", 12)),
        ("Elevstole, størrelse: 5", PlannedLine("Elevstole, størrelse: 5", 1)),
        ("1 bord 160x80 (4.200 kr)", PlannedLine("bord 160x80", 1, 420_000)),
        ("12 stole (á 450,50 kr.)", PlannedLine("stole", 12, 45_050)),
        ("- fem reoler", PlannedLine("reoler", 5)),
        ("Vi skal bruge Tolv stole", PlannedLine("stole", 12)),
        ("Tolvmandsbord", PlannedLine("Tolvmandsbord", 1)),
        ("-12 stole", PlannedLine("stole", 12)),
        ("Til arkivet: 3 reoler", PlannedLine("Til arkivet: 3 reoler", 1)),
    ],
)
def test_a_line_is_understood(line: str, read: PlannedLine) -> None:
    assert read_plan(line) == (read,)


def test_a_mail_is_read_without_its_greeting_and_signature() -> None:
    mail = """Fra: Anne Holm
Emne: Nye lokaler

Kære Bo

Til 3.b skal vi inden jul bruge følgende:
Vi skal bruge 12 ens stole og 3 hæve-sænkeborde 160x80.
* 2 reoler

Med venlig hilsen
Anne Holm
Leder, 12 år i faget"""
    assert read_plan(mail) == (
        PlannedLine("stole", 12),
        PlannedLine("hæve-sænkeborde 160x80", 3),
        PlannedLine("reoler", 2),
    )


def test_the_headings_of_columns_are_no_line() -> None:
    pasted = "Vare\tAntal\tPris\nKontorstol\t4\t2.100,00"
    assert read_plan(pasted) == (PlannedLine("Kontorstol", 4, 210_000),)


def test_what_has_no_word_is_no_line() -> None:
    assert read_plan("\n  \n12\n3.350 kr.\n---\nAntal\tstol\n") == (PlannedLine("Antal", 1),)


def test_too_many_lines_are_refused_with_their_number() -> None:
    with pytest.raises(Refused) as refused:
        read_plan("stol\n" * 10_000)
    assert refused.value.values == {"count": 10_000, "most": MOST_LINES}


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_left_out(text: str) -> None:
    if len(text.splitlines()) <= MOST_LINES:
        for line in read_plan(text):
            assert 1 <= line.pieces <= MOST_PIECES
            assert line.words
            assert line.price_ore is None or line.price_ore >= 0


def test_the_levy_is_by_the_co2_of_a_new_piece() -> None:
    assert levy_ore(Decimal(160), 121_000) == 19_360
    assert levy_ore(None, 121_000) == 0


def test_the_cost_of_a_year() -> None:
    assert per_year_ore(335_000, Decimal(10)) == 33_500
    assert per_year_ore(335_000, Decimal(0)) is None


def test_a_long_row_of_figures_is_no_price() -> None:
    assert read_plan("9" * 20_000 + " stole") == ()
    for price in ("9" * 1_500 + " kr.", "9" * 5_000 + " kr."):
        (line,) = read_plan(f"12 stole {price}")
        assert (line.pieces, line.price_ore) == (12, None)
    assert read_plan("2 stole 1234.567 kr.")[0].price_ore is None
