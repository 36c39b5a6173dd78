"""Om Møbelcirklen: which version this is, on which database, and whose work it stands on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from moebelcirkel import __version__
from moebelcirkel.language import _
from moebelcirkel.ui.kit import theme
from moebelcirkel.ui.kit.page_layout import scrolled
from moebelcirkel.ui.kit.pictures import brand
from moebelcirkel.ui.kit.plain import copyable, push_button

#: What is passed on with the program, and on what terms.
LICENCES: Final = {
    "Qt, PySide6, shiboken6": "LGPL 3",
    "psycopg": "LGPL 3",
    "SQLAlchemy, Alembic": "MIT",
    "argon2-cffi, argon2-cffi-bindings": "MIT",
    "charset-normalizer": "MIT",
    "openpyxl, et-xmlfile": "MIT",
    "Mako": "MIT",
    "platformdirs": "MIT",
    "Pillow": "MIT-CMU",
    "cffi": "MIT-0",
    "MarkupSafe": "BSD",
    "pi-heif": "BSD",
    "pycparser": "BSD",
    "ReportLab": "BSD",
    "segno": "BSD",
    "XlsxWriter": "BSD",
    "tzdata": "Apache 2.0",
    "zxing-cpp": "Apache 2.0",
    "typing-extensions": "PSF 2.0",
    "Source Sans Pro (font-source-sans-pro)": "SIL OFL 1.1",
}
_LICENCES_HEIGHT: Final = 180


class AboutDialog(QDialog):
    """Name, version, database and licences; the texts can be marked and copied."""

    def __init__(self, place: str, schema: str, parent: QWidget | None) -> None:
        """``place`` is a file or an address without its password, ``schema`` its number."""
        super().__init__(parent)
        self.setWindowTitle(_("About Møbelcirklen"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addLayout(brand.head())
        column.addWidget(copyable(_("Internal reuse of furniture in the municipality.")))
        server = "://" in place
        column.addLayout(
            _table(
                {
                    _("Version"): __version__,
                    _("Database server") if server else _("Database file"): place,
                    _("Schema"): schema,
                    "Qt": qVersion(),
                }
            )
        )
        column.addWidget(
            copyable(_("The program is under the MIT licence. It is made with:"), "strong")
        )
        inside = QWidget()
        inside.setLayout(_table(LICENCES))
        licences = scrolled(inside)
        licences.setFixedHeight(theme.current().px(_LICENCES_HEIGHT))
        licences.setAccessibleName(_("Licences"))
        column.addWidget(licences)
        close = push_button(_("Close"), self.accept, default=True)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setMinimumWidth(theme.current().px(560))
        close.setFocus()


def _table(rows: dict[str, str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(rows.items()):
        grid.addWidget(copyable(name, "muted"), row, 0)
        grid.addWidget(copyable(value), row, 1)
    return grid


def tell(target: str, over: QWidget | None) -> None:
    """Open it for a database."""
    from moebelcirkel.services.start import opening

    AboutDialog(opening.without_password(target), opening.schema(), over).open()
