"""Qt's own words (buttons of dialogs, menus of fields, calendars) in the reader's language."""

from __future__ import annotations

from struct import pack
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from moebelcirkel.domain.errors import N_, Unavailable

# Qt writes "Annuller" without its accent and "Omgør", which many read as undo; the kinds of
# files and two labels are missing.
_OURS: Final = {
    "da": {
        "Cancel": "Annullér",
        "&Cancel": "&Annullér",
        "Redo": "Gentag",
        "&Redo": "&Gentag",
        "&Look in:": "&Søg i:",
        "Files of &type:": "Fil&type:",
        "Drive": "Drev",
        "File": "Fil",
        "%1 File": "%1-fil",
        "File Folder": "Filmappe",
        "Folder": "Mappe",
        "Shortcut": "Genvej",
        "Unknown": "Ukendt",
    }
}
_LOCALES: Final = {
    "da": QLocale(QLocale.Language.Danish, QLocale.Country.Denmark),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}

# The parts of a compiled catalogue (.qm), as Qt's reader names them.
_MAGIC: Final = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = b"\x42", b"\x69"
_END, _TRANSLATION, _SOURCE = b"\x01", b"\x03", b"\x06"


class QtTexts:
    """The translators in use; one set per program, exchanged when another language is chosen."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self._ours = b""  # Qt reads it where it lies

    def speak(self, code: str) -> None:
        """Load what Qt ships for a language, and over it the few words we write otherwise."""
        self.silence()
        QLocale.setDefault(_LOCALES[code])
        if code == "en":
            return
        qt = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if not qt.load(f"qtbase_{code}", folder):
            raise Unavailable(N_("Qt's own texts are missing in {folder}."), folder=folder)
        self._ours = _catalogue(_OURS[code])
        own = QTranslator()
        own.load(self._ours)
        for translator in (qt, own):
            self._app.installTranslator(translator)
            self._installed.append(translator)

    def silence(self) -> None:
        """Back to Qt's English."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []


def _catalogue(words: dict[str, str]) -> bytes:
    """Our words as Qt's compiled catalogue, good in every context.

    A translator written in Python would be called by threads that decode pictures, in the middle
    of Qt's loading of plug-ins: one waits for Python and the other for Qt, for ever.
    """
    messages, places = b"", []
    for source, ours in words.items():
        places.append((_elf_hash(source.encode()), len(messages)))
        text = ours.encode("utf-16-be")
        messages += _SOURCE + _counted(source.encode()) + _TRANSLATION + _counted(text) + _END
    hashes = b"".join(pack(">II", *place) for place in sorted(places))
    return _MAGIC + _HASHES + _counted(hashes) + _MESSAGES + _counted(messages)


def _counted(data: bytes) -> bytes:
    return pack(">I", len(data)) + data


def _elf_hash(text: bytes) -> int:
    """How Qt finds a text: the hash of ELF symbol tables, never 0."""
    found = 0
    for byte in text:
        found = ((found << 4) + byte) & 0xFFFFFFFF
        high = found & 0xF0000000
        found = (found ^ (high >> 24)) & ~high
    return found or 1
