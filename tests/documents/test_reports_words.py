"""Every sentence of the report is true of its figures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.certainty import certainty
from moebelcirkel.documents.reports.charts import co2_chart, money_chart
from moebelcirkel.documents.reports.savings import (
    Correction,
    Month,
    SavingsReport,
    Sensitivity,
    Sums,
)
from moebelcirkel.domain.figures import Coverage, LineKind
from moebelcirkel.language import co2_span
from tests.documents.samples import empty_report, report


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        (
            Sums(1912, 0, 96_000_000, 0, 28_400_000),
            "Genbrugte møbler sparede indkøb for ca. 960.000 kr. og undgik ca. 28 ton CO₂e (skøn)",
        ),
        (
            Sums(1, 0, 100_000, 0, 24_796),
            "Ét genbrugt møbel sparede indkøb for ca. 1.000 kr. og undgik ca. 25 kg CO₂e (skøn)",
        ),
        (
            Sums(2, 0, -12_000, 0, 24_796),
            (
                "Genbrugte møbler kostede ca. 120 kr. mere end de indkøb, der blev sparet, og"
                " undgik ca. 25 kg CO₂e (skøn)"
            ),
        ),
        (
            Sums(2, 0, 12_000, 0, -24_796),
            (
                "Genbrugte møbler sparede indkøb for ca. 120 kr. og udledte ca. 25 kg mere CO₂e,"
                " end der blev undgået (skøn)"
            ),
        ),
        (
            Sums(2, 0, 49, 0, 49),
            (
                "Genbrugte møbler kostede lige så meget som de indkøb, der blev sparet, og undgik"
                " ingen CO₂e (skøn)"
            ),
        ),
        (
            Sums(0, 0, -12_000, 0, -1_000),
            "Rettelser ændrer sparet indkøb med \u2212120 kr. og undgået CO₂e med \u22121 kg",
        ),
    ],
)
def test_the_headline_is_true_of_gain_loss_nothing_and_one(totals: Sums, said: str) -> None:
    assert _plain(words.headline(report(totals=totals))) == said


def test_the_headline_leaves_out_what_is_not_known() -> None:
    nothing_known = Coverage(3, 0, 3, 0, 100, 0)
    lost = report(totals=Sums(3, 100, -12_000, 0, 0), coverage=nothing_known)
    assert _plain(words.headline(lost)).endswith("mere end de indkøb, der blev sparet (skøn)")
    assert words.headline(empty_report()) == "Ingen genbrugte møbler i perioden"


def _series(cash: list[int], mass: list[int] | None = None, start: int = 2026) -> SavingsReport:
    mass = mass or [0] * len(cash)
    months = tuple(
        Month(start + n // 12, n % 12 + 1, Sums(cash_ore=value, net_g=mass[n]))
        for n, value in enumerate(cash)
    )
    last = date(start + (len(cash) - 1) // 12, (len(cash) - 1) % 12 + 1, 28)
    return report(months=months, start=date(start, 1, 1), end=last)


@pytest.mark.parametrize(
    ("cash", "title"),
    [
        ([1, 2, 3], "Sparet indkøb er højest i marts"),
        ([-3, -2, 0], "Sparet indkøb er under 0 i januar og februar"),
        ([0, -3, 0, 0], "Sparet indkøb er under 0 i februar"),
        ([-1, -3, 0, -2], "Sparet indkøb er aldrig over 0"),
        ([5, 2, 5], "Sparet indkøb er højest i januar og marts"),
        ([5, 5, 5, 1], "Sparet indkøb topper 3 gange"),
        ([4, 4, 4], "Sparet indkøb er lige højt hele vejen"),
        ([-4, -4], "Sparet indkøb er under 0 hele vejen"),
        ([-4, -1], "Sparet indkøb er under 0 hele vejen"),
        ([0, 0], "Sparet indkøb er 0 i hele perioden"),
        ([7], "Sparet indkøb i januar"),
        ([0], "Sparet indkøb i januar"),
        ([], "Sparet indkøb er 0 i hele perioden"),
    ],
)
def test_the_title_of_the_money_chart_is_true(cash: list[int], title: str) -> None:
    assert money_chart(_series(cash)).title == title


def test_two_years_name_the_year_and_long_periods_go_by_quarter_or_year() -> None:
    assert money_chart(_series([1] * 13 + [2])).title.endswith("februar 2027")
    quarters = money_chart(_series([1] * 20 + [9] + [1] * 9))
    assert quarters.title == "Sparet indkøb er højest i 3. kvartal 2027"
    assert quarters.bars[0].label == "1. kv. 26"
    assert sum(int(bar.value) for bar in quarters.bars) == 38
    years = money_chart(_series([1] * 48 + [9] * 12))
    assert [bar.label for bar in years.bars] == ["2026", "2027", "2028", "2029", "2030"]
    assert years.title == "Sparet indkøb er højest i 2030"


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=3, max_size=12))
def test_co2_follows_only_when_it_does(pairs: list[tuple[int, int]]) -> None:
    cash = [a for a, _b in pairs]
    mass = [b for _a, b in pairs]
    title = co2_chart(_series(cash, mass)).title
    same_way = all(
        (cash[n + 1] > cash[n]) == (mass[n + 1] > mass[n])
        and (cash[n + 1] < cash[n]) == (mass[n + 1] < mass[n])
        for n in range(len(cash) - 1)
    )
    assert (title == "Undgået CO₂e følger med") == (same_way and len(set(cash)) > 1)
    if "højest" in title:
        assert max(mass) >= 0


def test_the_subtitle_tells_of_unfinished_months() -> None:
    sample = report(start=date(2026, 3, 5), end=date(2026, 4, 30))
    assert money_chart(sample).subtitle.endswith("marts fra den 5.")
    both = report(start=date(2023, 11, 19), end=date(2026, 11, 20))
    assert money_chart(both).subtitle.endswith(", 19.11.2023–20.11.2026")
    one = report(start=date(2026, 11, 19), end=date(2026, 11, 19))
    assert money_chart(one).subtitle.endswith(", kun 19. november 2026")
    whole = report(start=date(2026, 3, 1), end=date(2026, 4, 30))
    assert money_chart(whole).subtitle.endswith("pr. måned")


def test_certainty_counts_and_never_rounds_up_to_all() -> None:
    sample = report(coverage=Coverage(1912, 1850, 12, 1357, 1_000_000, 999_999, 1452))
    text = _plain(certainty(sample))
    assert "1.452 af 1.912 linjer bruger en faktor, der er læst i en kilde." in text
    assert "99 % af nyprisen er dokumenteret, 1 % er skøn." in text
    assert "71 % har svaret" in text
    assert "12 linjer mangler en faktor" in text


def test_certainty_compares_the_lowest_with_the_highest_share() -> None:
    rows = (
        Sensitivity(Decimal("1"), 204_400_000, 0, 54_100_000),
        Sensitivity(Decimal("0.27"), 28_500_000, 0, 12_400_000),
    )
    text = _plain(certainty(report(sensitivity=rows)))
    assert (
        "Erstatter genbrug nykøb i kun 27 % af tilfældene, er sparet indkøb 285.000 kr. og undgået"
        " CO₂e 12,4 ton; erstatter det altid nykøb, er de 2.044.000 kr. og 54,1 ton." in text
    )
    rows = (Sensitivity(Decimal("0.5"), 1, 0, 1), Sensitivity(Decimal("0.7"), 2, 0, 2))
    assert "ved 70 %" in _plain(certainty(report(sensitivity=rows)))


def test_corrections_alone_have_no_coverage_to_boast_of() -> None:
    one = (Correction(LineKind.ADJUSTMENT, 1, -12_345),)
    text = certainty(report(coverage=Coverage(0, 0, 0, 0, 0, 0), corrections=one))
    assert "læst i en kilde" not in text
    assert "1 rettelse er regnet med: 1 returnering \u2212123 kr. Summer" in _plain(text)


def test_growth_is_per_cent_of_something() -> None:
    assert _plain(words.growth(131, 100, str)) == "+31 % i forhold til året før"
    assert _plain(words.growth(69, 100, str)) == "\u221231 % i forhold til året før"
    assert _plain(words.growth(10_040, 10_000, str)) == "uændret i forhold til året før"
    assert words.growth(69, 0, str) == "året før: 0"
    assert words.growth(69, -5, str) == "året før: -5"


def test_a_range_says_a_shared_unit_once() -> None:
    assert _plain(co2_span(20_900_000, 38_600_000)) == "20,9–38,6 ton"
    assert _plain(co2_span(900_000, 1_200_000)) == "0,9–1,2 ton"
    assert _plain(co2_span(38_000, 70_000_000)) == "0,04–70,0 ton"
    assert _plain(co2_span(8_400, 28_000)) == "8,4–28 kg"


def test_a_range_begins_with_the_smaller_and_is_none_where_both_are_the_same() -> None:
    assert _plain(co2_span(-31_000, -48_000)) == "\u221248 til \u221231 kg"
    assert _plain(co2_span(-7_200, -7_200)) == "\u22127,2 kg"
    assert _plain(co2_span(-2_100_000, 14_300_000)) == "\u22122,1 til 14,3 ton"


def _shares(*results: tuple[int, int]) -> tuple[Sensitivity, ...]:
    found = zip((Decimal("0.27"), Decimal(1)), results, strict=True)
    return tuple(Sensitivity(share, cash, 0, mass) for share, (cash, mass) in found)


BETWEEN = "Resultatet ligger ikke selv mellem de to"
TAKEN_BACK = "der er taget mere tilbage i perioden, end der er leveret"
RETURNS = (Correction(LineKind.ADJUSTMENT, 40, -3_000_000),)


@pytest.mark.parametrize(
    ("cash", "mass", "shares", "corrections", "told", "silent"),
    [
        (500, 50, ((270, 27), (1_000, 100)), (), [], [BETWEEN, TAKEN_BACK]),
        (500, 50, ((270, 27), (1_000, 100)), RETURNS, [], [BETWEEN, TAKEN_BACK]),
        (
            -900,
            50,
            ((270, 27), (1_000, 100)),
            RETURNS,
            [f"{BETWEEN}: ", "returnering"],
            [TAKEN_BACK],
        ),
        (500, 120, ((270, 27), (1_000, 100)), RETURNS, [BETWEEN], [TAKEN_BACK]),
        (100, 10, ((270, 27), (1_000, 100)), (), [BETWEEN, "hvor det var nej"], [TAKEN_BACK]),
        (-500, -50, ((-270, -27), (-1_000, -100)), RETURNS, [TAKEN_BACK], [BETWEEN]),
        (-9_000, -50, ((-270, -27), (-1_000, -100)), RETURNS, [TAKEN_BACK, BETWEEN], []),
    ],
)
def test_results_at_other_shares_are_explained_where_they_are_odd_beside_the_headline(
    cash: int,
    mass: int,
    shares: tuple[tuple[int, int], ...],
    corrections: tuple[Correction, ...],
    told: list[str],
    silent: list[str],
) -> None:
    text = certainty(
        report(
            totals=Sums(3, 0, cash * 100, 0, mass * 1_000),
            sensitivity=_shares(*((money * 100, grams * 1_000) for money, grams in shares)),
            corrections=corrections,
        )
    )
    assert all(each in text for each in told)
    assert not any(each in text for each in silent)


def test_periods_read_as_people_say_them() -> None:
    assert words.period(date(2026, 1, 1), date(2026, 11, 20)) == "1. januar – 20. november 2026"
    assert words.period(date(2025, 12, 1), date(2026, 1, 2)) == "1. december 2025 – 2. januar 2026"
    assert words.period(date(2026, 1, 1), date(2026, 1, 1)) == "1. januar 2026"


def test_a_month_without_anything_is_0_and_a_little_is_not_written_as_nothing() -> None:
    bars = co2_chart(_series([1, 1, 1], [0, 40_000, 1_200_000])).bars
    assert [bar.text for bar in bars] == ["0", "0,04", "1,2"]
