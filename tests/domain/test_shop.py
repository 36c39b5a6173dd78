"""The typed line of the shop: counts, measures, words, and Danish plurals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.shop import Query, Span, Wish, needles, read, stems


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish()),
        ("12 stole", Wish(("stole",), 12)),
        ("12 stk. ens stole", Wish(("stole",), 12)),
        ("12 stole, højde 45-47", Wish(("stole",), 12, {"height": Span(450, 470)})),
        ("bord bredde 160 cm", Wish(("bord",), None, {"width": Span(1590, 1610)})),
        ("stole 12 stk.", Wish(("stole",), 12)),
        ("12stk stole", Wish(("stole",), 12)),
        ("12x stole", Wish(("stole",), 12)),
        ("reol 80 cm", Wish(("reol", "80"))),
        ("bord 160x80", Wish(("bord", "160x80"))),
        ("7200", Wish(("7200",))),
        ("1200 stole", Wish(("1200", "stole"))),
        ("reol dybde", Wish(("reol", "dybde"))),
        ("stol, højde 47-45", Wish(("stol",), None, {"height": Span(450, 470)})),
        ("h 45-47", Wish((), None, {"height": Span(450, 470)})),
        ("stol h45", Wish(("stol",), None, {"height": Span(440, 460)})),
        ("stol, h: 45 - 47 cm", Wish(("stol",), None, {"height": Span(450, 470)})),
        ("højde 45-47", Wish((), None, {"height": Span(450, 470)})),
        ("b 80", Wish((), None, {"width": Span(790, 810)})),
        ("bredde 80", Wish((), None, {"width": Span(790, 810)})),
        ("l 160 bord", Wish(("bord",), None, {"width": Span(1590, 1610)})),
        ("længde 160", Wish((), None, {"width": Span(1590, 1610)})),
        ("dybde 60", Wish((), None, {"depth": Span(590, 610)})),
        ("d 59,5 cm", Wish((), None, {"depth": Span(585, 605)})),
        (
            "reol B80 x D40 x H200",
            Wish(
                ("reol",),
                None,
                {"width": Span(790, 810), "depth": Span(390, 410), "height": Span(1990, 2010)},
            ),
        ),
        ("stole, farve mørk", Wish(("stole", "farve", "moerk"))),
        ("3 stole, farve blå rød", Wish(("stole",), 3, colours=frozenset({"blaa", "roed"}))),
        ("12 elevstole str. 5", Wish(("elevstole",), 12, marks=frozenset("5"))),
        ("str 5", Wish(marks=frozenset("5"))),
        ("str5", Wish(marks=frozenset("5"))),
        ("størrelse 5", Wish(marks=frozenset("5"))),
        ("elevbord str. 3 - 5", Wish(("elevbord",), marks=frozenset("345"))),
        ("str 44", Wish(("str", "44"))),
        ("HÅG H05 5600", Wish(("haag", "h05", "5600"))),
        ("bord B 637", Wish(("bord", "b", "637"))),
        ("stol 5", Wish(("stol", "5"))),
        ("80 cm reol", Wish(("80", "reol"))),
        ("bord Ø 90", Wish(("bord", "oe90"))),
        ("Hæve-sænkebord", Wish(("haeve-saenkebord",))),
    ],
)
def test_a_typed_line_is_understood(text: str, wish: Wish) -> None:
    assert read(text) == wish


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("stole", "stol"),
        ("reoler", "reol"),
        ("lamper", "lampe"),
        ("stolene", "stol"),
        ("lamperne", "lampe"),
        ("chairs", "chair"),
        ("haeve-saenkeborde", "haeve-saenkebord"),
    ],
)
def test_a_plural_finds_its_singular(word: str, stem: str) -> None:
    assert stem in stems(word)


@pytest.mark.parametrize("word", ["eg", "ur", "160x80", "b2er", "ler"])
def test_short_words_and_measures_have_no_stems(word: str) -> None:
    assert stems(word) == ()


def test_what_is_round_is_as_deep_as_it_is_wide() -> None:
    assert needles(Wish(), "oe90") == ("oe90", " 90x90")


def test_a_size_mark_chosen_wins_over_one_that_was_typed() -> None:
    assert Query("elevstol str 5").understood().size_marks == {"5"}
    chosen = Query("elevstol str 5", size_marks=frozenset("3"))
    assert chosen.understood() == chosen


def test_filters_are_read_again_as_they_are_said() -> None:
    query = Query(
        height=Span(455, 470),
        width=Span(800, 900),
        size_marks=frozenset("36"),
        colours=frozenset({"graa", "eg"}),
    )
    wish = read(f"stole {query.in_words()}")
    assert (wish.words, wish.marks, wish.colours) == (("stole",), query.size_marks, query.colours)
    assert wish.spans == {"height": query.height, "width": query.width}
    assert Query().in_words() == ""


def test_fields_win_over_what_was_typed() -> None:
    query = Query("12 stole højde 40", least=4, height=Span(450, 500))
    assert query.wish() == Wish(("stole",), 4, {"height": Span(450, 500)})


def test_a_query_knows_whether_it_is_filtered() -> None:
    assert not Query("stol").filtered
    assert Query(conditions=frozenset("A")).filtered
    assert Query(max_price_ore=0).filtered


@given(st.text())
def test_no_line_is_too_odd(text: str) -> None:
    wish = read(text)
    assert wish.least is None or 1 <= wish.least <= 999
    assert all(span.low_mm <= span.high_mm for span in wish.spans.values())
