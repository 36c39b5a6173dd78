"""Labels come out of the printer readable: every code scans, every text stays on its label."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moebelcirkel.documents.units.labels import LabelSheet, UnitLabel, label_sheet
from moebelcirkel.domain.errors import Refused
from tests.documents import reading

MM = 72 / 25.4


def _labels(count: int, title: str = "HÅG SoFi 7200, sort") -> list[UnitLabel]:
    return [
        UnitLabel(f"MC-{n:06d}-{n % 10}", title, "Kontorstol · B god") for n in range(1, count + 1)
    ]


def test_every_code_of_a_full_sheet_is_read_back_in_order() -> None:
    labels = _labels(24)
    image = reading.picture(label_sheet(labels, LabelSheet()))
    wide, high = image.width / 3, image.height / 8
    for number, label in enumerate(labels):
        row, column = divmod(number, 3)
        cut = image.crop(
            (int(column * wide), int(row * high), int((column + 1) * wide), int((row + 1) * high))
        )
        assert reading.codes(cut) == [label.number]


def test_a_used_sheet_starts_at_its_first_free_label_and_goes_on_on_the_next() -> None:
    data = label_sheet(_labels(24), LabelSheet(start=20))
    first, second = reading.texts(data)
    assert "MC-000005-5" in first
    assert "MC-000006-6" not in first
    assert second.startswith("MC-000006-6")
    number = next(p for p in next(reading.pieces(data)) if p.text == "MC-000001-1")
    assert 70 * MM < number.left < 140 * MM
    assert (0.5 + 6 * 37) * MM < number.top < (0.5 + 7 * 37) * MM


@pytest.mark.parametrize(
    "sheet",
    [
        LabelSheet(),
        LabelSheet(columns=2, rows=7, width_mm=99.1, height_mm=38.1, left_mm=4.65, top_mm=15.1),
        LabelSheet(columns=4, rows=13, width_mm=48, height_mm=21, left_mm=8, top_mm=8),
        LabelSheet(columns=5, rows=16, width_mm=35, height_mm=18, left_mm=8, top_mm=4),
    ],
)
def test_long_texts_are_cut_inside_their_label_and_codes_still_scan(sheet: LabelSheet) -> None:
    name = "Hæve-sænkebord med kabelbakke og to motorer, " * 4
    labels = [UnitLabel("MC-1234567890-1", name, name) for _ in range(sheet.per_page)]
    data = label_sheet(labels, sheet)
    page = next(reading.pieces(data))
    assert any(piece.text.endswith("…") for piece in page)
    for piece in page:
        column = int((piece.left / MM - sheet.left_mm) // (sheet.width_mm + sheet.gap_x_mm))
        row = int((piece.top / MM - sheet.top_mm) // (sheet.height_mm + sheet.gap_y_mm))
        left, top = sheet.corner(row * sheet.columns + column)
        assert left <= piece.left
        assert piece.right <= left + sheet.width_mm * MM
        assert top <= piece.top
        assert piece.bottom <= top + sheet.height_mm * MM
    assert set(reading.codes(reading.picture(data))) == {"MC-1234567890-1"}


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=40)
def test_any_text_can_stand_on_a_label(title: str, detail: str) -> None:
    data = label_sheet([UnitLabel("MC-000001-1", title, detail)], LabelSheet())
    assert reading.page_count(data) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        LabelSheet(columns=0),
        LabelSheet(columns=4),
        LabelSheet(rows=9),
        LabelSheet(left_mm=-1),
        LabelSheet(height_mm=10),
        LabelSheet(start=0),
        LabelSheet(start=25),
    ],
)
def test_a_sheet_that_cannot_be_printed_is_refused(sheet: LabelSheet) -> None:
    with pytest.raises(Refused):
        label_sheet(_labels(1), sheet)


def test_no_labels_are_refused() -> None:
    with pytest.raises(Refused, match="no labels"):
        label_sheet([], LabelSheet())


def test_the_same_labels_are_the_same_bytes() -> None:
    assert label_sheet(_labels(30), LabelSheet()) == label_sheet(_labels(30), LabelSheet())


def test_texts_and_places_are_as_recorded() -> None:
    labels = [*_labels(2), *_labels(1, "Hæve-sænkebord 160 × 80 cm, hvid laminat og to motorer")]
    reading.compare_with_golden("labels", label_sheet(labels, LabelSheet(start=2)))
