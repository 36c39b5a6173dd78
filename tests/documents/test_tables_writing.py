"""Tables are written by the very signs that reportlab's own objects write."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.documents import fonts, tables_writing
from moebelcirkel.documents.paper import Pen, sheet_of_paper
from moebelcirkel.documents.tables_writing import Rules

PLACES = st.floats(-1_000, 1_000, allow_nan=False)
CELLS = st.lists(
    st.tuples(
        PLACES,
        PLACES,
        st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
        | st.sampled_from(["1.340 kr.", "Skovbø", "(\\)", ""]),
        st.sampled_from([fonts.REGULAR, fonts.SEMIBOLD]),
        st.booleans(),
    ),
    max_size=20,
)


def pen() -> Pen:
    return sheet_of_paper("Prøve", "Prøve", dt.datetime(2026, 11, 29, tzinfo=dt.UTC)).pen


@given(CELLS)
def test_texts(cells: list[tuple[float, float, str, str, bool]]) -> None:
    ours, theirs = pen(), pen()
    quick, plain = ours.texts(1, 2), theirs.canvas.beginText(1, 2)
    for x, y, text, font, anew in [*cells, *cells]:
        if anew:
            quick.setFont(font, 9, 12)
            plain.setFont(font, 9, 12)
        quick.at(x, y, text)
        plain.setTextOrigin(x, y)
        plain.textOut(text)
        quick.below(text)
        plain.textLine(text)
    assert quick.getCode() == plain.getCode()


@given(st.lists(PLACES, min_size=1, max_size=20))
def test_rules(heights: list[float]) -> None:
    quick, plain = Rules(), pen().canvas.beginPath()
    for y in heights:
        quick.between(45, 550.28, y)
        plain.moveTo(45, y)
        plain.lineTo(550.28, y)
    assert quick.getCode() == plain.getCode()


def test_what_is_known_of_a_paper_does_not_grow_for_ever() -> None:
    ours, theirs = pen(), pen()
    quick, plain = ours.texts(0, 0), theirs.canvas.beginText(0, 0)
    for each in (quick, plain):
        each.setFont(fonts.REGULAR, 9, 12)
    for number in range(tables_writing._MOST_KNOWN + 2):
        quick.below(str(number))
        plain.textLine(str(number))
    assert len(ours._known) == 2
    assert quick.getCode() == plain.getCode()
