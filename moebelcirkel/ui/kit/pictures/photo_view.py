"""One picture large and whole: in a page, and by itself in front of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from moebelcirkel.language import _
from moebelcirkel.ui.kit import keys, theme
from moebelcirkel.ui.kit.page_layout import open_at, row
from moebelcirkel.ui.kit.pictures import paint
from moebelcirkel.ui.kit.plain import Label, push_button, tip, window_title

_RADIUS = 8
#: So many steps of colour an edge has along it: light falls off over most grounds.
_RUN = 32
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PhotoView(QWidget):
    """One large picture, whole; without one the furniture's shape.

    With ``opens`` it takes the keyboard where it has a picture: `clicked` also by Return and Space,
    `stepped(-1 or 1)` by the arrows.
    """

    clicked = Signal()
    stepped = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, *, opens: bool = False, dims: bool = True
    ) -> None:
        super().__init__(parent)
        self._dims = dims
        self._pixmap = QPixmap()
        self._edges: tuple[QPixmap, QPixmap] | None = None
        self._shape = "box"
        self._opens = opens
        self.setMinimumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Picture"))

    def sizeHint(self) -> QSize:
        """A comfortable picture."""
        return QSize(366, 280)

    def show_image(self, image: QImage | None, shape: str = "box", name: str = "") -> None:
        """Show a decoded picture, or the shape."""
        self._pixmap = QPixmap() if image is None else QPixmap.fromImage(image)
        self._edges = None
        self._shape = shape
        self.setAccessibleName(name or _("Picture"))
        if self._opens:
            there = not self._pixmap.isNull()
            policy = Qt.FocusPolicy.StrongFocus if there else Qt.FocusPolicy.NoFocus
            self.setFocusPolicy(policy)
            shape_of = Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor
            self.setCursor(shape_of)
            hint = _("Enter: large · arrows: the other pictures")
            self.setToolTip(tip(hint if there else ""))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the whole picture in the middle; beside it go on the colours of its edges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        if self._pixmap.isNull():
            paint.picture(painter, box, None, self._shape)
        else:
            self._paint_whole(painter, box)
        if self.hasFocus():
            paint.focus_ring(painter, box.adjusted(1, 1, -1, -1), _RADIUS)

    def _paint_whole(self, painter: QPainter, box: QRectF) -> None:
        path = QPainterPath()
        path.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.save()
        painter.setClipPath(path)
        size = self._pixmap.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        # On whole pixels, and over the middle where its two grounds meet: no edge is blended.
        field = QRect(0, 0, size.width(), size.height())
        field.moveCenter(self.rect().center())
        upright = size.width() >= self.width()
        first, last = self._ground(upright=upright)
        half = (
            box.adjusted(0, 0, 0, -box.height() / 2)
            if upright
            else box.adjusted(0, 0, -box.width() / 2, 0)
        )
        painter.drawPixmap(self.rect(), last)
        painter.drawPixmap(half.toAlignedRect(), first)
        painter.drawPixmap(field, self._pixmap)
        if self._dims:
            paint.dim(painter, box)
        painter.restore()

    def _ground(self, *, upright: bool) -> tuple[QPixmap, QPixmap]:
        """The two edges of the picture that its grounds lie against, from end to end."""
        if self._edges is None:
            image = self._pixmap.toImage()
            end = QSize(_RUN, 1) if upright else QSize(1, _RUN)
            wide, high = image.width(), image.height()
            if upright:
                strips = QRect(0, 0, wide, 1), QRect(0, high - 1, wide, 1)
            else:
                strips = QRect(0, 0, 1, high), QRect(wide - 1, 0, 1, high)
            first, last = (
                QPixmap.fromImage(
                    image.copy(strip).scaled(end, mode=Qt.TransformationMode.SmoothTransformation)
                )
                for strip in strips
            )
            self._edges = first, last
        return self._edges

    def resizeEvent(self, event: QEvent) -> None:
        """Other edges may lie against the ground now."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._edges = None

    def mouseReleaseEvent(self, event: QEvent) -> None:
        """Tell that the picture was clicked."""
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open it, or go to the next."""
        key = Qt.Key(event.key())
        if self._opens and key in _PRESSES:
            self.clicked.emit()
        elif self._opens and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        else:
            super().keyPressEvent(event)


class YieldingPhotoView(PhotoView):
    """A large picture that takes the room left over, and gives it up before its neighbours do."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self._least = theme.current().px(least)
        self.setMinimumHeight(self._least)

    def sizeHint(self) -> QSize:
        """It asks for no more than it needs to be known by."""
        return QSize(super().sizeHint().width(), self._least)


class PhotoDialog(QDialog):
    """A picture as large as the window allows; `stepped(-1 or 1)` asks for the one beside it."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(window_title(title))
        self.view = PhotoView(dims=False)  # large, one looks at its true colours
        self.count = Label(tone="muted")
        self.before, self.after = QPushButton(_("Previous")), QPushButton(_("Next picture"))
        self.shut = push_button(_("Close"), self.reject)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        keys.add(self, _("Previous"), self.before.click, Qt.Key.Key_Left)
        keys.add(self, _("Next picture"), self.after.click, Qt.Key.Key_Right)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.view, 1)
        layout.addLayout(row(self.before, self.after, self.count, None, self.shut))
        open_at(self, 1100, 780)
        self.after.setFocus()

    def show_picture(self, image: QImage | None, shape: str, name: str, place: str) -> None:
        """Show a picture; ``place`` is which of how many, empty where it is the only one."""
        self.view.show_image(image, shape, name)
        self.count.setText(place)
        for button in (self.before, self.after):
            button.setVisible(bool(place))
