"""A PDF shown in the program: zoom, pages, save and print.

It brings QtPdf and Qt's printing along: import this module where a preview is opened, not at the
top of a page, so that the program's start does not pay for it.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMargins, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QBoxLayout, QDialog, QToolButton, QVBoxLayout, QWidget

from moebelcirkel.domain.errors import Refused
from moebelcirkel.language import _, refusal
from moebelcirkel.ui.kit import file_dialogs, theme
from moebelcirkel.ui.kit.longwork import save_whole
from moebelcirkel.ui.kit.page_layout import row
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.pictures.pdf_printing import PrintRun
from moebelcirkel.ui.kit.plain import Label, push_button, tip

ZOOM_STEP = 1.25
LEAST_ZOOM, MOST_ZOOM = 0.25, 4.0
_LARGE = 1.25
_MARGIN = _SPACE = 16


class PdfPreview(QWidget):
    """Shows bytes of a PDF; what can go wrong is said above the pages and in `failed`."""

    failed = Signal(str)
    saved = Signal(str)
    printed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = b""
        self._name = "document.pdf"
        self._run: PrintRun | None = None
        self._buffer = QBuffer(self)
        self.document = QPdfDocument(self)
        self.view = QPdfView(self)
        self.view.setDocument(self.document)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setAccessibleName(_("Preview"))
        self.view.setDocumentMargins(QMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN))
        self.view.setPageSpacing(_SPACE)
        self._note = Label(tone="warning", wrap=True)
        self._note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._toolbar())
        layout.addWidget(self.view, 1)
        layout.addWidget(self._note)  # only the end of the pages gives way to it
        self._tint()
        theme.watch().changed.connect(self._tint)
        self.view.pageNavigator().currentPageChanged.connect(self._show_page)

    def load(self, data: bytes, name: str) -> bool:
        """Show a PDF; the name is what saving proposes."""
        self.say("")
        self._data, self._name = data, name
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        ready = self.document.status() == QPdfDocument.Status.Ready
        for button in (self.save_button, self.print_button):
            button.setEnabled(ready)
        if not ready:
            self._fail(_("The document could not be shown. Make it again."))
        self._show_page()
        return ready

    def page_count(self) -> int:
        """Return the number of pages."""
        return max(self.document.pageCount(), 0)

    def say(self, message: str, tone: str = "warning") -> None:
        """Say something below the pages, which stay where they are; nothing hides it."""
        theme.mark(self._note, "tone", tone)
        self._note.setText(message)
        self._note.setVisible(bool(message))

    def _tint(self) -> None:
        """Lay the pages on the ground of columns; QPdfView takes a palette's Dark for it.

        Large text has the buttons in a row of their own.
        """
        direction = QBoxLayout.Direction
        large = theme.current().scale > _LARGE
        self._bar.setDirection(direction.TopToBottom if large else direction.LeftToRight)
        ground = self.view.palette()
        ground.setColor(QPalette.ColorRole.Dark, theme.current().color("sunken"))
        self.view.setPalette(ground)

    def _fail(self, message: str) -> None:
        self.say(message)
        self.failed.emit(message)

    # --- zoom and pages -----------------------------------------------------------------------

    def zoom(self, factor: float) -> None:
        """Make pages larger or smaller."""
        now = self._zoom_now()
        self.view.setZoomMode(QPdfView.ZoomMode.Custom)
        self.view.setZoomFactor(max(LEAST_ZOOM, min(MOST_ZOOM, now * factor)))

    def fit_width(self) -> None:
        """Make pages as wide as the view."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)

    def fit_page(self) -> None:
        """Show one whole page."""
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)

    def go(self, page: int) -> None:
        """Go to a page, counted from 0."""
        page = max(0, min(self.page_count() - 1, page))
        self.view.pageNavigator().jump(page, QPointF(), 0)

    def go_down(self, share: float) -> None:
        """Begin to show the first page this far down, where its upper part is empty."""
        QTimer.singleShot(0, self, lambda: self._scroll(share))

    def _scroll(self, share: float) -> None:
        """Pages of one document are alike here, so each takes the same part of the whole."""
        bar, pages = self.view.verticalScrollBar(), max(self.page_count(), 1)
        whole = bar.maximum() + self.view.viewport().height() + _SPACE - 2 * _MARGIN
        bar.setValue(round(share * (whole / pages - _SPACE)))

    def _zoom_now(self) -> float:
        if self.view.zoomMode() == QPdfView.ZoomMode.Custom or not self.page_count():
            return self.view.zoomFactor()
        points = self.document.pagePointSize(0).width()
        return (self.view.viewport().width() - 12) / max(points * self.logicalDpiX() / 72, 1.0)

    def _page(self) -> int:
        return self.view.pageNavigator().currentPage()

    def _show_page(self) -> None:
        count = self.page_count()
        text = _("Page {page} of {count}").format(page=self._page() + 1, count=count)
        self._page_label.setText(text if count else "")

    # --- save and print -----------------------------------------------------------------------

    def save_as(self) -> None:
        """Ask where to and save the very bytes that are shown."""
        file_dialogs.ask_where(self, _("Save as PDF"), self._name, self.save_to)

    def save_to(self, path: str) -> None:
        """Save the file whole or not at all."""
        target = Path(path)
        try:
            save_whole(target, self._data)
        except Refused as error:
            self._fail(refusal(error))
            return
        self.say(_("Saved as {name}").format(name=target.name), "muted")
        self.saved.emit(path)

    def print_out(self) -> None:
        """Open the system's print dialog."""
        if not QPrinterInfo.availablePrinterNames():
            self._fail(_("No printer is installed on this computer. Save the PDF instead."))
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        printer.setFullPage(True)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setMinMax(1, self.page_count())
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # QPrintDialog's own asks for a slot by name

    def print_on(self, printer: QPrinter) -> None:
        """Print page by page, so that the window goes on answering."""
        run = PrintRun(self.document, printer, self)
        self._run = run
        run.progress.connect(self._printing)
        run.done.connect(self._print_done)
        self.print_button.setEnabled(False)
        self.cancel_button.show()
        run.start()

    def cancel_print(self) -> None:
        """Stop after the page at hand."""
        if self._run is not None:
            self._run.cancel()

    def _printing(self, page: int, count: int) -> None:
        self.say(_("Printing page {page} of {count}").format(page=page, count=count))

    def _print_done(self, problem: str) -> None:
        self._run = None
        self.cancel_button.hide()
        self.print_button.setEnabled(True)
        if problem:
            self._fail(problem)
        else:
            self.say("")
            self.printed.emit()

    # --- parts --------------------------------------------------------------------------------

    def _toolbar(self) -> QBoxLayout:
        self._page_label = Label(tone="small")
        self.save_button = push_button(_("Save as…"), self.save_as)
        self.print_button = push_button(_("Print…"), self.print_out)
        self.cancel_button = push_button(_("Stop printing"), self.cancel_print)
        self.cancel_button.hide()
        tools = row(
            self._tool("arrow-up", _("Page before"), lambda: self.go(self._page() - 1)),
            self._tool("arrow-down", _("Next page"), lambda: self.go(self._page() + 1)),
            self._page_label,
            self._tool("minus", _("Smaller"), lambda: self.zoom(1 / ZOOM_STEP)),
            self._tool("plus", _("Larger"), lambda: self.zoom(ZOOM_STEP)),
            self._tool("report", _("Whole page"), self.fit_page),
            self._tool("screen", _("Full width"), self.fit_width),
            None,
            gap=6,
        )
        buttons = row(None, self.cancel_button, self.save_button, self.print_button)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setSpacing(8)
        self._bar.addLayout(tools, 1)
        self._bar.addLayout(buttons)
        return self._bar

    def _tool(self, icon: str, name: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        icons.put(button, icon)
        button.setToolTip(tip(name))
        button.setAccessibleName(name)
        button.clicked.connect(lambda _on=False: act())
        return button
