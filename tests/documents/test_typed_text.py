"""On paper and in spreadsheets people's text stands as typed; what the typeface lacks is a box."""

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from xml.dom import minidom

import pytest

from moebelcirkel.documents import fonts
from moebelcirkel.documents.deliveries.note import DeliveryLine, DeliveryNote, delivery_notes
from moebelcirkel.documents.deliveries.picklist import PickList, PickListLine, pick_list
from moebelcirkel.documents.reports.pages import savings_report
from moebelcirkel.documents.reports.workbook import savings_workbook
from moebelcirkel.documents.units.labels import LabelSheet, UnitLabel, label_sheet
from moebelcirkel.documents.units.passport import (
    PassportChip,
    PassportEvent,
    PassportFact,
    UnitPass,
    unit_pass,
)
from tests.documents import reading, samples
from tests.documents.samples import SETTLED

TYPED = '<b>x</b> & <img src="file:///x"> "Åse"'
DAY = dt.date(2026, 11, 20)


def _note(text: str) -> bytes:
    line = DeliveryLine("MC-000001-3", text, "B", text, 100)
    note = DeliveryNote(
        "F-00001", text, (text,), DAY, ("B-000001",), (line,), f"{text}\n{'W' * 500}", SETTLED
    )
    return delivery_notes([note])


def _labels(text: str) -> bytes:
    return label_sheet([UnitLabel("MC-000001-3", text, text)], LabelSheet())


def _picks(text: str) -> bytes:
    line = PickListLine(text, text, "B", text, "B-000001", 2, ("MC-000001-3",))
    return pick_list(PickList(text, DAY, (line,), SETTLED))


def _pass(text: str) -> bytes:
    return unit_pass(
        UnitPass(
            "MC-000001-3",
            text,
            text,
            SETTLED,
            chips=(PassportChip(text),),
            facts=(PassportFact(text, text),),
            history=(PassportEvent(text, text),),
            loops=(text,),
            figures_note=text,
        )
    )


def _report(text: str) -> bytes:
    return savings_report(replace(samples.report(samples.figure_lines(20)), municipality=text))


PAPERS = {"labels": _labels, "note": _note, "pass": _pass, "picks": _picks, "report": _report}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=list(PAPERS))
def test_markup_is_printed_as_typed_and_names_no_picture(paper: Callable[[str], bytes]) -> None:
    data = paper(TYPED)
    text = " ".join(reading.whole_text(data).split())
    assert "<b>x</b> &" in text
    assert data.count(b"/Subtype /Image") == paper("Stol").count(b"/Subtype /Image")


@pytest.mark.parametrize("paper", PAPERS.values(), ids=list(PAPERS))
@pytest.mark.parametrize("foreign", ["😀", "文", "ع", "👨\u200d👩\u200d👧"])
def test_what_the_typeface_lacks_is_printed_as_a_box(
    paper: Callable[[str], bytes], foreign: str
) -> None:
    assert reading.page_count(paper(f"Stol {foreign} blå"))
    page, without = (reading.picture(paper(text), dpi=60) for text in (f"{foreign} a", "  a"))
    assert page.tobytes() != without.tobytes()
    assert fonts.width(foreign[0], fonts.REGULAR, 10) > 3


def test_a_workbook_stays_whole_whatever_stands_in_it() -> None:
    report = replace(samples.report(samples.figure_lines(5)), municipality=f"{TYPED} 😀 \x08\x0b")
    book = zipfile.ZipFile(BytesIO(savings_workbook(report)))
    texts = [minidom.parseString(book.read(name)).toxml() for name in book.namelist()]
    assert any("&lt;b&gt;x&lt;/b&gt; &amp;" in text for text in texts)
