"""The preview: pages, zoom, saving the very bytes, printing page by page."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from moebelcirkel.ui.kit.pictures.preview import PdfPreview


def pdf(pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(pages):
        canvas.drawString(100, 700, f"Side {number + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.fixture
def preview(qtbot: QtBot) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    assert made.load(pdf(3), "rapport.pdf")
    made.resize(700, 500)
    made.show()
    return made


def test_pages_are_counted_and_walked(preview: PdfPreview) -> None:
    assert preview.page_count() == 3
    preview.go(1)
    assert preview._page_label.text() == "Side 2 af 3"
    preview.go(99)
    assert preview._page_label.text() == "Side 3 af 3"


def test_zoom_has_ends(preview: PdfPreview) -> None:
    before = preview.view.zoomFactor()
    preview.zoom(1.25)
    assert preview.view.zoomFactor() != before
    for _time in range(20):
        preview.zoom(1.25)
    assert preview.view.zoomFactor() == 4.0
    preview.fit_page()
    preview.fit_width()


def test_what_is_no_pdf_is_said(preview: PdfPreview, qtbot: QtBot) -> None:
    with qtbot.waitSignal(preview.failed):
        assert not preview.load(b"not a pdf", "x.pdf")
    assert not preview.print_button.isEnabled()
    assert preview.load(pdf(1), "y.pdf")
    assert preview.print_button.isEnabled()


def test_the_very_bytes_are_saved(preview: PdfPreview, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "rapport.pdf"
    with qtbot.waitSignal(preview.saved):
        preview.save_to(str(target))
    assert target.read_bytes() == preview._data
    assert preview._note.text() == "Gemt som rapport.pdf"
    with qtbot.waitSignal(preview.failed) as failed:
        preview.save_to(str(tmp_path / "no" / "rapport.pdf"))
    assert failed.args is not None
    assert "rapport.pdf kunne ikke gemmes" in failed.args[0]
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.pdf"]


def test_without_a_printer_it_says_so(
    preview: PdfPreview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with qtbot.waitSignal(preview.failed) as failed:
        preview.print_out()
    assert failed.args == ["Der er ingen printer på denne computer. Gem PDF-filen i stedet."]


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(72)
    return printer


def test_every_page_is_printed_on_white(preview: PdfPreview, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "print.pdf"
    with qtbot.waitSignal(preview.printed, timeout=20_000):
        preview.print_on(printer_to(target))
    printed = pypdfium2.PdfDocument(target)
    assert len(printed) == 3
    picture = printed[0].render().to_pil().convert("L")
    assert picture.getpixel((5, 5)) == 255
    assert picture.getextrema()[0] < 100
    printed.close()


def test_printing_can_be_stopped(preview: PdfPreview, qtbot: QtBot, tmp_path: Path) -> None:
    target = tmp_path / "print.pdf"
    with qtbot.waitSignal(preview.printed, timeout=20_000):
        preview.print_on(printer_to(target))
        assert not preview.cancel_button.isHidden()
        preview.cancel_print()
    assert preview.cancel_button.isHidden()
    assert preview.print_button.isEnabled()
