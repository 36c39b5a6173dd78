"""One-colour icons of our own drawing, tinted by a colour role and cached.

``put`` gives a button an icon that follows the scheme; ``pixmap`` is for painting and models, and
is asked for again after ``theme.watch().changed``. ``draw_ahead`` draws them on a job's thread.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from moebelcirkel import paths
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.leaving import has_left

_NAME: Final = "iconName"
_ROLE: Final = "iconRole"
_SIZE: Final = "iconLength"
_USUAL: Final = 18
#: What has been drawn ahead, by drawing, colours and length.
_drawn: Final[dict[tuple[str, str, int], QImage]] = {}


def pixmap(name: str, role: str = "text", size: int = 20, ratio: float | None = None) -> QPixmap:
    """The icon drawn at a size, sharp on the screen in use."""
    ratio = ratio if ratio is not None else _ratio()
    return _pixmap(name, _colour(role), size, ratio)


def put(button: QAbstractButton, name: str, role: str = "text", size: int = _USUAL) -> None:
    """Give a button an icon, now and after each change of scheme."""
    button.setProperty(_NAME, name)
    button.setProperty(_ROLE, role)
    button.setProperty(_SIZE, size)
    _draw(button)
    _follow()


def tinted(name: str, colours: str, size: int, ratio: float) -> QPixmap:
    """A drawing in colours of its own, kept once it has been drawn."""
    return _pixmap(name, colours, size, ratio)


def logo(size: int = 26, ratio: float | None = None) -> QPixmap:
    """The ring, in the two greens of the scheme."""
    greens = f"{_colour('accent')} {_colour('accent_faint')}"
    return _pixmap("logo", greens, size, ratio if ratio is not None else _ratio())


def program_icon() -> QIcon:
    """The icon of the window and the task bar."""
    result = QIcon(str(paths.resources("icons", "moebelcirklen.png")))
    result.addFile(str(paths.resources("icons", "moebelcirklen.svg")))
    return result


def names() -> list[str]:
    """All of them by name."""
    return sorted(file.stem for file in paths.resources("icons").glob("*.svg"))


def draw_ahead(names: Iterable[str], *roles: str) -> None:
    """Draw what buttons will ask for, by any thread; who asks for it then finds it there."""
    side = theme.current().px(_USUAL)
    colours = [_colour(role) for role in roles]
    for name in names:
        for colour in colours:
            for length in _lengths(side, fine=_ratio() > 1):
                if (name, colour, length) not in _drawn:
                    _drawn[name, colour, length] = _draw_image(_renderer(name, colour), length)


def _lengths(side: int, *, fine: bool) -> tuple[int, ...]:
    """In its size, and twice as large where a screen is as fine as that."""
    return (side, 2 * side) if fine else (side,)


@cache
def _icon(name: str, colour: str, disabled: str, side: int, *, fine: bool) -> QIcon:
    """In its colour and greyed."""
    result = QIcon()
    for size in _lengths(side, fine=fine):
        result.addPixmap(_pixmap(name, colour, size, 1.0), QIcon.Mode.Normal)
        result.addPixmap(_pixmap(name, disabled, size, 1.0), QIcon.Mode.Disabled)
    return result


@lru_cache(maxsize=1_024)
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    side = max(1, round(size * ratio))
    image = _drawn.get((name, colour, side)) or _draw_image(renderer(name, colour), side)
    picture = QPixmap.fromImage(image)
    picture.setDevicePixelRatio(ratio)
    return picture


def _draw_image(drawing: QSvgRenderer, side: int) -> QImage:
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture.copy()  # what was painted on keeps what its painter used, ten times as much


@cache
def source(name: str) -> str:
    """The drawing as it lies in the resources, before it has its colours."""
    return paths.resources("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=32)
def renderer(name: str, colours: str) -> QSvgRenderer:
    """The drawing in a colour, or in two with a space between them, for the window's thread."""
    return _renderer(name, colours)


def _renderer(name: str, colours: str) -> QSvgRenderer:
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
        if isinstance(widget, QAbstractButton) and widget.property(_NAME) and not has_left(widget):
            _draw(widget)


def _draw(button: QAbstractButton) -> None:
    side = theme.current().px(button.property(_SIZE))
    colours = _colour(button.property(_ROLE)), _colour("disabled")
    button.setIcon(_icon(button.property(_NAME), *colours, side, fine=_ratio() > 1))
    button.setIconSize(QSize(side, side))
