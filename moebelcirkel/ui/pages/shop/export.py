"""The button that hands the shop out to a file, for whoever sees the whole stock."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton

from moebelcirkel import services
from moebelcirkel.language import _
from moebelcirkel.ui.kit import file_dialogs
from moebelcirkel.ui.kit.longwork import LongWork
from moebelcirkel.ui.kit.plain import caption

if TYPE_CHECKING:
    from moebelcirkel.services.shop import Exported
    from moebelcirkel.ui.kit.page import Page

_NAME = "butikken"


def export_button(page: Page) -> QPushButton:
    """Asks for the form, then for the place."""
    button = QPushButton(_("Export the shop"))
    menu = QMenu(button)
    for ending, kind in _kinds().items():
        menu.addAction(caption(f"{kind} (*{ending})"), partial(_ask, page, ending, kind))
    button.setMenu(menu)
    return button


def _kinds() -> dict[str, str]:
    return {
        ".xlsx": _("Spreadsheet"),
        ".csv": "CSV",
        ".zip": _("Zip file with tables and pictures"),
    }


def _ask(page: Page, ending: str, kind: str) -> None:
    file_dialogs.ask_where(
        page.window(), _("Export the shop"), f"{_NAME}{ending}", partial(_write, page), kind
    )


def _write(page: Page, path: str) -> None:
    def done(written: Exported) -> None:
        said = _("Exported to {name}: {units} pieces with {pictures} pictures")
        told = said.format(name=Path(path).name, units=written.units, pictures=written.pictures)
        page.shell.messages.success(told)

    LongWork(page, _("Export the shop")).run(
        "aside", lambda context, progress: services.shop.export(context, Path(path), progress), done
    )
