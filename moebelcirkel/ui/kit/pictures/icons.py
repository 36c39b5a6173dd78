"""One-colour icons of our own drawing, tinted by a colour role and cached.

``put`` gives a button an icon that follows the scheme; ``pixmap`` is for painting and models, and
is asked for again after ``theme.watch().changed``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from moebelcirkel import paths
from moebelcirkel.ui.kit import theme

_NAME: Final = "iconName"
_ROLE: Final = "iconRole"
_SIZE: Final = "iconLength"


def pixmap(name: str, role: str = "text", size: int = 20, ratio: float | None = None) -> QPixmap:
    """The icon drawn at a size, sharp on the screen in use."""
    ratio = ratio if ratio is not None else _ratio()
    return _pixmap(name, _colour(role), size, ratio)


def put(button: QAbstractButton, name: str, role: str = "text", size: int = 18) -> None:
    """Give a button an icon, now and after each change of scheme."""
    button.setProperty(_NAME, name)
    button.setProperty(_ROLE, role)
    button.setProperty(_SIZE, size)
    _draw(button)
    _follow()


def logo(size: int = 26, ratio: float | None = None) -> QPixmap:
    """The ring, in the two greens of the scheme."""
    greens = f"{_colour('accent')} {_colour('accent_faint')}"
    return _pixmap("logo", greens, size, ratio if ratio is not None else _ratio())


def program_icon() -> QIcon:
    """The icon of the window and the task bar."""
    result = QIcon(str(paths.resources("icons", "moebelcirklen.png")))
    result.addFile(str(paths.resources("icons", "moebelcirklen.svg")))
    return result


@cache
def _icon(name: str, colour: str, disabled: str, side: int) -> QIcon:
    """In its colour and greyed, in this size, and twice as large for screens as fine as that."""
    result = QIcon()
    for size in (side, 2 * side):
        result.addPixmap(_pixmap(name, colour, size, 1.0), QIcon.Mode.Normal)
        result.addPixmap(_pixmap(name, disabled, size, 1.0), QIcon.Mode.Disabled)
    return result


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = max(1, round(size * ratio))
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer(name, colour).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def source(name: str) -> str:
    """The drawing as it lies in the resources, before it has its colours."""
    return paths.resources("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=32)
def renderer(name: str, colours: str) -> QSvgRenderer:
    """The drawing in a colour, or in two with a space between them."""
    first, _space, second = colours.partition(" ")
    tinted = source(name).replace("currentColor", first).replace("secondColor", second)
    return QSvgRenderer(QByteArray(tinted.encode()))


def _colour(role: str) -> str:
    return str(getattr(theme.current().colours, role))


def _ratio() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


@cache
def _follow() -> None:
    """Listen once for all buttons, so that none needs a connection of its own."""
    theme.watch().changed.connect(_tint_again)


def _tint_again() -> None:
    for widget in QApplication.allWidgets():
        if isinstance(widget, QAbstractButton) and widget.property(_NAME):
            _draw(widget)


def _draw(button: QAbstractButton) -> None:
    side = theme.current().px(button.property(_SIZE))
    colours = _colour(button.property(_ROLE)), _colour("disabled")
    button.setIcon(_icon(button.property(_NAME), *colours, side))
    button.setIconSize(QSize(side, side))
