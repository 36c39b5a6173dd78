"""Formats as Danish has them, checked against Babel; what people type; refusals in words."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from babel import dates, numbers
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel import language, paths
from moebelcirkel.catalogue import Catalogue
from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.language import refusal, set_language
from tests.catalogues import work

LOCALES = {"da": "da_DK", "en": "en_GB"}
DAY = dt.date(2026, 11, 20)
MORNING = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn, as Babel calls it."""
    set_language(str(request.param))
    yield LOCALES[str(request.param)]
    set_language("da")


def plain(text: str) -> str:
    """With ordinary spaces, to be readable in expectations."""
    return text.replace(language.NBSP, " ")


# --- as Babel writes ---------------------------------------------------------------------------


@pytest.mark.parametrize("ore", [0, 5, 145_000, -123_456, 123_456_789])
def test_exact_kroner_are_as_babel_writes_them(locale: str, ore: int) -> None:
    expected = numbers.format_currency(Decimal(ore) / 100, "DKK", locale=locale)
    spaced = expected.replace("DKK", f"DKK{language.NBSP}")  # as CLDR asks; Babel leaves it out
    assert language.kroner(ore, exact=True) == spaced.replace("-", "\u2212")


@given(value=st.decimals(-(10**9), 10**9, places=3))
def test_decimals_are_as_babel_writes_them(value: Decimal) -> None:
    for code, locale in LOCALES.items():
        set_language(code)
        expected = numbers.format_decimal(value, "#,##0.00", locale=locale)
        sign = "\u2212" if expected.strip("-0.,") else ""
        assert language.decimal(value, 2) == expected.replace("-", sign)
    set_language("da")


@pytest.mark.parametrize("month", range(1, 13))
def test_names_of_days_and_months_are_babels(locale: str, month: int) -> None:
    day = dt.date(2026, month, 9)
    assert language.long_day(day) == dates.format_date(day, "long", locale=locale)
    assert language.month_long(month) == dates.get_month_names("wide", locale=locale)[month]


def test_shares_are_as_babel_writes_them(locale: str) -> None:
    expected = numbers.format_percent(Decimal("0.35"), locale=locale)
    assert language.percent(Decimal("0.35")) == expected


# --- Danish ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ore", "expected"),
    [
        (145_000, "1.450 kr."),
        (145_050, "1.450,50 kr."),
        (-123_456, "\u22121.234,56 kr."),
        (0, "0 kr."),
    ],
)
def test_kroner(ore: int, expected: str) -> None:
    assert plain(language.kroner(ore)) == expected
    assert f"{language.NBSP}kr." in language.kroner(ore)


@pytest.mark.parametrize(
    ("ore", "expected"),
    [
        (413_000_000, "4,1 mio. kr."),
        (1_449_999_99, "1,4 mio. kr."),
        (99_600_000, "1,0 mio. kr."),
        (1_452_384_900, "15 mio. kr."),
        (14_523_849_000, "150 mio. kr."),
        (96_000_049, "960.000 kr."),
        (1_234_500, "12.000 kr."),
        (95_050, "950 kr."),
        (740, "7 kr."),
        (-100_000_000, "\u22121,0 mio. kr."),
        (-40, "0 kr."),
        (0, "0 kr."),
    ],
)
def test_kroner_in_titles_have_two_figures(ore: int, expected: str) -> None:
    assert plain(language.kroner_about(ore)) == expected


@pytest.mark.parametrize(
    ("grams", "expected"),
    [
        (15_234_000, "15 ton"),
        (1_549_000, "1,5 ton"),
        (996_000, "1,0 ton"),
        (152_340_000, "150 ton"),
        (964_000, "960 kg"),
        (24_796, "25 kg"),
        (2_449, "2,4 kg"),
        (2_000, "2 kg"),
        (60, "0,1 kg"),
        (0, "0 kg"),
        (-12_345_678, "\u221212 ton"),
    ],
)
def test_masses_in_titles_have_two_figures(grams: int, expected: str) -> None:
    assert plain(language.co2_about(grams)) == expected


@pytest.mark.parametrize(
    ("grams", "expected"),
    [
        (0, "0 kg"),
        (500, "0,5 kg"),
        (3_000, "3 kg"),
        (9_960, "10 kg"),
        (28_400, "28 kg"),
        (-28_400, "\u221228 kg"),
        (999_400, "999 kg"),
        (999_600, "1,0 ton"),
        (28_400_000, "28,4 ton"),
    ],
)
def test_mass(grams: int, expected: str) -> None:
    assert plain(language.co2(grams)) == expected


@pytest.mark.parametrize(
    ("grams", "expected"),
    [
        ((500, 3_000), ["0,5 kg", "3,0 kg"]),
        ((9_300, 28_400), ["9 kg", "28 kg"]),
        ((300, 28_400, 0), ["0,3 kg", "28,4 kg", "0,0 kg"]),
        ((585_000, 1_600_000, -90_000), ["0,6 ton", "1,6 ton", "\u22120,1 ton"]),
        ((12_000, 14_900_000), ["0,01 ton", "14,90 ton"]),
        ((999_460, 0), ["999 kg", "0 kg"]),
    ],
)
def test_masses_below_each_other_have_one_unit_and_as_many_decimals(
    grams: tuple[int, ...], expected: list[str]
) -> None:
    shown = language.co2_alike(grams)
    assert [plain(shown(each)) for each in grams] == expected


def test_numbers_and_shares() -> None:
    assert language.number(1_234_567) == "1.234.567"
    assert language.decimal(Decimal("1234.50")) == "1.234,50"
    assert plain(language.percent(0.35)) == "35 %"


def test_days_and_moments() -> None:
    assert language.day(DAY) == "20.11.2026"
    assert language.medium_day(DAY) == "20. nov. 2026"
    assert language.medium_day(dt.date(2026, 5, 1)) == "1. maj 2026"
    assert language.long_day(DAY) == "20. november 2026"
    assert language.moment(MORNING) == "20.11.2026 09.05"
    assert language.moment(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)) == "02.07.2026 00.30"
    assert language.time_of_day(MORNING) == "09.05"
    assert language.month_short(10) == "okt"


def test_a_moment_without_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        language.moment(dt.datetime(2026, 11, 20, 9, 5))  # noqa: DTZ001


def test_english_has_its_own_forms() -> None:
    set_language("en")
    assert plain(language.kroner(145_000)) == "DKK 1,450"
    assert plain(language.kroner_about(413_000_000)) == "DKK 4.1 million"
    assert plain(language.co2(28_400_000)) == "28.4 t"
    assert language.percent(0.35) == "35%"
    assert language.day(DAY) == "20/11/2026"
    assert language.long_day(DAY) == "20 November 2026"
    assert language.moment(MORNING) == "20/11/2026 09:05"


# --- what people type --------------------------------------------------------------------------


@given(ore=st.integers(-(10**12), 10**12))
def test_kroner_are_read_back_as_written(ore: int) -> None:
    for code in LOCALES:
        set_language(code)
        assert language.parse_kroner(language.kroner(ore)) == ore
        assert language.parse_kroner(language.kroner(ore, exact=True)) == ore
    set_language("da")


@pytest.mark.parametrize(
    ("text", "ore"),
    [
        ("1450", 145_000),
        ("1.450", 145_000),
        ("1450,5", 145_050),
        (" 1 450,50 kr. ", 145_050),
        ("kr. 1.450,-", 145_000),
        ("KR 12", 1_200),
        ("-5", -500),
        ("\u22125", -500),
        (",50", 50),
    ],
)
def test_amounts_as_typed(text: str, ore: int) -> None:
    assert language.parse_kroner(text) == ore


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1234.56", "Skriv ”1234,56” med ”,”"),
        ("1.23", "Skriv ”1,23”"),
        ("abc", "”abc” er ikke et beløb"),
        ("12,", "”12,” er ikke et beløb"),
        ("-", "er ikke et beløb"),
        ("1.45.000", "er ikke et beløb"),
        ("1,234", "højst to decimaler"),
        ("1,450", "”1,450” kan læses på to måder. Skriv ”1450” eller ”1,45”."),
        ("1,000 kr.", "Skriv ”1000” eller ”1”."),
        ("0.500", "Skriv ”0,500” med ”,”"),
        ("  ", "Skriv et beløb, for eksempel 1.450,50."),
        ("kr.", "Skriv et beløb"),
    ],
)
def test_amounts_that_are_none(text: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        language.parse_kroner(text)
    assert words in refusal(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0.500", "Skriv ”0,500” med ”,”"),
        ("0.625", "Skriv ”0,625” med ”,”"),
        ("12.50", "Skriv ”12,50” med ”,”"),
        ("1.250", "”1.250” kan læses på to måder. Skriv ”1250” eller ”1,25”."),
        ("-7.460", "Skriv ”-7460” eller ”-7,46”."),
    ],
)
def test_numbers_with_the_other_decimal_sign_are_asked_about(text: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        language.parse_decimal(text)
    assert words in refusal(caught.value)


def test_numbers_that_can_be_read_in_one_way_only() -> None:
    for text, figure in (("1.250,5", "1250.5"), ("1.250.000", "1250000"), ("1,250", "1.250")):
        assert language.parse_decimal(text) == Decimal(figure)
    assert language.parse_decimal("1.250", grouped=True) == 1250


@given(text=st.text(max_size=12) | st.text(alphabet="0123456789.,-/ kr", max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (language.parse_kroner, language.parse_decimal, language.parse_day):
        with contextlib.suppress(Refused):
            assert parse(text) is not None


def test_english_reads_the_point_as_decimal() -> None:
    set_language("en")
    assert language.parse_decimal("1,234.5") == Decimal("1234.5")
    for typed in ("12,5", "1,250", "0,500"):
        with pytest.raises(Refused):
            language.parse_decimal(typed)
    with pytest.raises(Refused, match="two ways"):
        language.parse_kroner("1.450")


@pytest.mark.parametrize(
    "text",
    [
        "20.11.2026",
        "20-11-2026",
        "20/11/2026",
        "20.11.26",
        "201126",
        "20112026",
        "2026-11-20",
        " 20. november 2026 ",
        "20. nov. 2026",
        "20 November 2026",
    ],
)
def test_days_as_typed(text: str) -> None:
    assert language.parse_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31.2.2026", "Datoen 31.2.2026 findes ikke"),
        ("i går", "”i går” er ikke en dato"),
        ("", "Skriv en dato, for eksempel 20.11.2026."),
    ],
)
def test_days_that_are_none(text: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        language.parse_day(text)
    assert words in refusal(caught.value)


@given(day=st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_days_are_read_back_as_written(day: dt.date) -> None:
    for code in LOCALES:
        set_language(code)
        written = [language.day(day), language.long_day(day), language.medium_day(day)]
        assert [language.parse_day(text) for text in written] == [day] * 3
    set_language("da")


# --- texts -------------------------------------------------------------------------------------


def test_an_unknown_language_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="xx"):
        set_language("xx")


def test_values_in_a_refusal_are_written_in_the_language() -> None:
    error = Refused(
        "{day} {moment} {share} {count}", day=DAY, moment=MORNING, share=Decimal("1.5"), count=2026
    )
    assert refusal(error) == "20.11.2026 20.11.2026 09.05 1,5 2026"


def test_several_wrong_fields_are_said_one_by_one() -> None:
    error = Invalid({"price": Refused("Write an amount, for example {example}.", example="1")})
    assert refusal(error).endswith("Skriv et beløb, for eksempel 1.")


def test_all_catalogues_of_a_folder_speak_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "resources" / "translations" / "da"
    folder.mkdir(parents=True)
    plural = 'msgid "one piece"\nmsgid_plural "{n} pieces"\nmsgstr[0] "et"\nmsgstr[1] "{n} ting"\n'
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "a.po").write_text(f'{head}msgid "Save"\nmsgstr "Gem"\n', "utf-8")
    (folder / "b.po").write_text(f"{head}{plural}", "utf-8")
    assert work(folder.parent, [], check=True) != []
    assert work(folder.parent, [], check=False) == []
    assert work(folder.parent, [], check=True) == []
    monkeypatch.setattr(paths, "resources", (tmp_path / "resources").joinpath)
    set_language("da")
    try:
        assert language._("one piece") == "et"
        assert language._("Save") == "Gem"
        assert language._("Not there") == "Not there"
        assert language._("") == ""
        assert [language.ngettext("one piece", "{n} pieces", n) for n in (1, 2)] == [
            "et",
            "{n} ting",
        ]
    finally:
        monkeypatch.undo()
        set_language("da")


def test_texts_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "da"
    folder.mkdir()
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for name, text in (("orders", "Order"), ("window", "Log in")):
        (folder / f"{name}.po").write_text(f'{head}msgid "{text}"\nmsgstr "{name}"\n', "utf-8")
    assert work(tmp_path, [], check=False) == []
    catalogue = Catalogue(folder)
    assert catalogue.text("Log in") == "window"
    (folder / "orders.mo").unlink()  # not read for the log-in
    assert catalogue.text("Log in") == "window"
    with pytest.raises(FileNotFoundError):
        catalogue.text("Order")
