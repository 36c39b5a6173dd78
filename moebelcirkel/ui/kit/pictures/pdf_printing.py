"""Prints a PDF on a real printer, one page per turn of the event loop, so nothing stands still."""

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from moebelcirkel.language import _

#: More is not seen on paper and costs time and memory.
MOST_DPI = 300


class PrintRun(QObject):
    """One print job: `progress(page, count)` per page, then `done(problem)`."""

    progress = Signal(int, int)
    done = Signal(str)

    def __init__(self, document: QPdfDocument, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._printer = printer
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)
        self._pages = self._chosen_pages()
        self._at = 0

    def start(self) -> None:
        """Begin; the first page comes with the next turn of the event loop."""
        self._printer.setFullPage(True)
        if not self._pages or not self._painter.begin(self._printer):
            self.done.emit(_("The printer did not answer. Check that it is on, and try again."))
            return
        self._timer.start()

    def cancel(self) -> None:
        """Stop; what went to the printer already may still come out."""
        if self._timer.isActive():
            self._printer.abort()
            self._end("")

    def _chosen_pages(self) -> list[int]:
        count = self._document.pageCount()
        first = self._printer.fromPage() or 1
        last = self._printer.toPage() or count
        return list(range(max(first, 1) - 1, min(last, count)))

    def _next(self) -> None:
        if self._at and not self._printer.newPage():
            self._end(_("The printer did not answer. Check that it is on, and try again."))
            return
        page = self._pages[self._at]
        self._at += 1
        self.progress.emit(self._at, len(self._pages))
        self._draw(page)
        if self._at == len(self._pages):
            self._end("")

    def _draw(self, page: int) -> None:
        points = self._document.pagePointSize(page)
        scale = min(MOST_DPI, self._printer.resolution()) / 72
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        picture = self._document.render(page, size)
        # The page is rendered on nothing; on paper that would come out black.
        paper = QImage(picture.size(), QImage.Format.Format_RGB32)
        paper.fill(0xFFFFFFFF)
        ground = QPainter(paper)
        ground.drawImage(0, 0, picture)
        ground.end()
        whole = self._printer.pageRect(QPrinter.Unit.DevicePixel)
        self._painter.drawImage(QRect(0, 0, int(whole.width()), int(whole.height())), paper)

    def _end(self, problem: str) -> None:
        self._timer.stop()
        self._painter.end()
        self.done.emit(problem)
        self.deleteLater()
