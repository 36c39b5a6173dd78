"""Pages, tables and type: what fits stays, what does not goes on, and nothing heavy is loaded."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.documents import fonts, qr, tables
from moebelcirkel.documents.charts import paint
from moebelcirkel.documents.paper import SECTION, Flow, HeadAndFoot, sheet_of_paper
from moebelcirkel.domain.charts import Bar, BarChart
from tests.documents import reading
from tests.documents.samples import SETTLED

EDGES = HeadAndFoot("Titel", "Emne", SETTLED, "Venstre", "Højre", "Fod")
WORDS = st.text(st.characters(codec="utf-8"), max_size=80)


@given(WORDS, st.floats(5, 300))
def test_a_fitted_text_fits_or_is_only_the_ellipsis(text: str, room: float) -> None:
    shown = fonts.fit(fonts.clean(text), fonts.REGULAR, 9, room)
    assert shown == fonts.ELLIPSIS or fonts.width(shown, fonts.REGULAR, 9) <= room


def test_a_word_too_wide_breaks_after_a_stroke_and_a_minus_is_a_true_one() -> None:
    assert fonts.wrap("Skummadras/tumlemadras", fonts.REGULAR, 9, 80) == (
        "Skummadras/",
        "tumlemadras",
    )
    assert fonts.clean("-3 % (-1 kg), A1-A3, MC-000001-1") == "−3 % (−1 kg), A1-A3, MC-000001-1"


@given(WORDS, st.floats(20, 300), st.integers(0, 3))
def test_wrapped_lines_fit_and_lose_nothing_unless_cut(text: str, room: float, most: int) -> None:
    text = fonts.clean(text)
    lines = fonts.wrap(text, fonts.REGULAR, 9, room, most=most)
    assert all(fonts.width(line, fonts.REGULAR, 9) <= room + 0.01 for line in lines)
    if most:
        assert len(lines) <= most
    else:
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_texts_are_composed_and_free_of_control_characters() -> None:
    assert fonts.clean("Ko\u0308\u0001b\nny\u030a") == "Kö b nẙ"


def test_a_table_goes_on_under_its_head_and_keeps_its_total_with_a_row() -> None:
    columns = (tables.TableColumn("Hoved", 2), tables.TableColumn("Tal", 1, right=True))
    for count in range(30, 75):
        flow = Flow()
        rows = [(f"Række {n}", str(n)) for n in range(count)]
        tables.place(flow, columns, rows, total=("I alt", "sum"))
        data = flow.render(EDGES)
        pages = reading.texts(data)
        assert all("Hoved Tal" in page for page in pages)
        assert "Række" in pages[-1]
        assert all(" ".join(pages).count(f"Række {n} ") == 1 for n in range(count))


def test_an_empty_table_still_shows_its_head() -> None:
    flow = Flow()
    tables.place(flow, (tables.TableColumn("Hoved", 1),), [])
    assert "Hoved" in reading.whole_text(flow.render(EDGES))


def test_a_code_has_every_dark_module_once() -> None:
    count, runs = qr.runs("MC-004127-1")
    cells = [(x, row) for column, row, length in runs for x in range(column, column + length)]
    assert len(cells) == len(set(cells))
    assert count == 21
    assert all(0 <= x < count and 0 <= y < count for x, y in cells)


def test_a_chart_on_paper_shows_title_values_and_labels() -> None:
    bars = tuple(Bar(f"m{n}", n - 2, str(n - 2)) for n in range(6))
    paper = sheet_of_paper("t", "s", SETTLED)
    for top, some in ((80, bars), (300, ()), (500, (Bar("nul", 0, "0"),))):
        paper_chart = BarChart("Titel", "Enhed", some, "money")
        paint(paper.pen, paper_chart, 60, top, 250, 110)
    paper.canvas.showPage()
    data = paper.finish()
    text = reading.whole_text(data)
    assert all(f"m{n}" in text for n in range(6))
    assert "−2" in text
    reading.assert_tidy(data)


def test_the_slow_parts_of_reportlab_are_never_loaded() -> None:
    code = (
        "import sys, pkgutil, importlib, moebelcirkel.documents as d\n"
        "for m in pkgutil.walk_packages(d.__path__, d.__name__ + '.'):\n"
        "    importlib.import_module(m.name)\n"
        "print('reportlab.platypus' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_drawing_and_pictures_are_loaded_with_the_first_of_them() -> None:
    code = (
        "import sys\n"
        "from moebelcirkel.services import overview\n"
        "from moebelcirkel.services.changes import kinds\n"
        "kinds.declared()\n"
        "print([name for name in sys.argv[1:] if name in sys.modules])"
    )
    heavy = ("reportlab", "PIL", "pi_heif", "xlsxwriter")
    ran = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_the_tidiness_check_sees_texts_on_top_of_each_other_and_off_the_paper() -> None:
    for left, top in ((60, 102), (560, 300)):
        paper = sheet_of_paper("t", "s", SETTLED)
        paper.pen.text(60, 100, "en tekst på papiret")
        paper.pen.text(left, top, "en anden tekst")
        paper.canvas.showPage()
        with pytest.raises(AssertionError):
            reading.assert_tidy(paper.finish())


def test_a_cell_is_written_smaller_before_it_is_cut() -> None:
    flow = Flow()
    column = tables.TableColumn
    columns = (column("Navn", 60), column("Beløb", 35, right=True), column("", 380))
    rows = [("Kulturhuset Kornlag", "1.397.671", "")]
    tables.place(flow, columns, rows, look=tables.DENSE)
    text = reading.whole_text(flow.render(EDGES))
    assert "Kulturhuset Kornlag" in text
    assert "1.397.671" in text


def test_papers_made_at_the_same_moment_are_those_made_one_by_one() -> None:
    """Each has letters of its own; all are cut out of the same font files."""
    alphabets = [
        "".join(chr(first + step) for step in range(60)) for first in range(0x21, 0x250, 24)
    ]

    def make(letters: str) -> bytes:
        flow = Flow()
        flow.heading(letters, SECTION)
        return flow.render(EDGES)

    alone = [make(letters) for letters in alphabets]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            for _again in range(3):
                assert list(pool.map(make, alphabets)) == alone
    finally:
        sys.setswitchinterval(before)
