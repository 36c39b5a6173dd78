"""The system's questions for files, opened without stopping the window.

They open in the folder where the same person, in the same database, last saved or took a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from moebelcirkel.domain.errors import N_, Refused

if TYPE_CHECKING:
    from moebelcirkel.ui.kit.drafts import Drafts

Act = Callable[[str], object]
_DRAFT = "folders"


def ask_file(parent: QWidget, title: str, filters: str, act: Act) -> QFileDialog:
    """A file that is there."""
    dialog = _dialog(parent, title, filters, "opened")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(act)
    dialog.open()
    return dialog


def ask_files(
    parent: QWidget, title: str, filters: str, act: Callable[[Sequence[str]], object]
) -> QFileDialog:
    """One or more files that are there."""
    dialog = _dialog(parent, title, filters, "opened")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(act)
    dialog.open()
    return dialog


def ask_folder(parent: QWidget, title: str, act: Act) -> QFileDialog:
    """A folder that is there."""
    dialog = _dialog(parent, title, "", "folder")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(act)
    dialog.open()
    return dialog


def ask_where(parent: QWidget, title: str, name: str, act: Act, kind: str = "") -> QFileDialog:
    """Where to save a file; its kind is that of the name offered."""
    suffix = name.rpartition(".")[2]
    dialog = _dialog(parent, title, f"{kind or suffix.upper()} (*.{suffix})", "saved")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.fileSelected.connect(act)
    dialog.open()
    return dialog


def read_bytes(path: Path) -> bytes:
    """A file as it is, or in plain words why not."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(
            N_("{path} cannot be read. Check the name and that you may open it."), path=str(path)
        ) from error


def _dialog(parent: QWidget, title: str, filters: str, done: str) -> QFileDialog:
    drafts = _drafts(parent)
    folder = "" if drafts is None else str((drafts.load(_DRAFT) or {}).get(done, ""))
    # Left open, Qt would begin where anybody was last, whoever is at work now.
    here = folder if folder and Path(folder).is_dir() else _documents()
    dialog = QFileDialog(parent, title, here, filters)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if drafts is not None:
        # Before anything is done with the file, which may close what was asked from.
        dialog.filesSelected.connect(lambda paths: _remember(drafts, done, paths))
    return dialog


def _documents() -> str:
    place = QStandardPaths.StandardLocation.DocumentsLocation
    found = QStandardPaths.writableLocation(place)
    return found if Path(found).is_dir() else str(Path.home())


def _remember(drafts: Drafts, done: str, paths: Sequence[str]) -> None:
    folder = str(Path(paths[0]).parent)
    known = drafts.load(_DRAFT) or {}
    if known.get(done) != folder:
        drafts.save(_DRAFT, {**known, done: folder})


def _drafts(widget: QWidget | None) -> Drafts | None:
    """What the window around a widget remembers; there is none before the log-in."""
    while widget is not None:
        found: Drafts | None = getattr(widget, "drafts", None)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return None
