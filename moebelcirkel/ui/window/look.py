"""How the program looks and speaks: as whoever is at work chose it, before that as it last did."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from moebelcirkel import language
from moebelcirkel import settings as local
from moebelcirkel.domain.errors import Unavailable
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.qt_texts import QtTexts

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Look:
    """Scheme, text size and language in use, kept in the settings under each person."""

    def __init__(
        self, app: QApplication, settings: local.Settings, warn: Callable[[Unavailable], object]
    ) -> None:
        """``warn`` is told where a choice cannot be kept; it then holds until the end."""
        self.qt_texts = QtTexts(app)
        self._app = app
        self._settings = settings
        self._warn = warn

    def wear(self) -> None:
        """Colours, letters and the language of our own texts."""
        language.set_language(self._settings.language())
        theme.apply(self._app, self._settings.scheme(), scale=self._settings.get(local.SCALE))

    def settle(self) -> None:
        """What the first picture does not wait for: the system's word on colours, and Qt's texts,
        which are in menus and dialogs only.
        """
        self.wear()
        self.speak()

    def speak(self) -> None:
        """The language of our texts and of Qt's own."""
        code = self._settings.language()
        language.set_language(code)
        self.qt_texts.speak(code)

    def enter(self, target: str, login: str) -> None:
        """Somebody comes to work on a database: change to what this person chose."""
        before = self._settings.look()
        self.keep(lambda: self._settings.enter(target, login, wait=False))
        if self._settings.look() != before:
            self.wear()
            self.speak()

    def choose(self, setting: local.Setting[T], value: T) -> None:
        """Keep what the person at work chose, and show it."""
        self.keep(lambda: self._settings.choose(setting, value))
        self.wear()
        if setting is local.LANGUAGE:
            self.speak()

    def keep(self, write: Callable[[], None]) -> None:
        """Write to the settings, where that can be done."""
        try:
            write()
        except Unavailable as error:
            _log.warning("%s", error)
            self._warn(error)
