"""Qt's own words (buttons of dialogs, menus of fields, calendars) in the reader's language."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from moebelcirkel.domain.errors import N_, Unavailable

# Qt writes "Annuller" without its accent and "Omgør", which many read as undo; two are missing.
_OURS: Final = {
    "da": {
        "Cancel": "Annullér",
        "&Cancel": "&Annullér",
        "Redo": "Gentag",
        "&Redo": "&Gentag",
        "&Look in:": "&Søg i:",
        "Files of &type:": "Fil&type:",
    }
}
_LOCALES: Final = {
    "da": QLocale(QLocale.Language.Danish, QLocale.Country.Denmark),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class QtTexts:
    """The translators in use; one set per program, exchanged when another language is chosen."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []

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
        for translator in (qt, _Own(_OURS[code])):
            self._app.installTranslator(translator)
            self._installed.append(translator)

    def silence(self) -> None:
        """Back to Qt's English."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed = []


class _Own(QTranslator):
    """Few words that win over Qt's own, wherever Qt uses them."""

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__()
        self._words = words

    def isEmpty(self) -> bool:
        """Qt asks only translators that hold something."""
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Our word, or None (not an empty text), so that the next translator is asked."""
        return self._words.get(text)  # type: ignore[return-value]
