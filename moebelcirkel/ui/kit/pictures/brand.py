"""The program's mark and name, as log-in and Om show them."""

from PySide6.QtWidgets import QHBoxLayout

from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.pictures import icons
from moebelcirkel.ui.kit.plain import Label


def head() -> QHBoxLayout:
    """The mark with the name beside it."""
    logo, name = Label(), Label("Møbelcirklen", tone="title")
    logo.setPixmap(icons.logo(theme.current().px(40)))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(logo)
    row.addWidget(name, 1)
    return row
