"""The besparelsesrapport: whole, tidy, true, repeatable, and read back as printed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from moebelcirkel.documents.reports import words
from moebelcirkel.documents.reports.pages import savings_report
from moebelcirkel.documents.reports.savings import Assumption, Elsewhere, InHouse, Late, Sums
from moebelcirkel.language import month_long, set_language
from tests.documents import reading
from tests.documents.samples import SEAL, SETTLED, empty_report, figure_lines, report


def test_the_first_page_says_it_all() -> None:
    text = reading.texts(savings_report(report()))[0]
    for said in (
        "Møbelcirklen · Randers Kommune · Besparelsesrapport nr. 2026-014",
        "Opgjort 20. november 2026 kl. 10.42",
        "1. januar – 20. november 2026 · alle institutioner",
        "Undgået CO₂e (skøn)",
        "Sparet indkøb (skøn), før drift",
        "Levetidskorrigeret (skøn), før drift",
        "leveringer af 120 forskellige møbler",
        "Omsætning",
        "Ikke med i tallene.",
        "Ikke eksternt verificeret.",
        "november til og med den 20.",
        "Hvor sikre er tallene?",
        "Sådan er de regnet.",
        "Summer af lave og høje tal er yderpunkter",
        "Kilder: bilag A.",
        "Segl 7f3a 91c2 · 120 linjer · faktorsæt 2026.1",
        "Side 1 af",
    ):
        assert said in text


def test_the_lifetime_adjusted_amount_stands_beside_the_headline_in_the_same_size() -> None:
    sample = report()
    paper = savings_report(sample)
    totals = sample.totals
    saved, adjusted = (
        words.whole_kroner(each)[:-4] for each in (totals.cash_ore, totals.lifetime_ore)
    )
    assert saved != adjusted
    assert reading.size_of(paper, saved) == reading.size_of(paper, adjusted) > 15


def test_work_in_the_house_tells_its_day_where_the_period_is_over() -> None:
    under_way = report(in_house=InHouse(25_500, 3))
    told = "Udført arbejde på møbler, der endnu ikke er leveret: 255 kr. på 3 møbler"
    assert f"{told}." in reading.texts(savings_report(under_way))[0]
    over = replace(under_way, end=date(2026, 10, 31))
    assert f"{told} (pr. 20. november 2026)." in reading.texts(savings_report(over))[0]


def test_the_appendices_hold_sources_shares_and_every_line() -> None:
    sample = report()
    text = reading.whole_text(savings_report(sample))
    for said in (
        "Bilag A · Kilder",
        "FIRA 2011 as quoted by officeresale.co.uk",
        "72 (36–120)",
        "Specialbord til sløjd",
        "Bilag B",
        "27 %",
        "100 %",
        "Timesats, ansatte",
        "Bilag C · Linjer",
        " ".join(SEAL[at : at + 8] for at in range(0, 64, 8)),
    ):
        assert said in text
    assert all(text.count(line.number) == 1 for line in sample.lines)


@pytest.mark.parametrize("institutions", [1, 5, 8, 9, 10, 64, 200])
def test_pages_are_tidy_however_many_institutions(institutions: int) -> None:
    data = savings_report(report(figure_lines(400, institutions=institutions), lines=()))
    reading.assert_tidy(data)
    text = reading.whole_text(data)
    assert all(f"Institution {number + 1} " in text for number in range(institutions))
    first = reading.texts(data)[0]
    assert "Hvor sikre er tallene?" in first
    assert "Sådan er de regnet." in first


def test_institutions_without_room_are_summed_on_the_first_page() -> None:
    first, second, *_rest = reading.texts(
        savings_report(report(figure_lines(400, institutions=64)))
    )
    assert "Øvrige 6" in first
    assert "Pr. kategori" in second


def test_categories_name_their_factor_set_where_several_were_used() -> None:
    first, second = report().sources
    rows = (first, replace(first, factor_set="2027.1"), second)
    both = savings_report(report(sources=rows, factor_sets=("2026.1", "2027.1")))
    text = reading.whole_text(both)
    assert "Stabelstol (2026.1)" in text
    assert "(2027.1)" in text
    assert "Stabelstol (2026.1)" not in reading.whole_text(savings_report(report()))
    # A year the source's own words say is not said again.
    assert "(es.hag-global.com), 2011" not in text
    assert "R-48, 2018" in text


def test_an_institution_reads_its_own_report_by_category() -> None:
    sample = report(institution="Søndervangskolen", paid_ore=8_500_000, previous=Sums(cash_ore=1))
    data = savings_report(sample)
    text = reading.texts(data)[0]
    assert "Genbrugte møbler til Søndervangskolen" in text
    assert "Søndervangskolen betalte 85.000 kr." in text
    assert "Stabelstol" in text
    reading.assert_tidy(data)


def test_all_boxes_stay_on_the_first_page_also_of_an_unfinished_period() -> None:
    lines = tuple(
        replace(line, category=f"Kategori {number % 11}")
        for number, line in enumerate(figure_lines(60))
    )
    sample = report(
        lines, institution="Søndervangskolen", paid_ore=8_500_000, end=date(2026, 12, 31)
    )
    first = reading.texts(savings_report(sample))[0]
    for said in ("Betalt mindre end nyprisen.", "Perioden varer til og med", "Sådan er de regnet."):
        assert said in first


def test_a_draft_says_so_on_every_page() -> None:
    for page in reading.texts(savings_report(report(number=None, seal=None))):
        assert "Kladde, ikke registreret" in page
        assert "Segl 7f3a" not in page


def test_an_empty_period_is_a_friendly_report() -> None:
    data = savings_report(empty_report(institution="Søndervangskolen"))
    (text,) = reading.texts(data)
    for said in (
        "Ingen genbrugte møbler i perioden",
        "Det kan du gøre",
        "Vælg en længere periode",
        "Vælg alle institutioner i stedet for Søndervangskolen.",
    ):
        assert said in text
    assert "bilag" not in text
    reading.assert_tidy(data)


@pytest.mark.parametrize(
    "totals",
    [
        Sums(1, 335_000, -12_000, -30_000, -1_200, -2_000, 500, 1_000),
        Sums(0, 0, -500_000_000_000, -1, -9_999_999_999, -1, 1, 1),
        Sums(999_999, 10**13, 10**13, 10**13, 10**11, 10**10, 10**12, 10**12),
        Sums(-3, -99_00, 0, 0, 0, 0, 0, 0),
    ],
)
def test_odd_totals_are_tidy(totals: Sums) -> None:
    reading.assert_tidy(savings_report(report(totals=totals, previous=totals)))


def test_long_names_are_tidy() -> None:
    name = "Ungdomsuddannelsesinstitutionsfællesskabet ved " * 5
    lines = tuple(
        replace(line, institution=name + line.institution, article=name, category=name)
        for line in figure_lines(60)
    )
    reading.assert_tidy(savings_report(report(lines, municipality=name, factor_sets=(name,))))
    reading.assert_tidy(savings_report(report(lines, institution=name, paid_ore=1)))


def test_printing_again_gives_the_same_bytes_and_another_moment_other_ones() -> None:
    sample = report()
    assert savings_report(sample) == savings_report(sample)
    later = replace(sample, settled_at=SETTLED + timedelta(seconds=1))
    assert savings_report(sample) != savings_report(later)


def test_the_file_names_itself_its_language_and_its_moment() -> None:
    data = savings_report(report())
    said = reading.properties(data)
    assert said["Title"] == "Besparelsesrapport nr. 2026-014 · Randers Kommune"
    assert said["Author"] == "Randers Kommune"
    assert said["CreationDate"] == "D:20261120094200+00'00'"
    assert b"/Lang (da-DK)" in data


def test_it_is_complete_in_english_too() -> None:
    set_language("en")
    try:
        data = savings_report(report())
        assert "How certain are the figures?" in reading.texts(data)[0]
        assert b"/Lang (en-GB)" in data
        reading.assert_tidy(data)
    finally:
        set_language("da")


def test_texts_and_places_are_as_recorded() -> None:
    reading.compare_with_golden("savings_first_page", savings_report(report()))
    reading.compare_with_golden("savings_empty", savings_report(empty_report()))


def test_thousands_of_lines_are_all_there() -> None:
    sample = report(figure_lines(3_000))
    pages = reading.texts(savings_report(sample))
    text = " ".join(pages)
    assert all(text.count(line.number) == 1 for line in sample.lines)
    assert f"Side {len(pages)} af {len(pages)}" in pages[-1]


def test_a_municipality_without_a_name_leaves_no_gap() -> None:
    paper = reading.whole_text(savings_report(replace(report(), municipality="")))
    assert "· ·" not in paper


def test_the_table_of_months_stands_on_one_page_wherever_it_begins() -> None:
    names = [f"{month_long(month)} 2026" for month in range(1, 12)]
    begins = set()
    for said in range(0, 40, 4):
        told = tuple(Assumption(f"Mål {number}", "nået " * 30, "") for number in range(said))
        pages = reading.texts(savings_report(report(told=told)))
        (page,) = [text for text in pages if "Pr. måned" in text]
        assert [name for name in names if name not in page] == []
        begins.add(pages.index(page))
    assert len(begins) > 1


@pytest.mark.parametrize(("code", "heads"), [("da", "Linjer Møbler"), ("en", "Lines Pieces")])
def test_corrections_in_other_reports_have_whole_words_over_their_columns(
    code: str, heads: str
) -> None:
    days = date(2025, 9, 1), date(2025, 12, 31)
    found = Elsewhere("2025-001", *days, "2025-002", report().totals)
    set_language(code)
    try:
        text = reading.whole_text(savings_report(report(late=Late(elsewhere=(found,)))))
    finally:
        set_language("da")
    assert heads in text
