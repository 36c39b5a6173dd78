"""The look: Fusion, a full palette, one style sheet made from colour roles, and Source Sans.

What page builders set (never a colour, never a style sheet of their own):

* ``QPushButton`` property ``role`` = "primary" (one a page), "secondary" (nothing set), "quiet",
  "danger", or "choice" (checkable, one of a few); ``main`` = True makes it 44 high, ``huge`` 64.
* ``QFrame`` property ``card`` = True (white, line, radius 12), "sunken" (a column), or a soft box
  "accent", "money", "warning", "error"; property ``rule`` = True is a 1 px line.
* ``QLabel`` property ``tone`` = title, heading, strong, label (over a field), muted, small,
  figure (28 px key figure), money, co2, warning, error; ``figure`` or ``small`` = True add the
  size to a coloured tone; property ``chip`` = neutral, accent, money, warning, error.
* fields: property ``invalid`` = True; lists painted by an own delegate: ``bare`` = True.
* spin and date boxes: ``inset(box)``, since a style sheet cannot move their text.
* ``QProgressBar`` property ``tone`` = money, warning, error; else the accent.

The sheet is given to windows, not to the application (``dress``): what is built before it has a
parent then needs no style, and a page is styled once instead of at each step of its building.

Before a widget is shown ``setProperty`` is enough; later use ``mark(widget, name, value)``.
Delegates ask ``current()`` for colours, fonts and ``px`` at paint time, so they follow a change of
scheme by themselves; whoever caches pictures listens to ``watch().changed``.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final, Literal

import font_source_sans_pro
import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QDir, QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from moebelcirkel import paths
from moebelcirkel.ui.kit.tokens import DARK, LIGHT, Colours

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

Scheme = Literal["light", "dark", "system"]
FAMILY: Final = "Source Sans Pro"
CARD_RADIUS: Final = 12
_HALF: Final = 128
_FONT_FILES: Final = ("Regular", "Semibold", "Bold")
_SIZES: Final = {
    "body": 15,
    "small": 13,
    "tiny": 12,
    "heading": 17,
    "price": 19,
    "title": 22,
    "figure": 28,
}


@dataclass(frozen=True, slots=True)
class Theme:
    """What is on screen now: the colours of one scheme and the size of the text."""

    name: Literal["light", "dark"]
    colours: Colours
    scale: float = 1.0

    def color(self, role: str) -> QColor:
        """The colour of a role, for painting."""
        return QColor(str(getattr(self.colours, role)))

    def px(self, length: float) -> int:
        """A length that grows with the text (1.0 = 100 %)."""
        return max(1, round(length * self.scale))

    def font(self, size: str = "body", weight: int = 400) -> QFont:
        """Font by the name of its size (body, small, tiny, heading, price, title, figure)."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(_SIZES[size]))
        font.setWeight(QFont.Weight(weight))
        return font


class ThemeWatch(QObject):
    """Holds the look in use, and tells those who cache pictures when it changed."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme("light", LIGHT)
        self.sheet = ""
        self.windows: weakref.WeakSet[QWidget] = weakref.WeakSet()
        self.is_fusion = False


@cache
def watch() -> ThemeWatch:
    """The one object whose ``changed`` is sent after each change of the look."""
    return ThemeWatch()


def current() -> Theme:
    """The look in use."""
    return watch().theme


def resolve(app: QApplication, scheme: Scheme) -> Literal["light", "dark"]:
    """What ``system`` means on this machine now; light where the system says nothing."""
    if scheme != "system":
        return scheme
    if not watch().sheet:  # for the first picture its colours tell; to ask it takes longer
        dark = app.palette().color(QPalette.ColorRole.Window).lightness() < _HALF
    else:
        dark = app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def application(arguments: Sequence[str]) -> QApplication:
    """The program's one application, in Fusion from the first.

    Who asks Qt for its style makes some hundred words known to Python, a tenth of the start.
    """
    app = QApplication([*arguments, "-style", "Fusion"])
    watch().is_fusion = True
    return app


def apply(app: QApplication, scheme: Scheme = "light", *, scale: float = 1.0) -> Theme:
    """Give the whole program its look; the one it has costs nothing."""
    _load_fonts()
    QDir.setSearchPaths("style", [str(paths.resources("style"))])
    name = resolve(app, scheme)
    theme = Theme(name, DARK if name == "dark" else LIGHT, scale)
    if watch().sheet and watch().theme == theme:
        return watch().theme
    if not watch().is_fusion and app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(palette(theme.colours))
    app.setFont(theme.font())
    watch().theme, watch().sheet = theme, style_sheet(theme)
    for window in list(watch().windows):
        if shiboken6.isValid(window):
            if window.styleSheet():  # Qt reads another one only where it has used the one before
                window.ensurePolished()
            window.setStyleSheet(watch().sheet)
    watch().changed.emit(theme)
    return theme


def dress(window: QWidget) -> None:
    """Give the look to a window without a parent, now and after each change of the look.

    Dialogs and menus have it from their parent.
    """
    watch().windows.add(window)
    window.setStyleSheet(watch().sheet)


def undress(window: QWidget) -> None:
    """The window goes: what it wears is not changed any more, and nothing in it hears of it."""
    watch().windows.discard(window)
    for widget in window.findChildren(QWidget):
        watch().disconnect(widget)


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet selects by, and let it take effect at once."""
    before = widget.property(name)
    if before == value or (before is None and not value):
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def inset(box: QAbstractSpinBox) -> None:
    """Start the text of a spin or date box where that of other fields starts."""
    for line in box.findChildren(QLineEdit):
        line.setTextMargins(9, 0, 0, 0)


def style_sheet(theme: Theme) -> str:
    """The style sheet with colours and lengths filled in."""
    source = (paths.resources("style", "moebelcirkel.qss")).read_text("utf-8")
    filled = Template(source).substitute(theme.colours._asdict(), scheme=theme.name)
    return re.sub(r"\b(\d+)u\b", lambda found: f"{theme.px(int(found[1]))}px", filled)


def palette(colours: Colours) -> QPalette:
    """Every role of the palette: a partial one would be mixed with the system's."""
    roles = QPalette.ColorRole
    table = {
        roles.Window: colours.ground,
        roles.WindowText: colours.text,
        roles.Base: colours.surface,
        roles.AlternateBase: colours.ground,
        roles.Text: colours.text,
        roles.Button: colours.surface,
        roles.ButtonText: colours.text,
        roles.BrightText: colours.error,
        roles.Highlight: colours.accent,
        roles.HighlightedText: colours.on_accent,
        roles.Link: colours.accent,
        roles.LinkVisited: colours.accent,
        roles.ToolTipBase: colours.surface,
        roles.ToolTipText: colours.text,
        roles.PlaceholderText: colours.muted,
        roles.Accent: colours.accent,
        roles.Light: colours.surface,
        roles.Midlight: colours.sunken,
        roles.Mid: colours.edge,
        roles.Dark: colours.field_border,
        roles.Shadow: colours.field_border,
    }
    result = QPalette()
    for role, colour in table.items():
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.PlaceholderText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.disabled))
    result.setColor(QPalette.ColorGroup.Disabled, roles.Base, QColor(colours.sunken))
    return result


@cache
def _load_fonts() -> None:
    """The same face as on paper, from its package: regular, semibold, bold."""
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    for weight in _FONT_FILES:
        QFontDatabase.addApplicationFont(str(folder / f"SourceSansPro-{weight}.ttf"))
