"""The system's dialogs for files, opened without stopping the window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

Act = Callable[[str], object]


def ask_file(parent: QWidget, title: str, filters: str, act: Act) -> None:
    """A file that is there."""
    dialog = QFileDialog(parent, title, "", filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(act)
    dialog.open()


def ask_where(parent: QWidget, title: str, name: str, act: Act) -> None:
    """Where to save a file; its kind is that of the name offered."""
    suffix = name.rpartition(".")[2]
    dialog = QFileDialog(parent, title, "", f"{suffix.upper()} (*.{suffix})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(act)
    dialog.open()
