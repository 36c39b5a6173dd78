"""A paper of picking or delivering in the program's preview.

It brings QtPdf along: import it where the dialog is opened.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.preview import PdfPreview


class PaperDialog(QDialog):
    """Shows a PDF to print or save."""

    def __init__(self, parent: QWidget, title: str, data: bytes, name: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        heading = QLabel(title)
        heading.setProperty("tone", "heading")
        self.preview = PdfPreview()
        self.preview.print_button.setProperty("role", "primary")
        self.preview.print_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addWidget(self.preview, 1)
        self.resize(theme.current().px(780), theme.current().px(640))
        self.preview.load(data, name)
        self.preview.print_button.setFocus()
