"""The menu at the foot of the rail: who is at work, and how the program looks and speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal, qVersion
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from moebelcirkel.language import N_, _, percent
from moebelcirkel.ui.kit import icons, theme
from moebelcirkel.ui.kit.plain import Label

_SCHEMES: Final = (("light", N_("Light")), ("dark", N_("Dark")), ("system", N_("As the system")))
_LANGUAGES: Final = (("da", "Dansk"), ("en", "English"))
_SCALES: Final = (1.0, 1.25, 1.5, 2.0)


class PersonMenu(QMenu):
    """Plain signals; the composition acts and remembers the choices in the settings."""

    change_user = Signal()
    log_off = Signal()
    change_password = Signal()
    scheme_chosen = Signal(str)
    scale_chosen = Signal(float)
    language_chosen = Signal(str)
    help_asked = Signal()

    def __init__(
        self,
        version: str,
        *,
        scheme: theme.Scheme = "light",
        scale: float = 1.0,
        language: Literal["da", "en"] = "da",
    ) -> None:
        super().__init__()
        self._version = version
        self.addAction(_("Change user…"), self.change_user.emit)
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
        self.addAction(_("About Møbelcirklen"), self._about)

    def _choices(self, title: str, texts: Sequence[str]) -> list[QAction]:
        """A submenu of which one entry is chosen."""
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        actions = [menu.addAction(text) for text in texts]
        for action in actions:
            action.setCheckable(True)
            group.addAction(action)
        return actions

    def _about(self) -> None:
        parent = self.parentWidget()
        AboutDialog(self._version, parent.window() if parent is not None else None).open()


class AboutDialog(QDialog):
    """Name, version, and whose work it stands on."""

    def __init__(self, version: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Møbelcirklen"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        logo, name = Label(), Label("Møbelcirklen")
        logo.setPixmap(icons.logo(theme.current().px(40)))
        name.setProperty("tone", "title")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(logo)
        head.addWidget(name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addLayout(head)
        for text, tone in (
            (_("Version {version}").format(version=version), "strong"),
            (_("Internal reuse of furniture in the municipality."), ""),
            (
                _(
                    "Made with Qt {qt} (LGPL), SQLAlchemy, ReportLab, Pillow and Source Sans "
                    "(SIL Open Font License). The program itself is under the MIT licence."
                ).format(qt=qVersion()),
                "small",
            ),
        ):
            label = Label(text)
            label.setProperty("tone", tone)
            label.setWordWrap(True)
            column.addWidget(label)
        close = QPushButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(theme.current().px(420))
