"""Qt's own words in Danish, without Python being called where Qt translates."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from moebelcirkel.ui.kit.qt_texts import QtTexts


@pytest.fixture
def texts(qapp: QApplication) -> Iterator[QtTexts]:
    made = QtTexts(qapp)
    yield made
    made.speak("da")
    made.silence()


@pytest.mark.parametrize(
    ("context", "word", "danish"),
    [
        ("QPlatformTheme", "Cancel", "Annullér"),
        ("QDialogButtonBox", "&Cancel", "&Annullér"),
        ("QWidgetTextControl", "&Redo", "&Gentag"),
        ("QFileDialog", "Files of &type:", "Fil&type:"),
        ("QAbstractFileIconProvider", "Folder", "Mappe"),
        ("QPlatformTheme", "Save", "Gem"),
    ],
)
def test_our_words_win_in_every_context(
    texts: QtTexts, context: str, word: str, danish: str
) -> None:
    texts.speak("da")
    assert QCoreApplication.translate(context, word) == danish
    texts.speak("en")
    assert QCoreApplication.translate(context, word) == word


def test_no_translator_is_written_in_python(texts: QtTexts) -> None:
    """Threads that decode pictures would wait for Python while they hold Qt's loader of plug-ins,
    and the program would stand still.
    """
    texts.speak("da")
    assert {type(each) for each in texts._installed} == {QTranslator}
