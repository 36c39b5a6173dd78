"""The menu at the foot of the rail: who is at work, and how the program looks and speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from moebelcirkel.language import N_, _, percent
from moebelcirkel.ui.kit import theme

_SCHEMES: Final = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("As the system")))
_LANGUAGES: Final = (("da", "Dansk"), ("en", "English"))
_SCALES: Final = (1.0, 1.25, 1.5, 2.0)


class PersonMenu(QMenu):
    """Plain signals; the composition acts and remembers the choices in the settings."""

    change_user = Signal()
    lock_asked = Signal()
    log_off = Signal()
    change_password = Signal()
    scheme_chosen = Signal(str)
    scale_chosen = Signal(float)
    language_chosen = Signal(str)
    help_asked = Signal()
    about_asked = Signal()

    def __init__(
        self,
        *,
        scheme: theme.Scheme = "light",
        scale: float = 1.0,
        language: Literal["da", "en"] = "da",
    ) -> None:
        super().__init__()
        self.addAction(_("Change user…"), self.change_user.emit)
        self.addAction(_("Lock"), self.lock_asked.emit)
        self.addAction(_("Log off"), self.log_off.emit)
        self.addAction(_("Change password…"), self.change_password.emit)
        self.addSeparator()
        schemes = self._choices(_("Appearance"), [_(text) for _key, text in _SCHEMES])
        for action, (key, _text) in zip(schemes, _SCHEMES, strict=True):
            action.setChecked(key == scheme)
            action.triggered.connect(lambda _on, key=key: self.scheme_chosen.emit(key))
        sizes = self._choices(_("Text size"), [percent(value) for value in _SCALES])
        for action, value in zip(sizes, _SCALES, strict=True):
            action.setChecked(value == scale)
            action.triggered.connect(lambda _on, value=value: self.scale_chosen.emit(value))
        languages = self._choices(_("Language"), [name for _code, name in _LANGUAGES])
        for action, (code, _name) in zip(languages, _LANGUAGES, strict=True):
            action.setChecked(code == language)
            action.triggered.connect(lambda _on, code=code: self.language_chosen.emit(code))
        self.addSeparator()
        self.addAction(_("Help (F1)"), self.help_asked.emit)
        self.addAction(_("About Møbelcirklen"), self.about_asked.emit)

    def _choices(self, title: str, texts: Sequence[str]) -> list[QAction]:
        """A submenu of which one entry is chosen."""
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        actions = [menu.addAction(text) for text in texts]
        for action in actions:
            action.setCheckable(True)
            group.addAction(action)
        return actions
